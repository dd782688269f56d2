package org.asbeam.embedded;

import java.util.Arrays;
import java.util.Objects;

/**
 * A bin of a record: its name, the particle type and the value's bytes as they go over the wire.
 *
 * @param name up to 15 bytes, one char per byte (ISO 8859-1), since the server takes any bytes
 * @param type particle type: 1 integer, 2 float, 3 string, 4 blob, 17 bool, 18 HLL, 19 map, 20
 *     list, 23 GeoJSON; others are kept as they are
 * @param value the particle's bytes: integers and floats 8 bytes big-endian, strings UTF-8, maps
 *     and lists the server's msgpack
 */
public record StoredBin(String name, int type, byte[] value) {
  public StoredBin {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    if (name.length() > Protocol.MAX_BIN_NAME) {
      throw new IllegalArgumentException(
          "bin name '" + name + "' is longer than " + Protocol.MAX_BIN_NAME + " bytes");
    }
  }

  public static StoredBin of(String name, long value) {
    return new StoredBin(name, Particle.INTEGER, Bytes.ofLong(value));
  }

  public static StoredBin of(String name, double value) {
    return new StoredBin(name, Particle.FLOAT, Bytes.ofLong(Double.doubleToRawLongBits(value)));
  }

  public static StoredBin of(String name, boolean value) {
    return new StoredBin(name, Particle.BOOL, new byte[] {(byte) (value ? 1 : 0)});
  }

  public static StoredBin of(String name, String value) {
    return new StoredBin(name, Particle.STRING, Bytes.utf8(value));
  }

  public static StoredBin of(String name, byte[] value) {
    return new StoredBin(name, Particle.BLOB, value);
  }

  /** A bin of any particle type, also of types that the server would refuse. */
  public static StoredBin raw(String name, int type, byte[] value) {
    return new StoredBin(name, type, value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredBin that
        && type == that.type
        && name.equals(that.name)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + type) + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    String text =
        switch (type) {
          case Particle.INTEGER -> String.valueOf(Bytes.i64(value, 0));
          case Particle.FLOAT -> String.valueOf(Double.longBitsToDouble(Bytes.i64(value, 0)));
          case Particle.STRING -> Bytes.utf8(value, 0, value.length);
          default -> "type " + type + ", " + value.length + " bytes";
        };
    return name + "=" + text;
  }
}
