package org.asbeam.aerospike;

import java.io.IOException;
import java.io.InterruptedIOException;

/**
 * Counts batches on their way and their bytes, and makes the producer wait when there are too many.
 */
final class InFlight {
  private final int maxBatches;
  private final long maxBytes;
  private int batches;
  private long bytes;

  /** Grows with each reason to look again. */
  private long events;

  InFlight(int maxBatches, long maxBytes) {
    this.maxBatches = maxBatches;
    this.maxBytes = maxBytes;
  }

  /**
   * Waits for room, then takes it. One batch always has room.
   *
   * @param check called now and then, and after each {@link #wake}; it may {@link #leave}; what it
   *     throws ends the waiting
   */
  void enter(long size, Check check) throws IOException {
    while (!tryEnter(size)) {
      pause(check);
    }
  }

  private synchronized boolean tryEnter(long size) {
    if (batches > 0 && (batches >= maxBatches || bytes + size > maxBytes)) {
      return false;
    }
    batches++;
    bytes += size;
    return true;
  }

  synchronized void leave(long size) {
    batches--;
    bytes -= size;
    wake();
  }

  /** Lets those who wait look again. */
  synchronized void wake() {
    events++;
    notifyAll();
  }

  /** Waits until nothing is on its way. */
  void awaitNone(Check check) throws IOException {
    while (!isNone()) {
      pause(check);
    }
  }

  private synchronized boolean isNone() {
    return batches == 0;
  }

  /** The check runs outside the lock: it may take long. */
  private void pause(Check check) throws IOException {
    long seen = events();
    check.run();
    synchronized (this) {
      if (events == seen) {
        try {
          wait(Pause.STEP_MILLIS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted while waiting for batches to be written");
        }
      }
    }
  }

  private synchronized long events() {
    return events;
  }

  /** Looks whether there is a reason to wait no longer. */
  interface Check {
    void run() throws IOException;
  }
}
