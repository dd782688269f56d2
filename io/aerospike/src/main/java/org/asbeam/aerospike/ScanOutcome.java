package org.asbeam.aerospike;

/**
 * How a scan ended, other than by an exception.
 *
 * @param complete every partition was read to its end; false: the stop flag was set before
 * @param records rows that the handler took in this call
 * @param requests requests sent to nodes
 * @param retries requests that failed in a way that passes, and partitions that their node could
 *     not serve when it was asked
 */
public record ScanOutcome(boolean complete, long records, int requests, int retries) {}
