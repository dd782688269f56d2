package org.asbeam.aerospike;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.asbeam.format.ParticleType;
import org.asbeam.format.Partitions;
import org.asbeam.format.RecordView;

/**
 * A batch of records in the very bytes of the request that writes them, in a buffer that is used
 * again. Rows that have to be sent again stay; the others are squeezed out.
 *
 * <p>The layout of a row, by the server's {@code batch.c}:
 *
 * <pre>
 *  0  u32  index, comes back with the result
 *  4  u8*20 digest
 * 24  u8   0x0e: info, generation and time to live follow
 * 25  u8*3 info1, info2, info3
 * 28  u16  generation
 * 30  u32  time to live
 * 34  u16  number of fields
 * 36  u16  number of ops
 * 38  fields: namespace, set (even if empty), user key if there is one; then ops
 * </pre>
 */
final class RowBatch {
  /** No result came for the row. */
  static final int NO_RESULT = -1;

  private static final int INFO1_BATCH = 0x08;
  private static final int ROW_HAS_INFO_GENERATION_TTL = 0x0e;
  private static final int INFO2_WRITE = 0x01;
  private static final int INFO2_GENERATION_GT = 0x08;
  private static final int INFO2_CREATE_ONLY = 0x20;
  private static final int INFO3_CREATE_OR_REPLACE = 0x10;
  private static final int OP_WRITE = 2;

  /** Inline for namespaces in memory, report every row's error, and the row with it. */
  private static final int BATCH_FLAGS = 0x0d;

  private static final int DIGEST_AT = 4;
  private static final int INFO2_AT = 26;
  private static final int TTL_AT = 30;
  private static final int OPS_COUNT_AT = 36;
  private static final int ROW_HEADER = 38;

  private static final int TTL_NEVER = -1;

  /** Where the batch field, the count and the first row stand in the request. */
  private static final int FIELD_AT = WireBuffer.PROTO_LENGTH + WireBuffer.MESSAGE_LENGTH;

  private static final int COUNT_AT = FIELD_AT + 5;
  private static final int ROWS_AT = COUNT_AT + 5;

  private final WireBuffer buffer;
  private final byte[] namespace;
  private final int info2;
  private final int info3;
  private final int timeoutMillis;
  private int[] offsets = new int[128];
  private long[] voidTimes = new long[128];
  private int[] results = new int[128];
  private boolean[] doubtful = new boolean[128];
  private int rows;
  private int sentLength;

  RowBatch(WriteSpec spec, int capacity) {
    this.buffer = new WireBuffer(capacity);
    this.namespace = spec.namespace().getBytes(StandardCharsets.UTF_8);
    this.info2 =
        INFO2_WRITE
            | (spec.checkGeneration() ? INFO2_GENERATION_GT : 0)
            | (spec.exists() == WriteSpec.Exists.CREATE_ONLY ? INFO2_CREATE_ONLY : 0);
    this.info3 = spec.exists() == WriteSpec.Exists.REPLACE ? INFO3_CREATE_OR_REPLACE : 0;
    this.timeoutMillis = spec.requestTimeoutMillis();
    clear();
  }

  /** Empties the batch. */
  void clear() {
    buffer.beginMessage(INFO1_BATCH, 0, timeoutMillis, 1);
    buffer.fieldHeader(WireBuffer.FIELD_BATCH, 5);
    buffer.appendInt(0);
    buffer.appendByte(BATCH_FLAGS);
    rows = 0;
  }

  int rows() {
    return rows;
  }

  /** The bytes of the request so far. */
  int length() {
    return buffer.length;
  }

  /** The bytes that the batch keeps. */
  int capacity() {
    return buffer.bytes.length;
  }

  /** The most bytes that a row takes in a batch. */
  static long estimate(RecordView row, String namespace) {
    return (long) ROW_HEADER
        + 4L * namespace.length()
        + 5
        + (row.setLength() + 5)
        + (row.hasKey() ? row.keyLength() + 6 : 0)
        + (row.skipToEnd() - row.binsOffset());
  }

  /** Copies a row into the batch; rows of no more than {@link WireBuffer#MAX_MESSAGE} together. */
  void add(RecordView row) {
    if (rows == offsets.length) {
      offsets = Arrays.copyOf(offsets, rows * 2);
      voidTimes = Arrays.copyOf(voidTimes, rows * 2);
      results = Arrays.copyOf(results, rows * 2);
      doubtful = Arrays.copyOf(doubtful, rows * 2);
    }
    int start = buffer.length;
    offsets[rows] = start;
    voidTimes[rows] = row.voidTime();
    doubtful[rows] = false;
    rows++;
    buffer.appendInt(0);
    buffer.append(row.buffer(), row.digestOffset(), RecordView.DIGEST_LENGTH);
    buffer.appendInt(ROW_HAS_INFO_GENERATION_TTL << 24 | info2 << 8 | info3);
    buffer.appendShort(row.generation());
    buffer.appendInt(TTL_NEVER);
    buffer.appendShort(row.hasKey() ? 3 : 2);
    buffer.appendShort(0);
    buffer.field(WireBuffer.FIELD_NAMESPACE, namespace);
    buffer.fieldHeader(WireBuffer.FIELD_SET, row.setLength());
    buffer.append(row.buffer(), row.setOffset(), row.setLength());
    if (row.hasKey()) {
      buffer.fieldHeader(WireBuffer.FIELD_KEY, 1 + row.keyLength());
      buffer.appendByte(row.keyType());
      buffer.append(row.buffer(), row.keyOffset(), row.keyLength());
    }
    buffer.putShort(start + OPS_COUNT_AT, addBins(row));
  }

  private int addBins(RecordView row) {
    int bins = 0;
    row.rewind();
    while (row.nextBin()) {
      // Written, it would delete the bin; no backup holds one.
      if (row.binType() != ParticleType.NULL) {
        int at = row.binNameOffset() - 8;
        int start = buffer.length;
        buffer.append(row.buffer(), at, row.valueOffset() + row.valueLength() - at);
        buffer.bytes[start + 4] = OP_WRITE;
        bins++;
      }
    }
    return bins;
  }

  /**
   * Makes the request of the first rows ready to be sent: times to live as of now.
   *
   * @param limit the most rows to send
   * @param unixSeconds now
   * @param extraTtlSeconds added to the time to live of rows that expire
   * @return how many rows it has
   */
  int prepare(int limit, long unixSeconds, long extraTtlSeconds) {
    int count = Math.min(limit, rows);
    for (int i = 0; i < count; i++) {
      int start = offsets[i];
      results[i] = NO_RESULT;
      buffer.putInt(start, i);
      if (voidTimes[i] != 0) {
        buffer.putInt(start + TTL_AT, (int) timeToLive(voidTimes[i], unixSeconds, extraTtlSeconds));
      }
    }
    int all = buffer.length;
    buffer.length = count < rows ? offsets[count] : all;
    buffer.putInt(COUNT_AT, count);
    buffer.putInt(FIELD_AT, buffer.length - FIELD_AT - 4);
    buffer.endMessage();
    sentLength = buffer.length;
    buffer.length = all;
    return count;
  }

  /** The request that {@link #prepare} made: the buffer, up to its length. */
  WireBuffer request() {
    WireBuffer request = new WireBuffer(0);
    request.bytes = buffer.bytes;
    request.length = sentLength;
    return request;
  }

  /** Seconds that a record still has to live; 0 or less: it is expired. */
  static long timeToLive(long voidTime, long unixSeconds, long extraTtlSeconds) {
    return voidTime + NodeState.EPOCH_SECONDS - unixSeconds + extraTtlSeconds;
  }

  /** Whether a row's time to live is over. */
  boolean isExpired(int row, long unixSeconds, long extraTtlSeconds) {
    return voidTimes[row] != 0 && timeToLive(voidTimes[row], unixSeconds, extraTtlSeconds) <= 0;
  }

  void result(int row, int code) {
    results[row] = code;
  }

  /** The server's code for a row of the last request, or {@link #NO_RESULT}. */
  int result(int row) {
    return results[row];
  }

  /** Notes that the row may have been written though its result was lost. */
  void doubt(int row) {
    doubtful[row] = true;
  }

  boolean isDoubtful(int row) {
    return doubtful[row];
  }

  int partition(int row) {
    return Partitions.of(buffer.bytes, offsets[row] + DIGEST_AT);
  }

  byte[] digest(int row) {
    int at = offsets[row] + DIGEST_AT;
    return Arrays.copyOfRange(buffer.bytes, at, at + RecordView.DIGEST_LENGTH);
  }

  /** The row's set; for errors. */
  String set(int row) {
    int at = offsets[row] + ROW_HEADER + 5 + namespace.length;
    int size =
        (buffer.bytes[at] & 0xff) << 24
            | (buffer.bytes[at + 1] & 0xff) << 16
            | (buffer.bytes[at + 2] & 0xff) << 8
            | buffer.bytes[at + 3] & 0xff;
    return new String(buffer.bytes, at + 5, size - 1, StandardCharsets.UTF_8);
  }

  /** Keeps the rows for which {@code keep} is true, in their order. */
  void retain(boolean[] keep) {
    int kept = 0;
    int to = ROWS_AT;
    for (int i = 0; i < rows; i++) {
      if (keep[i]) {
        int from = offsets[i];
        int end = i + 1 < rows ? offsets[i + 1] : buffer.length;
        System.arraycopy(buffer.bytes, from, buffer.bytes, to, end - from);
        offsets[kept] = to;
        voidTimes[kept] = voidTimes[i];
        doubtful[kept] = doubtful[i];
        results[kept] = results[i];
        kept++;
        to += end - from;
      }
    }
    rows = kept;
    buffer.length = to;
  }
}
