package org.asbeam.aerospike;

import java.io.InterruptedIOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting that a stop flag or an interrupt ends. */
final class Pause {
  /** How long a stop flag may go unseen. */
  static final long STEP_MILLIS = 100;

  private Pause() {}

  /**
   * Waits until a time of {@link System#nanoTime()}, or until the flag is set.
   *
   * @throws InterruptedIOException if the thread is interrupted; its flag stays set
   */
  static void until(long nanoTime, BooleanSupplier stop) throws InterruptedIOException {
    long left = nanoTime - System.nanoTime();
    while (left > 0 && !stop.getAsBoolean()) {
      try {
        TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for the cluster");
      }
      left = nanoTime - System.nanoTime();
    }
  }

  /**
   * A delay that doubles with each attempt up to 16 times the first, spread by a quarter so that
   * workers that failed together don't come back together.
   *
   * @param attempt from 1
   */
  static long backoffNanos(long firstMillis, int attempt) {
    long nanos = TimeUnit.MILLISECONDS.toNanos(firstMillis) << Math.min(attempt - 1, 4);
    return nanos + ThreadLocalRandom.current().nextLong(nanos / 4 + 1);
  }
}
