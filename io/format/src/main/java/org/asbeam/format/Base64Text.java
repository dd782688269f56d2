package org.asbeam.format;

import java.util.Arrays;

/**
 * Base64 with the standard alphabet and padding, from and to parts of arrays. The JDK's codec takes
 * whole arrays only, and allocates for anything else.
 */
final class Base64Text {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  /** The two characters of 12 bits, as a little-endian short. */
  private static final char[] PAIRS = new char[1 << 12];

  /**
   * The six bits of a character, where the first to fourth of a group of four has them in 24 bits;
   * -1 if it isn't in the alphabet, so that one test of a group's sign tells. Four tables are a
   * third faster than one and shifts.
   */
  private static final int[] FIRST = new int[256];

  private static final int[] SECOND = new int[256];
  private static final int[] THIRD = new int[256];
  private static final int[] FOURTH = new int[256];

  static {
    for (int i = 0; i < PAIRS.length; i++) {
      PAIRS[i] = (char) (ALPHABET.charAt(i >> 6) | ALPHABET.charAt(i & 63) << 8);
    }
    Arrays.fill(FIRST, -1);
    Arrays.fill(SECOND, -1);
    Arrays.fill(THIRD, -1);
    Arrays.fill(FOURTH, -1);
    for (int i = 0; i < 64; i++) {
      char character = ALPHABET.charAt(i);
      FIRST[character] = i << 18;
      SECOND[character] = i << 12;
      THIRD[character] = i << 6;
      FOURTH[character] = i;
    }
  }

  private Base64Text() {}

  /** The characters that so many octets take. */
  static long encodedLength(int length) {
    return (length + 2L) / 3 * 4;
  }

  /**
   * Encodes octets.
   *
   * @return the offset behind the last character
   */
  static int encode(byte[] in, int offset, int length, byte[] out, int outOffset) {
    int from = offset;
    int end = offset + length;
    int at = outOffset;
    // Six octets at a time, out of a read of eight.
    for (int last = Math.min(end - 6, in.length - 8); from <= last; from += 6, at += 8) {
      long bits = Octets.longBig(in, from);
      Octets.longLittle(
          out,
          at,
          PAIRS[(int) (bits >>> 52)]
              | (long) PAIRS[(int) (bits >>> 40) & 0xfff] << 16
              | (long) PAIRS[(int) (bits >>> 28) & 0xfff] << 32
              | (long) PAIRS[(int) (bits >>> 16) & 0xfff] << 48);
    }
    for (; from <= end - 3; from += 3, at += 4) {
      int bits = (in[from] & 0xff) << 16 | (in[from + 1] & 0xff) << 8 | in[from + 2] & 0xff;
      Octets.intLittle(out, at, PAIRS[bits >>> 12] | PAIRS[bits & 0xfff] << 16);
    }
    if (from < end) {
      int bits = (in[from] & 0xff) << 16 | (from + 1 < end ? (in[from + 1] & 0xff) << 8 : 0);
      Octets.intLittle(out, at, PAIRS[bits >>> 12] | PAIRS[bits & 0xfff] << 16);
      out[at + 3] = '=';
      if (from + 1 == end) {
        out[at + 2] = '=';
      }
      at += 4;
    }
    return at;
  }

  /**
   * Decodes groups of four characters without padding. May write up to two octets behind the last
   * one, so {@code out} must have room for them.
   *
   * @param length a multiple of four
   * @return the offset behind the last octet; or the complement (below 0) of the offset of the
   *     first group that is not base64
   */
  static int decode(byte[] in, int offset, int length, byte[] out, int outOffset) {
    int from = offset;
    int end = offset + length;
    int at = outOffset;
    for (int last = end - 8; from <= last; from += 8, at += 6) {
      int high = group(in, from);
      int low = group(in, from + 4);
      if ((high | low) < 0) {
        return ~(high < 0 ? from : from + 4);
      }
      Octets.longBig(out, at, (long) high << 40 | (long) low << 16);
    }
    if (from < end) {
      int bits = group(in, from);
      if (bits < 0) {
        return ~from;
      }
      out[at] = (byte) (bits >> 16);
      out[at + 1] = (byte) (bits >> 8);
      out[at + 2] = (byte) bits;
      at += 3;
    }
    return at;
  }

  /**
   * Decodes the last group of four characters, which may end with padding. Bits that the padding
   * leaves over are ignored, as all tools do.
   *
   * @return the offset behind the last octet; below 0 if the group is not base64
   */
  static int decodeLast(byte[] in, int offset, byte[] out, int at) {
    if (in[offset + 3] != '=') {
      return decode(in, offset, 4, out, at);
    }
    int first = FIRST[in[offset] & 0xff] | SECOND[in[offset + 1] & 0xff];
    if (in[offset + 2] == '=') {
      if (first < 0) {
        return ~offset;
      }
      out[at] = (byte) (first >> 16);
      return at + 1;
    }
    int bits = first | THIRD[in[offset + 2] & 0xff];
    if (bits < 0) {
      return ~offset;
    }
    out[at] = (byte) (bits >> 16);
    out[at + 1] = (byte) (bits >> 8);
    return at + 2;
  }

  /** Whether characters are base64 as a whole, padding included. */
  static boolean isValid(byte[] in, int offset, int length) {
    if (length == 0 || length % 4 != 0) {
      return length == 0;
    }
    for (int i = offset, last = offset + length - 4; i < last; i += 4) {
      if (group(in, i) < 0) {
        return false;
      }
    }
    return decodeLast(in, offset + length - 4, new byte[3], 0) >= 0;
  }

  private static int group(byte[] in, int at) {
    return FIRST[in[at] & 0xff]
        | SECOND[in[at + 1] & 0xff]
        | THIRD[in[at + 2] & 0xff]
        | FOURTH[in[at + 3] & 0xff];
  }
}
