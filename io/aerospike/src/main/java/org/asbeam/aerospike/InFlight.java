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

  InFlight(int maxBatches, long maxBytes) {
    this.maxBatches = maxBatches;
    this.maxBytes = maxBytes;
  }

  /**
   * Waits for room, then takes it. One batch always has room.
   *
   * @param check called now and then; what it throws ends the waiting
   */
  synchronized void enter(long size, Check check) throws IOException {
    while (batches > 0 && (batches >= maxBatches || bytes + size > maxBytes)) {
      pause(check);
    }
    batches++;
    bytes += size;
  }

  synchronized void leave(long size) {
    batches--;
    bytes -= size;
    notifyAll();
  }

  /** Waits until nothing is on its way. */
  synchronized void awaitNone(Check check) throws IOException {
    while (batches > 0) {
      pause(check);
    }
  }

  private void pause(Check check) throws IOException {
    check.run();
    try {
      wait(Pause.STEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for batches to be written");
    }
  }

  /** Looks whether there is a reason to wait no longer. */
  interface Check {
    void run() throws IOException;
  }
}
