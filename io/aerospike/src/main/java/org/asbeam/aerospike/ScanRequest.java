package org.asbeam.aerospike;

import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import org.asbeam.format.RecordView;

/** Writes the requests of a scan: some partitions, from the start or after a digest. */
final class ScanRequest {
  private static final int INFO1_READ = 0x01;

  /** Asks for rows that name unavailable partitions; the server demands it. */
  private static final int INFO3_PARTITION_DONE = 0x04;

  private final WireBuffer buffer = new WireBuffer(4096);
  private final ScanSpec spec;
  private final byte[] filter;

  ScanRequest(ScanSpec spec) {
    this.spec = spec;
    try {
      this.filter = Base64.getDecoder().decode(spec.filter());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the filter expression is not base64: " + spec.filter());
    }
  }

  /** The request for the first {@code count} of some partitions. */
  WireBuffer write(int[] partitions, int count, PartitionCursors cursors) {
    int started = 0;
    for (int i = 0; i < count; i++) {
      started += cursors.isStarted(partitions[i]) ? 1 : 0;
    }
    int fields =
        3
            + (spec.set().isEmpty() ? 0 : 1)
            + (started < count ? 1 : 0)
            + (started > 0 ? 1 : 0)
            + (filter.length > 0 ? 1 : 0);
    buffer.beginMessage(INFO1_READ, INFO3_PARTITION_DONE, 0, fields);
    buffer.field(WireBuffer.FIELD_NAMESPACE, spec.namespace());
    if (!spec.set().isEmpty()) {
      buffer.field(WireBuffer.FIELD_SET, spec.set());
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
    if (filter.length > 0) {
      buffer.field(WireBuffer.FIELD_FILTER, filter);
    }
    // How long the server may wait for us to read; 0: for ever. A store may be slow.
    buffer.fieldHeader(WireBuffer.FIELD_SOCKET_TIMEOUT, 4);
    buffer.appendInt(0);
    // A node refuses an id that is in use: a new one for each request.
    buffer.fieldHeader(WireBuffer.FIELD_TASK_ID, 8);
    buffer.appendLong(ThreadLocalRandom.current().nextLong());
    buffer.endMessage();
    return buffer;
  }
}
