package org.asbeam.aerospike;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.asbeam.format.RecordView;

/** Writes the requests of a scan: some partitions, from the start or after a digest. */
final class ScanRequest {
  private static final int INFO1_READ = 0x01;
  private static final int INFO1_NO_BINS = 0x20;

  /** Asks for rows that name unavailable partitions; the server demands it. */
  private static final int INFO3_PARTITION_DONE = 0x04;

  private static final int OP_READ = 1;

  /** Namespace, how long the server waits for us, and the request's id. */
  private static final int FIELDS_ALWAYS = 3;

  private final WireBuffer buffer = new WireBuffer(4096);
  private final ScanSpec spec;
  private final String set;
  private final byte[] filter;
  private final List<String> bins;
  private long taskId;

  ScanRequest(ScanSpec spec) {
    this.spec = spec;
    this.set = spec.filter().setField();
    this.filter = spec.filter().packed();
    this.bins = spec.noBins() ? List.of() : spec.bins();
  }

  /**
   * The request for the first {@code count} of some partitions.
   *
   * @param maxRecords the most records that the server sends; 0: all
   */
  WireBuffer write(int[] partitions, int count, PartitionCursors cursors, long maxRecords) {
    int started = 0;
    for (int i = 0; i < count; i++) {
      started += cursors.isStarted(partitions[i]) ? 1 : 0;
    }
    int fields =
        FIELDS_ALWAYS
            + (set.isEmpty() ? 0 : 1)
            + (started < count ? 1 : 0)
            + (started > 0 ? 1 : 0)
            + (maxRecords > 0 ? 1 : 0)
            + (filter.length > 0 ? 1 : 0);
    int info1 = INFO1_READ | (spec.noBins() ? INFO1_NO_BINS : 0);
    buffer.beginMessage(info1, INFO3_PARTITION_DONE, 0, fields, bins.size());
    buffer.field(WireBuffer.FIELD_NAMESPACE, spec.namespace());
    if (!set.isEmpty()) {
      buffer.field(WireBuffer.FIELD_SET, set);
    }
    if (started < count) {
      buffer.fieldHeader(WireBuffer.FIELD_PARTITIONS, 2 * (count - started));
      for (int i = 0; i < count; i++) {
        if (!cursors.isStarted(partitions[i])) {
          buffer.appendShortLittleEndian(partitions[i]);
        }
      }
    }
    if (started > 0) {
      buffer.fieldHeader(WireBuffer.FIELD_DIGESTS, RecordView.DIGEST_LENGTH * started);
      for (int i = 0; i < count; i++) {
        if (cursors.isStarted(partitions[i])) {
          cursors.copyDigest(partitions[i], buffer.bytes, buffer.length);
          buffer.length += RecordView.DIGEST_LENGTH;
        }
      }
    }
    if (maxRecords > 0) {
      buffer.fieldHeader(WireBuffer.FIELD_MAX_RECORDS, 8);
      buffer.appendLong(maxRecords);
    }
    if (filter.length > 0) {
      buffer.field(WireBuffer.FIELD_FILTER, filter);
    }
    // How long one send of the server may take before it closes the connection; 0: for ever, and
    // 10 s if nothing is said. Our store may be slow and our rate limited, so it is always 0, also
    // where a person limits how long the server may be silent: that is measured on our side.
    buffer.fieldHeader(WireBuffer.FIELD_SOCKET_TIMEOUT, 4);
    buffer.appendInt(0);
    // A node refuses an id that is in use: a new one for each request. 0 says that there is none.
    taskId = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    buffer.fieldHeader(WireBuffer.FIELD_TASK_ID, 8);
    buffer.appendLong(taskId);
    bins.forEach(this::appendRead);
    buffer.endMessage();
    return buffer;
  }

  /** The id of the last request that was written. */
  long taskId() {
    return taskId;
  }

  private void appendRead(String bin) {
    byte[] name = bin.getBytes(StandardCharsets.UTF_8);
    buffer.appendInt(4 + name.length);
    buffer.appendByte(OP_READ);
    buffer.appendByte(0);
    buffer.appendByte(0);
    buffer.appendByte(name.length);
    buffer.append(name, 0, name.length);
  }
}
