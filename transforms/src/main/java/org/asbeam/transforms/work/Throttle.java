package org.asbeam.transforms.work;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Holds the threads of one run in this process to its {@link Limits}, or to the share of them that
 * {@link SharedLimits} lends this process. All threads draw from the same budget, so that what one
 * doesn't need another may use.
 *
 * <p>Safe for use by several threads.
 */
public final class Throttle {
  private static final Map<String, Throttle> RUNS = new ConcurrentHashMap<>();

  /** What a thread has waited so far, in all runs. */
  private static final ThreadLocal<long[]> WAITED = ThreadLocal.withInitial(() -> new long[1]);

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
    double recordTicket = records.take(moreRecords, now);
    double byteTicket = bytes.take(moreBytes, now);
    while (true) {
      long forRecords = records.waitFor(recordTicket, now);
      long forBytes = bytes.waitFor(byteTicket, now);
      long wait = Math.max(forRecords, forBytes);
      if (wait <= 0) {
        return;
      }
      if (stop.getAsBoolean()) {
        throw new StoppedException();
      }
      nap.take(Math.min(wait, LONGEST_NAP_NANOS));
      long then = nanoTime.getAsLong();
      (forRecords >= forBytes ? records : bytes).waited(then - now);
      WAITED.get()[0] += then - now;
      now = then;
    }
  }

  /** The nanoseconds that the calling thread has waited so far, for whatever run. */
  public static long waitedByThisThread() {
    return WAITED.get()[0];
  }

  Pace records() {
    return records;
  }

  Pace bytes() {
    return bytes;
  }

  /** What its paces go by. */
  LongSupplier nanoTime() {
    return nanoTime;
  }
}
