package org.asbeam.pipelines;

import java.util.function.LongSupplier;

/**
 * Makes speeds of counters that only grow, or now and then shrink when work was in vain. A sample
 * is taken when one is asked for, and none within a second of the last.
 */
final class SpeedGauge {
  private static final long LEAST_NANOS = 1_000_000_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final LongSupplier records;
  private final LongSupplier bytes;
  private final LongSupplier nanoTime;
  private long lastTime;
  private long lastRecords;
  private long lastBytes;
  private Speed speed = new Speed(0, 0);

  /**
   * @param records per second
   * @param bytes per second
   */
  record Speed(long records, long bytes) {}

  SpeedGauge(LongSupplier records, LongSupplier bytes, LongSupplier nanoTime) {
    this.records = records;
    this.bytes = bytes;
    this.nanoTime = nanoTime;
    this.lastTime = nanoTime.getAsLong();
  }

  synchronized Speed now() {
    long time = nanoTime.getAsLong();
    long passed = time - lastTime;
    if (passed >= LEAST_NANOS) {
      long nowRecords = records.getAsLong();
      long nowBytes = bytes.getAsLong();
      speed =
          new Speed(
              perSecond(nowRecords - lastRecords, passed), perSecond(nowBytes - lastBytes, passed));
      lastTime = time;
      lastRecords = nowRecords;
      lastBytes = nowBytes;
    }
    return speed;
  }

  private static long perSecond(long count, long nanos) {
    return Math.max(0, Math.round(count * NANOS_PER_SECOND / nanos));
  }
}
