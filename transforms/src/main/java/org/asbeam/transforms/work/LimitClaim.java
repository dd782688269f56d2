package org.asbeam.transforms.work;

import java.util.ArrayList;
import java.util.List;

/**
 * A worker process's claim to a part of one limit, and what it uses of it. Rates are in thousandths
 * per second.
 *
 * <p>Not safe for use by several threads; its pace is.
 */
final class LimitClaim {
  /** Who waits for less than this part of the time, all threads together, has what it needs. */
  private static final double CONTENT = 0.05;

  /** How much more than it uses a worker wants that need not wait. */
  private static final double HEADROOM = 1.1;

  /** What all workers together may claim of the limit to be ready for a start: so much of it. */
  private static final double READINESS = 0.02;

  /** Beyond any process; the sums of such rates fit their type. */
  private static final long MOST_PER_SECOND = 1_000_000_000_000L;

  private static final double UNITS = 1_000;
  private static final double NANOS = 1e9;

  private final long limit;
  private final Pace pace;
  private Pace.Use lastUse;
  private long measuredAt;
  private long want;
  private long next;
  private long claim;
  private long used;

  /**
   * @param perSecond 0: no limit, and nothing is claimed
   */
  LimitClaim(long perSecond, Pace pace) {
    this.limit = (long) (Math.min(perSecond, MOST_PER_SECOND) * UNITS);
    this.pace = pace;
    this.want = limit;
  }

  /** What is to be posted. */
  SharePost.Part part() {
    return new SharePost.Part(want, next);
  }

  /** Finds out what the worker wants, by what its threads did since this was asked last. */
  void measure(int slices, int workers, long now) {
    Pace.Use use = pace.use();
    if (lastUse != null && now > measuredAt) {
      double nanos = now - measuredAt;
      boolean waits = use.waited() - lastUse.waited() > CONTENT * nanos;
      double uses = (use.count() - lastUse.count()) * UNITS * NANOS / nanos;
      double least = slices > 0 ? READINESS * limit / workers : 0;
      want = waits ? limit : (long) Math.min(limit, uses * HEADROOM + least);
    }
    lastUse = use;
    measuredAt = now;
  }

  /** Fixes what is to be claimed next: less at once, more as far as nobody claims it. */
  void aim(int slices, List<SharePost> others, List<SharePost.Part> theirs) {
    FairShare.Claimant mine = claimant(slices, want);
    List<FairShare.Claimant> all = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      all.add(claimant(others.get(i).slices(), theirs.get(i).want()));
    }
    long fair = (long) FairShare.of(mine, all, limit);
    next = fair <= claim ? fair : Math.min(fair, Math.max(claim, left(theirs)));
  }

  private FairShare.Claimant claimant(int slices, long wants) {
    return new FairShare.Claimant(Math.min(limit, wants), Math.max(1, slices));
  }

  /** Before a post is tried: whether it is seen or the one before it, no more than that is used. */
  void lower() {
    claim = Math.min(claim, next);
    used = Math.min(used, claim);
  }

  /** The post is there. */
  void posted() {
    claim = next;
  }

  /** The lease has run out: others may have taken it. */
  void lose() {
    used = 0;
  }

  /** Claims nothing, and uses nothing. */
  void drop() {
    next = 0;
    lower();
  }

  /** Whether there is something claimed that isn't used. */
  boolean isWaiting() {
    return used < claim;
  }

  /** To be called only after a look at the others that began when the claim was there. */
  void useWhatIsLeft(List<SharePost.Part> theirs) {
    used = Math.max(used, Math.min(claim, left(theirs)));
  }

  /** Lets the threads use it, from now on and until the end of the lease. */
  void apply(long validUntil, long now) {
    pace.change(used / UNITS, validUntil, now);
  }

  private long left(List<SharePost.Part> theirs) {
    return limit - theirs.stream().mapToLong(SharePost.Part::claim).sum();
  }
}
