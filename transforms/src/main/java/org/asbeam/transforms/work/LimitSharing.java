package org.asbeam.transforms.work;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * How one worker process gets its share of a run's limits, knowing of the others only what they
 * post on a {@link Board}.
 *
 * <p>A share is a claim with a lease. What all workers use together is never more than the limit:
 *
 * <ul>
 *   <li>Who raises a claim posts it first, looks at the board then, and uses of it what the claims
 *       of the others leave. Of two who raise theirs at once at least one sees the other.
 *   <li>Who lowers a claim uses less before that is posted.
 *   <li>A claim is used for the time of its lease only, from the start of the last post that was
 *       done. The others count it for longer, from when they first saw that post, each by its own
 *       clock. Clocks are not compared.
 *   <li>Whose lease has run out uses nothing until it has looked again after a new post.
 *   <li>A post that failed may be seen or not: until the next one is done, the lower one counts for
 *       the worker itself.
 * </ul>
 *
 * <p>Every worker computes the shares from what all want, as {@link FairShare} says, and claims its
 * own one: less at once, more as far as nobody claims it.
 *
 * <p>Not safe for use by several threads.
 */
final class LimitSharing {
  /** The shortest time between two steps. */
  static final Duration TICK = Duration.ofSeconds(2);

  /** The longest one, in ticks. */
  private static final int MOST_TICKS = 5;

  /** If so many step at every tick, with three requests each, that is 50 requests a second. */
  private static final int WORKERS_PER_TICK = 33;

  /**
   * A lease outlasts four steps that fail. What a worker claims that dies is at work again eight
   * steps later: with up to 33 workers after 16 seconds. One in three that dies costs a minute a
   * tenth of the limit so.
   */
  private static final int LEASE_STEPS = 4;

  private final String worker;
  private final Board board;
  private final IntSupplier slices;
  private final LongSupplier nanoTime;
  private final OtherWorkers others;
  private final LimitClaim records;
  private final LimitClaim bytes;
  private final List<LimitClaim> both;
  private long number;
  private long validUntil;

  /**
   * @param worker names this process, and no other one ever
   * @param throttle uses nothing from now on, but what the steps let it
   * @param slices those in work
   */
  LimitSharing(String worker, Limits limits, Throttle throttle, Board board, IntSupplier slices) {
    this.worker = worker;
    this.board = board;
    this.slices = slices;
    this.nanoTime = throttle.nanoTime();
    this.others = new OtherWorkers(worker, board, nanoTime);
    this.records = new LimitClaim(limits.recordsPerSecond(), throttle.records());
    this.bytes = new LimitClaim(limits.bytesPerSecond(), throttle.bytes());
    this.both = List.of(records, bytes);
    this.validUntil = nanoTime.getAsLong();
    apply();
  }

  /**
   * Claims anew, and lets the throttle use it.
   *
   * @throws IOException if nothing could be posted or seen; what was claimed before is used on,
   *     until its lease ends
   */
  void step() throws IOException {
    if (number == 0) {
      // Without a claim: those that start at the same time see each other before they claim.
      post();
    }
    look();
    aim();
    post();
    if (both.stream().anyMatch(LimitClaim::isWaiting)) {
      look();
    }
  }

  /** The time between this step and the next one, in ticks. */
  int ticks() {
    return Math.min(MOST_TICKS, 1 + others.alive().size() / WORKERS_PER_TICK);
  }

  /** Ends the use, and says so. */
  void leave() throws IOException {
    both.forEach(LimitClaim::drop);
    apply();
    board.leave();
  }

  private void look() throws IOException {
    others.look();
    records.useWhatIsLeft(recordsOfOthers());
    bytes.useWhatIsLeft(bytesOfOthers());
    apply();
  }

  private void aim() {
    int mine = slices.getAsInt();
    for (LimitClaim claim : both) {
      claim.measure(mine, others.alive().size() + 1, nanoTime.getAsLong());
    }
    records.aim(mine, others.alive(), recordsOfOthers());
    bytes.aim(mine, others.alive(), bytesOfOthers());
  }

  private void post() throws IOException {
    both.forEach(LimitClaim::lower);
    apply();
    Duration lease = TICK.multipliedBy((long) LEASE_STEPS * ticks());
    long start = nanoTime.getAsLong();
    board.post(
        new SharePost(
            worker, ++number, lease.toMillis(), slices.getAsInt(), records.part(), bytes.part()));
    if (nanoTime.getAsLong() - validUntil >= 0) {
      // While this was posted, others may have taken what the post before it claimed.
      both.forEach(LimitClaim::lose);
    }
    validUntil = start + lease.toNanos();
    both.forEach(LimitClaim::posted);
    apply();
  }

  private void apply() {
    both.forEach(claim -> claim.apply(validUntil, nanoTime.getAsLong()));
  }

  private List<SharePost.Part> recordsOfOthers() {
    return others.alive().stream().map(SharePost::records).toList();
  }

  private List<SharePost.Part> bytesOfOthers() {
    return others.alive().stream().map(SharePost::bytes).toList();
  }
}
