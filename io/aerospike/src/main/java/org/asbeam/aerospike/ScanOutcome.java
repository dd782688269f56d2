package org.asbeam.aerospike;

/**
 * How a scan ended, other than by an exception.
 *
 * @param complete every partition was read to its end; false: the stop flag was set before, or the
 *     limit of records was reached
 * @param limitReached as many records as wanted were delivered: {@code --max-records}. There may be
 *     more, so {@code complete} is false then, though nothing is left to do.
 * @param records rows that the handler took in this call
 * @param requests requests sent to nodes
 * @param retries requests that failed in a way that passes, and partitions that their node could
 *     not serve when it was asked
 */
public record ScanOutcome(
    boolean complete, boolean limitReached, long records, int requests, int retries) {
  /** Whether the stop flag ended it. */
  public boolean stopped() {
    return !complete && !limitReached;
  }
}
