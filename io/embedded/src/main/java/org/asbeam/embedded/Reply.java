package org.asbeam.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A frame in the making: rows of an answer behind room for the header of the protocol. Grows as
 * needed and is used again for the next frame.
 */
final class Reply {
  private byte[] buffer;
  private int length = Protocol.PROTO_HEADER;
  private int rowStart;
  private int rowOps;

  Reply(int capacity) {
    buffer = new byte[Math.max(64, capacity)];
  }

  /** Bytes in the frame, without its header. */
  int size() {
    return length - Protocol.PROTO_HEADER;
  }

  boolean isEmpty() {
    return size() == 0;
  }

  void clear() {
    length = Protocol.PROTO_HEADER;
  }

  /** Forgets what was written behind a size. */
  void truncate(int size) {
    length = Protocol.PROTO_HEADER + size;
  }

  /** Starts a row. */
  void row(int info3, int resultCode, int generation, int voidTime, int index) {
    ensure(Protocol.HEADER);
    rowStart = length;
    rowOps = 0;
    Arrays.fill(buffer, length, length + Protocol.HEADER, (byte) 0);
    buffer[length] = Protocol.HEADER;
    buffer[length + 3] = (byte) info3;
    buffer[length + 5] = (byte) resultCode;
    Bytes.putI32(buffer, length + 6, generation);
    Bytes.putI32(buffer, length + 10, voidTime);
    Bytes.putI32(buffer, length + 14, index);
    length += Protocol.HEADER;
  }

  /** A row that is only a result code. */
  void code(int resultCode, int index) {
    row(0, resultCode, 0, 0, index);
  }

  /** The row that ends a batch or a scan. */
  void last(int resultCode) {
    row(Protocol.INFO3_LAST, resultCode, 0, 0, 0);
  }

  /** Adds an op to the row; a null value stands for a bin that is not there. */
  void op(int code, String name, Particle value) {
    int valueLength = value == null ? 0 : value.length();
    ensure(8 + name.length() + valueLength);
    Bytes.putI32(buffer, length, 4 + name.length() + valueLength);
    buffer[length + 4] = (byte) code;
    buffer[length + 5] = (byte) (value == null ? Particle.NULL : value.type());
    buffer[length + 6] = 0;
    buffer[length + 7] = (byte) name.length();
    length += 8;
    byte[] nameBytes = Bytes.binName(name);
    append(nameBytes, 0, nameBytes.length);
    if (value != null) {
      append(value.source(), value.offset(), valueLength);
    }
    opCount(rowOps + 1);
  }

  /** Says in a row that its record is gone: no generation, no void time. */
  void patchGone(int rowAt) {
    Bytes.putI64(buffer, Protocol.PROTO_HEADER + rowAt + 6, 0);
  }

  /** Adds all bins of a stored record to the row. */
  void allBins(byte[] stored) {
    int from = Row.opsOffset(stored);
    append(stored, from, stored.length - from);
    opCount(rowOps + Row.binCount(stored));
  }

  private void opCount(int count) {
    rowOps = count;
    Bytes.putU16(buffer, rowStart + 20, count);
  }

  /** Adds a row of a scan: the record as it is stored. */
  void scanRow(byte[] stored) {
    append(stored, Row.START, stored.length - Row.START);
  }

  /** Adds a row of a scan without bins. */
  void scanRowWithoutBins(byte[] stored) {
    int from = length;
    append(stored, Row.START, Row.opsOffset(stored) - Row.START);
    buffer[from + 1] = Protocol.INFO1_NO_BINS;
    Bytes.putU16(buffer, from + 20, 0);
  }

  /**
   * Adds a row of a scan with some bins.
   *
   * @return whether the record has any of them; if not, nothing was added
   */
  boolean scanRow(byte[] stored, byte[][] names) {
    int from = length;
    int count = 0;
    append(stored, Row.START, Row.opsOffset(stored) - Row.START);
    for (byte[] name : names) {
      int at = Row.findOp(stored, name);
      if (at >= 0) {
        append(stored, at, Row.nextOp(stored, at) - at);
        count++;
      }
    }
    if (count == 0) {
      length = from;
      return false;
    }
    Bytes.putU16(buffer, from + 20, count);
    return true;
  }

  private void append(byte[] source, int offset, int count) {
    ensure(count);
    System.arraycopy(source, offset, buffer, length, count);
    length += count;
  }

  private void ensure(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(length + more, buffer.length + (buffer.length >> 1)));
    }
  }

  /** Sends the frame, if there is anything in it, and starts the next. */
  void send(OutputStream out) throws IOException {
    if (!isEmpty()) {
      putHeader(Protocol.TYPE_MESSAGE);
      out.write(buffer, 0, length);
      out.flush();
      clear();
    }
  }

  /** Announces the whole frame and sends half of it: what a dying server leaves. */
  void sendHalf(OutputStream out) throws IOException {
    if (isEmpty()) {
      last(ResultCode.OK);
    }
    putHeader(Protocol.TYPE_MESSAGE);
    out.write(buffer, 0, Protocol.PROTO_HEADER + size() / 2);
    out.flush();
  }

  private void putHeader(int type) {
    Bytes.putI64(buffer, 0, size());
    buffer[0] = Protocol.VERSION;
    buffer[1] = (byte) type;
  }
}
