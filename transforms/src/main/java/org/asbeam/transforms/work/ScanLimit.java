package org.asbeam.transforms.work;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A limit on scans that several jobs of a process share: at most so many slices are scanned at
 * once, over all of them. Who asks first is let in first. Safe for use by several threads.
 */
public final class ScanLimit {
  /** A stop is noticed within this time. */
  private static final long LOOK_MILLIS = 100;

  private final int most;
  private final Semaphore permits;

  private ScanLimit(int most) {
    this.most = most;
    this.permits = new Semaphore(most, true);
  }

  /**
   * A new limit; jobs share it by being given the same one.
   *
   * @param most scans at once, from 1
   */
  public static ScanLimit of(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("a limit of " + most + " scans lets none in");
    }
    return new ScanLimit(most);
  }

  /** Scans at once. */
  public int most() {
    return most;
  }

  /** Scans under way now. */
  public int inUse() {
    return most - permits.availablePermits();
  }

  /**
   * Waits until a scan may begin; {@link #leave} must follow.
   *
   * @throws StoppedException if the stop flag turns true before that
   */
  void enter(BooleanSupplier stop) throws StoppedException {
    try {
      while (!permits.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (stop.getAsBoolean()) {
          throw new StoppedException();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  void leave() {
    permits.release();
  }
}
