package org.asbeam.embedded;

import java.util.concurrent.atomic.AtomicBoolean;

/** A scan that runs or has run on a node, as {@code query-show} tells it. */
final class Job {
  private final long id;
  private final String namespace;
  private final String set;
  private final int partitions;
  private final int cursors;
  private final long recordsPerSecond;
  private final long startNanos = System.nanoTime();
  private final AtomicBoolean aborted = new AtomicBoolean();
  private volatile long records;
  private volatile long bytes;
  private volatile long filtered;
  private volatile long endNanos;
  private volatile String end;

  Job(long id, String namespace, String set, int partitions, int cursors, long recordsPerSecond) {
    this.id = id;
    this.namespace = namespace;
    this.set = set;
    this.partitions = partitions;
    this.cursors = cursors;
    this.recordsPerSecond = recordsPerSecond;
  }

  long id() {
    return id;
  }

  boolean isActive() {
    return end == null;
  }

  void abort() {
    aborted.set(true);
  }

  boolean isAborted() {
    return aborted.get();
  }

  void progress(long recordCount, long byteCount) {
    records = recordCount;
    bytes = byteCount;
  }

  /** Notes how many records did not pass the filter so far. */
  void filtered(long recordCount) {
    filtered = recordCount;
  }

  void finish(String how) {
    endNanos = System.nanoTime();
    end = how;
  }

  /** One item of {@code query-show}. */
  String show() {
    long now = System.nanoTime();
    boolean active = isActive();
    return "trid="
        + Long.toUnsignedString(id)
        + ":ns="
        + namespace
        + (set.isEmpty() ? "" : ":set=" + set)
        + ":n-pids-requested="
        + partitions
        + ":n-keyds-requested="
        + cursors
        + ":rps="
        + recordsPerSecond
        + ":active-threads="
        + (active ? 1 : 0)
        + ":status="
        + (active ? "active(ok)" : "done(" + end + ")")
        + ":job-progress="
        + (active ? "0.00" : "100.00")
        + ":run-time="
        + ((active ? now : endNanos) - startNanos) / 1_000_000
        + ":time-since-done="
        + (active ? 0 : (now - endNanos) / 1_000_000)
        + ":recs-throttled=0:recs-filtered-meta="
        + filtered
        + ":recs-filtered-bins=0:recs-succeeded="
        + records
        + ":recs-failed=0:from=127.0.0.1+0:job-type=basic:net-io-bytes="
        + bytes
        + ":net-io-time=0:socket-timeout=0";
  }
}
