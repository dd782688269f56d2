package org.asbeam.embedded;

import java.util.LinkedHashMap;
import java.util.Map;

/** The bins of a record while it is being written, in the order in which they were created. */
final class Bins {
  /** Bytes of an op before name and value: size, op, particle type, flags, name length. */
  private static final int OP_HEADER = 8;

  private final Map<String, Particle> particles = new LinkedHashMap<>();

  /** The bins of a stored record. */
  static Bins of(byte[] row) {
    Bins bins = new Bins();
    int at = Row.opsOffset(row);
    for (int left = Row.binCount(row); left > 0; left--) {
      bins.put(
          Bytes.binName(row, Row.opNameOffset(at), Row.opNameLength(row, at)),
          new Particle(
              Row.opType(row, at), row, Row.opValueOffset(row, at), Row.opValueLength(row, at)));
      at = Row.nextOp(row, at);
    }
    return bins;
  }

  Particle get(String name) {
    return particles.get(name);
  }

  void put(String name, Particle value) {
    particles.put(name, value);
  }

  void remove(String name) {
    particles.remove(name);
  }

  void clear() {
    particles.clear();
  }

  int count() {
    return particles.size();
  }

  Map<String, Particle> asMap() {
    return particles;
  }

  int opsLength() {
    int length = 0;
    for (Map.Entry<String, Particle> bin : particles.entrySet()) {
      length += OP_HEADER + bin.getKey().length() + bin.getValue().length();
    }
    return length;
  }

  /** Writes the bins as ops of a reply. */
  void writeOps(byte[] out, int offset) {
    int at = offset;
    for (Map.Entry<String, Particle> bin : particles.entrySet()) {
      String name = bin.getKey();
      Particle value = bin.getValue();
      Bytes.putI32(out, at, 4 + name.length() + value.length());
      out[at + 4] = Protocol.OP_READ;
      out[at + 5] = (byte) value.type();
      out[at + 6] = 0;
      out[at + 7] = (byte) name.length();
      at += OP_HEADER;
      for (int i = 0; i < name.length(); i++) {
        out[at++] = (byte) name.charAt(i);
      }
      System.arraycopy(value.source(), value.offset(), out, at, value.length());
      at += value.length();
    }
  }
}
