package org.asbeam.aerospike;

import java.util.concurrent.TimeUnit;

/** When a scan has waited long enough. */
final class ScanClock {
  private final ScanRetries limits;
  private final long start = System.nanoTime();

  /** Also moved by the thread that watches a silent node. */
  private volatile long lastProgress = start;

  ScanClock(ScanRetries limits) {
    this.limits = limits;
  }

  void progress() {
    lastProgress = System.nanoTime();
  }

  /** Leaves out a time in which nothing could be expected. */
  void excuse(long nanos) {
    lastProgress += nanos;
  }

  boolean isStalled() {
    return System.nanoTime() - lastProgress >= limits.stallTimeout().toNanos();
  }

  /** Whether the total timeout is over. */
  boolean isOver() {
    return !limits.totalTimeout().isZero()
        && System.nanoTime() - start >= limits.totalTimeout().toNanos();
  }

  /** Whether a person limits the silence of a node, whatever the node does meanwhile. */
  boolean isSilenceLimited() {
    return !limits.socketTimeout().isZero();
  }

  /** The silence after which a node that shows no work counts as hanging. */
  long silenceMillis() {
    // Half of it: when one node falls silent, another replica gets its chance.
    return Math.max(1, limits.stallTimeout().toMillis() / 2);
  }

  int socketTimeoutMillis(Silence silence) {
    long millis =
        isSilenceLimited()
            ? TimeUnit.NANOSECONDS.toMillis(limits.socketTimeout().toNanos())
            : silence.lookMillis();
    return (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE));
  }
}
