package org.asbeam.transforms.work;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Holds the threads of one run in this process to its {@link Limits}. All threads draw from the
 * same budget, so that what one doesn't need another may use.
 *
 * <p>Safe for use by several threads.
 */
public final class Throttle {
  private static final Map<String, Throttle> RUNS = new ConcurrentHashMap<>();

  /** A stop is noticed within this time. */
  private static final long LONGEST_NAP_NANOS = 100_000_000;

  private final Pace records;
  private final Pace bytes;
  private final LongSupplier nanoTime;
  private final Nap nap;

  /** Waits about so long; a seam for tests. */
  @FunctionalInterface
  interface Nap {
    void take(long nanos);
  }

  Throttle(Limits limits, LongSupplier nanoTime, Nap nap) {
    this.records = new Pace(limits.recordsPerSecond(), nanoTime.getAsLong());
    this.bytes = new Pace(limits.bytesPerSecond(), nanoTime.getAsLong());
    this.nanoTime = nanoTime;
    this.nap = nap;
  }

  /** That of a run; the same for all who ask in this process. The first one's limits count. */
  public static Throttle of(String runId, Limits limits) {
    return RUNS.computeIfAbsent(
        runId, id -> new Throttle(limits, System::nanoTime, LockSupport::parkNanos));
  }

  /** Forgets a run that has ended. */
  public static void forget(String runId) {
    RUNS.remove(runId);
  }

  /**
   * Takes so much from the budgets, and waits until that is due.
   *
   * @param stop looked at while this waits; true ends it with a {@link StoppedException}
   */
  public void take(long moreRecords, long moreBytes, BooleanSupplier stop) throws IOException {
    if (!records.isLimited() && !bytes.isLimited()) {
      return;
    }
    long now = nanoTime.getAsLong();
    long due = Math.max(records.take(moreRecords, now), bytes.take(moreBytes, now));
    for (long wait = due - now; wait > 0; wait = due - nanoTime.getAsLong()) {
      if (stop.getAsBoolean()) {
        throw new StoppedException();
      }
      nap.take(Math.min(wait, LONGEST_NAP_NANOS));
    }
  }

  /** So many things per second: each is due when those before it have had their time. */
  private static final class Pace {
    /** What was not used may be made up for this long: timers are no more exact than that. */
    private static final long SLACK_NANOS = 20_000_000;

    private static final double NANOS = 1e9;

    private final double perSecond;
    private double next;

    Pace(long perSecond, long now) {
      this.perSecond = perSecond;
      this.next = now;
    }

    boolean isLimited() {
      return perSecond > 0;
    }

    /** Returns when the things taken are due. */
    synchronized long take(long count, long now) {
      if (!isLimited()) {
        return now;
      }
      double due = Math.max(next, (double) now - SLACK_NANOS);
      next = due + count * NANOS / perSecond;
      return (long) due;
    }
  }
}
