package org.asbeam.aerospike;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of the wire protocol: big-endian unless said otherwise. Layouts are those of the
 * server's {@code proto.h}.
 */
final class WireBuffer {
  /** The 8 bytes in front of every message: version, type, 48 bits of size. */
  static final int PROTO_LENGTH = 8;

  /** The header of an AS_MSG: flags, result code, counts. */
  static final int MESSAGE_LENGTH = 22;

  /** The largest message that server and client accept. */
  static final int MAX_MESSAGE = 128 * 1024 * 1024;

  /** Version 2, type 3 (AS_MSG): the first bytes of every request. */
  static final long MESSAGE_PROTO = 0x0203L << 48;

  static final int FIELD_NAMESPACE = 0;
  static final int FIELD_SET = 1;
  static final int FIELD_KEY = 2;
  static final int FIELD_DIGEST = 4;
  static final int FIELD_TASK_ID = 7;
  static final int FIELD_SOCKET_TIMEOUT = 9;
  static final int FIELD_PARTITIONS = 11;
  static final int FIELD_DIGESTS = 12;
  static final int FIELD_MAX_RECORDS = 13;
  static final int FIELD_BATCH = 41;
  static final int FIELD_FILTER = 43;

  byte[] bytes;
  int length;

  WireBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  /** Makes room for more bytes behind {@link #length}. */
  void reserve(int count) {
    if (count > bytes.length - length) {
      long wanted = Math.max((long) length + count, Math.min(2L * bytes.length, MAX_MESSAGE));
      bytes = Arrays.copyOf(bytes, Math.toIntExact(wanted));
    }
  }

  /** Starts a request; {@link #endMessage} fills in the size. */
  void beginMessage(int info1, int info3, int timeoutMillis, int fields) {
    beginMessage(info1, info3, timeoutMillis, fields, 0);
  }

  /** Starts a request with ops behind its fields. */
  void beginMessage(int info1, int info3, int timeoutMillis, int fields, int ops) {
    length = 0;
    reserve(PROTO_LENGTH + MESSAGE_LENGTH);
    Arrays.fill(bytes, 0, PROTO_LENGTH + MESSAGE_LENGTH, (byte) 0);
    bytes[PROTO_LENGTH] = MESSAGE_LENGTH;
    bytes[PROTO_LENGTH + 1] = (byte) info1;
    bytes[PROTO_LENGTH + 3] = (byte) info3;
    putInt(PROTO_LENGTH + 14, timeoutMillis);
    putShort(PROTO_LENGTH + 18, fields);
    putShort(PROTO_LENGTH + 20, ops);
    length = PROTO_LENGTH + MESSAGE_LENGTH;
  }

  void endMessage() {
    putLong(0, MESSAGE_PROTO | (length - PROTO_LENGTH));
  }

  void field(int type, byte[] value) {
    fieldHeader(type, value.length);
    append(value, 0, value.length);
  }

  void field(int type, String value) {
    field(type, value.getBytes(StandardCharsets.UTF_8));
  }

  void fieldHeader(int type, int valueLength) {
    reserve(5 + valueLength);
    putInt(length, 1 + valueLength);
    bytes[length + 4] = (byte) type;
    length += 5;
  }

  void append(byte[] source, int offset, int count) {
    reserve(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  void appendInt(int value) {
    reserve(4);
    putInt(length, value);
    length += 4;
  }

  void appendLong(long value) {
    reserve(8);
    putLong(length, value);
    length += 8;
  }

  void appendShort(int value) {
    reserve(2);
    putShort(length, value);
    length += 2;
  }

  void appendByte(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  void appendShortLittleEndian(int value) {
    reserve(2);
    bytes[length++] = (byte) value;
    bytes[length++] = (byte) (value >>> 8);
  }

  void putShort(int at, int value) {
    bytes[at] = (byte) (value >>> 8);
    bytes[at + 1] = (byte) value;
  }

  void putInt(int at, int value) {
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
  }

  void putLong(int at, long value) {
    putInt(at, (int) (value >>> 32));
    putInt(at + 4, (int) value);
  }
}
