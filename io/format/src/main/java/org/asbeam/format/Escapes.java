package org.asbeam.format;

import java.nio.charset.StandardCharsets;

/**
 * Names as ASB spells them: a backslash before each backslash, blank and line feed, octet by octet.
 */
final class Escapes {
  private Escapes() {}

  /**
   * Writes a name; up to twice its length.
   *
   * @return the offset behind the last octet written
   */
  static int write(byte[] name, int offset, int length, byte[] out, int outOffset) {
    int at = outOffset;
    for (int i = offset, end = offset + length; i < end; i++) {
      byte octet = name[i];
      if (octet == Octets.SP || octet == Octets.ESCAPE || octet == Octets.LF) {
        out[at++] = Octets.ESCAPE;
      }
      out[at++] = octet;
    }
    return at;
  }

  /** Writes a name of a global line. */
  static int write(String name, byte[] out, int at) {
    byte[] octets = name.getBytes(StandardCharsets.UTF_8);
    return write(octets, 0, octets.length, out, at);
  }
}
