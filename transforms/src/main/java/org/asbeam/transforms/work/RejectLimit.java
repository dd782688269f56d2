package org.asbeam.transforms.work;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.asbeam.aerospike.RejectHandler;

/**
 * Counts the records of a run that the server refused, and ends the run when they are more than was
 * allowed. Safe for use by several threads.
 */
final class RejectLimit {
  private final long most;
  private final AtomicLong rejected = new AtomicLong();

  /**
   * @param most how many are allowed; 0: any number
   */
  RejectLimit(long most) {
    this.most = most;
  }

  boolean isOn() {
    return most > 0;
  }

  /**
   * Counts those of earlier attempts; takes back what an attempt did in vain with negative ones.
   */
  void add(long more) {
    rejected.addAndGet(more);
  }

  /** Takes the refused records of an attempt, into its files. */
  RejectHandler into(RejectFiles files) {
    return (row, code, reason) -> {
      files.add(row, code, reason);
      if (rejected.incrementAndGet() > most && isOn()) {
        throw new IOException(
            new WorkException(
                ErrorCode.TOO_MANY_REJECTS,
                "more than " + most + " records were refused, the last one: " + reason,
                "allow more with --max-rejects; the folder for rejects has those so far"));
      }
    };
  }
}
