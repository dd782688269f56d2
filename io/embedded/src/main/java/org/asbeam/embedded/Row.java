package org.asbeam.embedded;

import java.util.Arrays;

/**
 * How a record is kept: one immutable array of bytes, its last-update time and then the row that a
 * scan sends for it. So a scan copies bytes and decodes nothing.
 *
 * <pre>
 *  0  i64  last update, milliseconds since 2010-01-01T00:00:00Z
 *  8  22   message header: generation, void time, number of fields, number of ops
 * 30       fields: namespace, digest, [set], [user key]
 *          ops: the bins, ready to be sent
 * </pre>
 */
final class Row {
  /** Where the row starts behind the last-update time. */
  static final int START = 8;

  private static final int FIELDS = START + Protocol.HEADER;
  private static final int FIELD_HEADER = 5;
  private static final int OP_HEADER = 8;

  private Row() {}

  /**
   * Lays a record out.
   *
   * @param set the set's name, empty: none
   * @param key particle type and bytes of the user key, null: not stored
   */
  static byte[] of(
      byte[] namespace,
      byte[] digest,
      byte[] set,
      byte[] key,
      int generation,
      int voidTime,
      long lastUpdate,
      Bins bins) {
    int fields = 2 + (set.length > 0 ? 1 : 0) + (key != null ? 1 : 0);
    int length =
        FIELDS
            + FIELD_HEADER * fields
            + namespace.length
            + Protocol.DIGEST
            + set.length
            + (key != null ? key.length : 0)
            + bins.opsLength();
    byte[] row = new byte[length];
    Bytes.putI64(row, 0, lastUpdate);
    row[START] = Protocol.HEADER;
    Bytes.putI32(row, START + 6, generation);
    Bytes.putI32(row, START + 10, voidTime);
    Bytes.putU16(row, START + 18, fields);
    Bytes.putU16(row, START + 20, bins.count());
    int at = putField(row, FIELDS, Protocol.FIELD_NAMESPACE, namespace);
    at = putField(row, at, Protocol.FIELD_DIGEST, digest);
    if (set.length > 0) {
      at = putField(row, at, Protocol.FIELD_SET, set);
    }
    if (key != null) {
      at = putField(row, at, Protocol.FIELD_KEY, key);
    }
    bins.writeOps(row, at);
    return row;
  }

  private static int putField(byte[] row, int at, int type, byte[] data) {
    Bytes.putI32(row, at, data.length + 1);
    row[at + 4] = (byte) type;
    System.arraycopy(data, 0, row, at + FIELD_HEADER, data.length);
    return at + FIELD_HEADER + data.length;
  }

  static long lastUpdate(byte[] row) {
    return Bytes.i64(row, 0);
  }

  static int generation(byte[] row) {
    return Bytes.i32(row, START + 6);
  }

  /** Seconds since 2010-01-01T00:00:00Z; 0: never expires. */
  static long voidTime(byte[] row) {
    return Bytes.i32(row, START + 10) & 0xffffffffL;
  }

  static int binCount(byte[] row) {
    return Bytes.u16(row, START + 20);
  }

  private static int fieldCount(byte[] row) {
    return Bytes.u16(row, START + 18);
  }

  /** Where the digest's bytes are. */
  static int digestOffset(byte[] row) {
    return FIELDS + 4 + Bytes.i32(row, FIELDS) + FIELD_HEADER;
  }

  static byte[] digest(byte[] row) {
    int at = digestOffset(row);
    return Arrays.copyOfRange(row, at, at + Protocol.DIGEST);
  }

  /** Whether the record is in that set; empty: in no set. */
  static boolean isInSet(byte[] row, byte[] set) {
    int at = digestOffset(row) + Protocol.DIGEST;
    int length = setLength(row, at);
    return length == set.length
        && Arrays.equals(row, at + FIELD_HEADER, at + FIELD_HEADER + length, set, 0, set.length);
  }

  static byte[] set(byte[] row) {
    int at = digestOffset(row) + Protocol.DIGEST;
    int from = at + FIELD_HEADER;
    int length = setLength(row, at);
    return length == 0 ? Bytes.EMPTY : Arrays.copyOfRange(row, from, from + length);
  }

  private static int setLength(byte[] row, int at) {
    return fieldCount(row) > 2 && row[at + 4] == Protocol.FIELD_SET ? Bytes.i32(row, at) - 1 : 0;
  }

  /** Particle type and bytes of the stored user key, or null. */
  static byte[] key(byte[] row) {
    int at = digestOffset(row) + Protocol.DIGEST;
    for (int left = fieldCount(row) - 2; left > 0; left--) {
      int size = Bytes.i32(row, at);
      if (row[at + 4] == Protocol.FIELD_KEY) {
        return Arrays.copyOfRange(row, at + FIELD_HEADER, at + 4 + size);
      }
      at += 4 + size;
    }
    return null;
  }

  /** Where the first bin's op starts; the ops reach to the array's end. */
  static int opsOffset(byte[] row) {
    int at = FIELDS;
    for (int left = fieldCount(row); left > 0; left--) {
      at += 4 + Bytes.i32(row, at);
    }
    return at;
  }

  /** The offset behind the op at an offset. */
  static int nextOp(byte[] row, int at) {
    return at + 4 + Bytes.i32(row, at);
  }

  static int opType(byte[] row, int at) {
    return Bytes.u8(row, at + 5);
  }

  static int opNameLength(byte[] row, int at) {
    return Bytes.u8(row, at + 7);
  }

  static int opNameOffset(int at) {
    return at + OP_HEADER;
  }

  static int opValueOffset(byte[] row, int at) {
    return at + OP_HEADER + opNameLength(row, at);
  }

  static int opValueLength(byte[] row, int at) {
    return Bytes.i32(row, at) - 4 - opNameLength(row, at);
  }

  /** Where the op of a bin starts, or -1. */
  static int findOp(byte[] row, byte[] name) {
    int at = opsOffset(row);
    for (int left = binCount(row); left > 0; left--) {
      int from = opNameOffset(at);
      int length = opNameLength(row, at);
      if (Arrays.equals(row, from, from + length, name, 0, name.length)) {
        return at;
      }
      at = nextOp(row, at);
    }
    return -1;
  }
}
