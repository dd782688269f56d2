package org.asbeam.format;

/** The 4096 partitions that Aerospike deals the records of a namespace to, by their digests. */
public final class Partitions {
  /** Fixed by the server. */
  public static final int COUNT = 4096;

  private Partitions() {}

  /**
   * The partition of the digest at an offset: the low 12 bits of its first two bytes,
   * little-endian.
   */
  public static int of(byte[] buffer, int digestOffset) {
    return (buffer[digestOffset] & 0xff | (buffer[digestOffset + 1] & 0xff) << 8) & (COUNT - 1);
  }

  /** The partition of a digest. */
  public static int of(byte[] digest) {
    return of(digest, 0);
  }
}
