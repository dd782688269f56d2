package org.asbeam.connectors;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.asbeam.format.ParticleType;

/**
 * The value of a bin or of a user key: a particle type and the bytes that the server keeps. Lists,
 * maps, HLLs and GeoJSON are bytes here; integers, floats, strings and booleans can be read.
 *
 * @param type one of {@link ParticleType}
 * @param bytes the particle's bytes as they go over the wire: integers and floats 8 bytes
 *     big-endian, booleans one byte, strings in UTF-8, lists and maps the server's MessagePack
 */
public record Particle(int type, byte[] bytes) {
  /**
   * @throws IllegalArgumentException if the type is not a byte
   */
  public Particle {
    if (type < 0 || type > 255) {
      throw new IllegalArgumentException("a particle type is 0 to 255, not " + type);
    }
    bytes = bytes.clone();
  }

  public static Particle of(long value) {
    return new Particle(ParticleType.INTEGER, eightBytes(value));
  }

  public static Particle of(double value) {
    return new Particle(ParticleType.DOUBLE, eightBytes(Double.doubleToRawLongBits(value)));
  }

  public static Particle of(boolean value) {
    return new Particle(ParticleType.BOOL, new byte[] {(byte) (value ? 1 : 0)});
  }

  public static Particle of(String value) {
    return new Particle(ParticleType.STRING, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A blob. */
  public static Particle of(byte[] value) {
    return new Particle(ParticleType.BLOB, value);
  }

  /** A copy of the particle's bytes. */
  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * The value of an integer.
   *
   * @throws IllegalStateException if it isn't one
   */
  public long asLong() {
    return ByteBuffer.wrap(checked(ParticleType.INTEGER, 8, "an integer")).getLong();
  }

  /**
   * The value of a float, of 64 bits as all floats of Aerospike.
   *
   * @throws IllegalStateException if it isn't one
   */
  public double asDouble() {
    return ByteBuffer.wrap(checked(ParticleType.DOUBLE, 8, "a float")).getDouble();
  }

  /**
   * The value of a boolean.
   *
   * @throws IllegalStateException if it isn't one
   */
  public boolean asBoolean() {
    return checked(ParticleType.BOOL, 1, "a boolean")[0] != 0;
  }

  /**
   * The value of a string; octets that are not UTF-8 become replacement characters.
   *
   * @throws IllegalStateException if it isn't one
   */
  public String asString() {
    return new String(
        checked(ParticleType.STRING, bytes.length, "a string"), StandardCharsets.UTF_8);
  }

  private byte[] checked(int wanted, int length, String name) {
    if (type != wanted || bytes.length != length) {
      throw new IllegalStateException(
          "a value of particle type " + type + " and " + bytes.length + " bytes is not " + name);
    }
    return bytes;
  }

  private static byte[] eightBytes(long value) {
    return ByteBuffer.allocate(8).putLong(value).array();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Particle particle
        && type == particle.type
        && Arrays.equals(bytes, particle.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * type + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Particle[" + type + ", " + HexFormat.of().formatHex(bytes) + "]";
  }
}
