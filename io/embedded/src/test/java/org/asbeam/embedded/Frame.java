package org.asbeam.embedded;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A message of the protocol.
 *
 * @param type its type
 * @param body what follows its header
 */
record Frame(int type, byte[] body) {
  static List<Frame> split(byte[] stream) {
    List<Frame> frames = new ArrayList<>();
    int at = 0;
    while (at < stream.length) {
      int size = (int) (Bytes.i64(stream, at) & 0xffff_ffff_ffffL);
      int from = at + Protocol.PROTO_HEADER;
      frames.add(new Frame(stream[at + 1], Arrays.copyOfRange(stream, from, from + size)));
      at = from + size;
    }
    return frames;
  }

  static Frame read(DataInputStream in) throws IOException {
    long header = in.readLong();
    byte[] body = in.readNBytes((int) (header & 0xffff_ffff_ffffL));
    return new Frame((int) (header >>> 48) & 0xff, body);
  }

  static byte[] toBytes(int type, byte[] body) {
    byte[] bytes = new byte[Protocol.PROTO_HEADER + body.length];
    Bytes.putI64(bytes, 0, body.length);
    bytes[0] = Protocol.VERSION;
    bytes[1] = (byte) type;
    System.arraycopy(body, 0, bytes, Protocol.PROTO_HEADER, body.length);
    return bytes;
  }

  String text() {
    return Bytes.utf8(body, 0, body.length);
  }

  String hex() {
    return HexFormat.of().formatHex(body);
  }

  /** The rows that the frame is made of, in hexadecimal. */
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (byte[] row : rowBytes()) {
      rows.add(HexFormat.of().formatHex(row));
    }
    return rows;
  }

  List<byte[]> rowBytes() {
    List<byte[]> rows = new ArrayList<>();
    int at = 0;
    while (at < body.length) {
      int from = at;
      int parts = Bytes.u16(body, at + 18) + Bytes.u16(body, at + 20);
      at += Protocol.HEADER;
      for (int i = 0; i < parts; i++) {
        at += 4 + Bytes.i32(body, at);
      }
      rows.add(Arrays.copyOfRange(body, from, at));
    }
    return rows;
  }

  /** Whether a row ends an answer of many rows. */
  static boolean isLast(byte[] row) {
    return (row[3] & Protocol.INFO3_LAST) != 0;
  }
}
