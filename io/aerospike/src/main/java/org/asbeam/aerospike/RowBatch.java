package org.asbeam.aerospike;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
  private static final int OP_READ = 1;
  private static final int OP_WRITE = 2;

  /** Inline for namespaces in memory, report every row's error, and the row with it. */
  private static final int BATCH_FLAGS = 0x0d;

  private static final int DIGEST_AT = 4;
  private static final int INFO1_AT = 25;
  private static final int GENERATION_AT = 28;
  private static final int TTL_AT = 30;
  private static final int FIELDS_COUNT_AT = 34;
  private static final int OPS_COUNT_AT = 36;
  private static final int ROW_HEADER = 38;

  private static final int TTL_NEVER = -1;

  /** Where the batch field, the count and the first row stand in the request. */
  private static final int FIELD_AT = WireBuffer.PROTO_LENGTH + WireBuffer.MESSAGE_LENGTH;

  private static final int COUNT_AT = FIELD_AT + 5;
  private static final int ROWS_AT = COUNT_AT + 5;

  /**
   * The most requests that are sent over a connection before their answers are read: the answers
   * must fit into the socket's buffers, or client and server would wait for each other.
   */
  static final int MAX_SINGLES = 64;

  /** The requests are a copy: no more are made at once than these bytes need. */
  private static final int MAX_SINGLES_BYTES = 128 * 1024;

  private final WireBuffer buffer;
  private final WireBuffer singles = new WireBuffer(0);
  private final RowFilter filter;
  private final byte[] namespace;
  private final int info2;
  private final int info3;
  private final int timeoutMillis;
  private int[] offsets = new int[128];
  private long[] voidTimes = new long[128];
  private int[] results = new int[128];
  private boolean[] doubtful = new boolean[128];

  /** The namespaces that the rows named themselves; the same array for equal names. */
  private byte[][] origins = new byte[128][];

  private byte[] lastOrigin = new byte[0];
  private int rows;
  private WireBuffer sentFrom;
  private int sentLength;

  RowBatch(WriteSpec spec, int capacity) {
    this.buffer = new WireBuffer(capacity);
    this.filter = new RowFilter(spec.sets(), spec.bins());
    this.namespace = spec.namespace().getBytes(StandardCharsets.UTF_8);
    this.info2 =
        INFO2_WRITE
            | (spec.checkGeneration() ? INFO2_GENERATION_GT : 0)
            | (spec.exists() == WriteSpec.Exists.CREATE_ONLY ? INFO2_CREATE_ONLY : 0);
    this.info3 = spec.exists() == WriteSpec.Exists.REPLACE ? INFO3_CREATE_OR_REPLACE : 0;
    this.timeoutMillis = spec.totalTimeoutMillis();
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

  /**
   * Copies a row into the batch; rows of no more than {@link WireBuffer#MAX_MESSAGE} together.
   *
   * @return false: none of its bins is to be written, and nothing was added
   */
  boolean add(RecordView row) {
    if (rows == offsets.length) {
      offsets = Arrays.copyOf(offsets, rows * 2);
      voidTimes = Arrays.copyOf(voidTimes, rows * 2);
      results = Arrays.copyOf(results, rows * 2);
      doubtful = Arrays.copyOf(doubtful, rows * 2);
      origins = Arrays.copyOf(origins, rows * 2);
    }
    int start = buffer.length;
    offsets[rows] = start;
    voidTimes[rows] = row.voidTime();
    doubtful[rows] = false;
    origins[rows] = origin(row);
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
    int bins = addBins(row);
    buffer.putShort(start + OPS_COUNT_AT, bins);
    if (bins == 0) {
      rows--;
      buffer.length = start;
    }
    return bins > 0;
  }

  private byte[] origin(RecordView row) {
    int at = row.namespaceOffset();
    int end = at + row.namespaceLength();
    if (!Arrays.equals(lastOrigin, 0, lastOrigin.length, row.buffer(), at, end)) {
      lastOrigin = Arrays.copyOfRange(row.buffer(), at, end);
    }
    return lastOrigin;
  }

  private int addBins(RecordView row) {
    int bins = 0;
    row.rewind();
    while (row.nextBin()) {
      if (filter.keepsBin(row)) {
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
    int count = stamp(limit, unixSeconds, extraTtlSeconds);
    int all = buffer.length;
    buffer.length = count < rows ? offsets[count] : all;
    buffer.putInt(COUNT_AT, count);
    buffer.putInt(FIELD_AT, buffer.length - FIELD_AT - 4);
    buffer.endMessage();
    sentFrom = buffer;
    sentLength = buffer.length;
    buffer.length = all;
    return count;
  }

  /**
   * Makes requests of the first rows ready to be sent, one for each: at most {@link #MAX_SINGLES}.
   * As {@link #prepare}.
   */
  int prepareSingles(int limit, long unixSeconds, long extraTtlSeconds) {
    int fitting = 1;
    while (fitting < Math.min(rows, MAX_SINGLES)
        && offsets[fitting] - ROWS_AT < MAX_SINGLES_BYTES) {
      fitting++;
    }
    int count = stamp(Math.min(limit, fitting), unixSeconds, extraTtlSeconds);
    singles.length = 0;
    for (int i = 0; i < count; i++) {
      appendSingle(offsets[i], i + 1 < rows ? offsets[i + 1] : buffer.length);
    }
    sentFrom = singles;
    sentLength = singles.length;
    return count;
  }

  private void appendSingle(int start, int end) {
    byte[] row = buffer.bytes;
    int body =
        WireBuffer.MESSAGE_LENGTH + 5 + RecordView.DIGEST_LENGTH + end - (start + ROW_HEADER);
    singles.appendLong(WireBuffer.MESSAGE_PROTO | body);
    singles.appendByte(WireBuffer.MESSAGE_LENGTH);
    singles.append(row, start + INFO1_AT, 3);
    singles.appendShort(0);
    singles.appendShort(0);
    singles.append(row, start + GENERATION_AT, 2);
    singles.append(row, start + TTL_AT, 4);
    singles.appendInt(timeoutMillis);
    singles.appendShort(int16(start + FIELDS_COUNT_AT) + 1);
    singles.append(row, start + OPS_COUNT_AT, 2);
    singles.fieldHeader(WireBuffer.FIELD_DIGEST, RecordView.DIGEST_LENGTH);
    singles.append(row, start + DIGEST_AT, RecordView.DIGEST_LENGTH);
    singles.append(row, start + ROW_HEADER, end - (start + ROW_HEADER));
  }

  /** Brings rows up to date; returns how many there are of the first {@code limit}. */
  private int stamp(int limit, long unixSeconds, long extraTtlSeconds) {
    int count = Math.min(limit, rows);
    for (int i = 0; i < count; i++) {
      int start = offsets[i];
      results[i] = NO_RESULT;
      buffer.putInt(start, i);
      if (voidTimes[i] != 0) {
        buffer.putInt(start + TTL_AT, (int) timeToLive(voidTimes[i], unixSeconds, extraTtlSeconds));
      }
    }
    return count;
  }

  /** The request that was prepared last: the buffer, up to its length. */
  WireBuffer request() {
    WireBuffer request = new WireBuffer(0);
    request.bytes = sentFrom.bytes;
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
    int at = setAt(row);
    return new String(buffer.bytes, at + 5, int32(at) - 1, StandardCharsets.UTF_8);
  }

  /** The row as it was given, with the bins that were to be written, as scans send rows. */
  byte[] row(int row) {
    int start = offsets[row];
    int end = row + 1 < rows ? offsets[row + 1] : buffer.length;
    boolean keyed = int16(start + FIELDS_COUNT_AT) > 2;
    int set = setAt(row);
    int setLength = int32(set) - 1;
    byte[] origin = origins[row];
    WireBuffer copy = new WireBuffer(end - start + origin.length);
    copy.appendByte(RecordView.HEADER_LENGTH);
    copy.appendByte(0);
    copy.appendInt(0);
    copy.appendInt(int16(start + GENERATION_AT));
    copy.appendInt((int) voidTimes[row]);
    copy.appendInt(0);
    copy.appendShort(1 + (origin.length > 0 ? 1 : 0) + (setLength > 0 ? 1 : 0) + (keyed ? 1 : 0));
    copy.append(buffer.bytes, start + OPS_COUNT_AT, 2);
    if (origin.length > 0) {
      copy.field(WireBuffer.FIELD_NAMESPACE, origin);
    }
    copy.fieldHeader(WireBuffer.FIELD_DIGEST, RecordView.DIGEST_LENGTH);
    copy.append(buffer.bytes, start + DIGEST_AT, RecordView.DIGEST_LENGTH);
    int rest = set + (setLength > 0 ? 0 : 5);
    copy.append(buffer.bytes, rest, end - rest);
    int op = copy.length - (end - opsAt(row));
    while (op < copy.length) {
      copy.bytes[op + 4] = OP_READ;
      op += 4 + int32(copy.bytes, op);
    }
    return Arrays.copyOf(copy.bytes, copy.length);
  }

  private int setAt(int row) {
    return offsets[row] + ROW_HEADER + 5 + namespace.length;
  }

  private int opsAt(int row) {
    int at = offsets[row] + ROW_HEADER;
    for (int left = int16(offsets[row] + FIELDS_COUNT_AT); left > 0; left--) {
      at += 4 + int32(at);
    }
    return at;
  }

  private int int16(int at) {
    return (buffer.bytes[at] & 0xff) << 8 | buffer.bytes[at + 1] & 0xff;
  }

  private int int32(int at) {
    return int32(buffer.bytes, at);
  }

  private static int int32(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | bytes[at + 3] & 0xff;
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
        origins[kept] = origins[i];
        results[kept] = results[i];
        kept++;
        to += end - from;
      }
    }
    rows = kept;
    buffer.length = to;
  }
}
