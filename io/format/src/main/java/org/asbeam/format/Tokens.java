package org.asbeam.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the tokens that lines are made of. All but {@link #packedText} want the line's part before
 * a sized value to be in the source's buffer, see {@link Limits#WINDOW}: what lies beyond is the
 * end of the file.
 */
final class Tokens {
  /** Digits that can't overflow a long. */
  private static final int SAFE_DIGITS = 18;

  private final Source in;
  private final boolean unescape;

  /**
   * @param unescape whether a backslash escapes the next octet of a name: in all formats but 3.0
   */
  Tokens(Source in, boolean unescape) {
    this.in = in;
    this.unescape = unescape;
  }

  /** Takes one given octet. */
  void take(byte octet, String expected) throws AsbFormatException {
    if (in.at == in.end || in.bytes[in.at] != octet) {
      throw in.damage(expected);
    }
    in.at++;
  }

  /** Takes the blank between two fields. */
  void blank() throws AsbFormatException {
    take(Octets.SP, "a blank");
  }

  /** Takes a line's end. */
  void lineEnd() throws AsbFormatException {
    take(Octets.LF, "the end of the line");
  }

  /** Takes any octet. */
  byte any(String expected) throws AsbFormatException {
    if (in.at == in.end) {
      throw in.damage(expected);
    }
    return in.bytes[in.at++];
  }

  /** Takes an octet if it is the next one. */
  boolean skip(byte octet) {
    if (in.at < in.end && in.bytes[in.at] == octet) {
      in.at++;
      return true;
    }
    return false;
  }

  /** Takes fixed words. */
  void words(String words, String expected) throws AsbFormatException {
    int start = in.at;
    for (int i = 0; i < words.length(); i++) {
      if (start + i >= in.end || in.bytes[start + i] != words.charAt(i)) {
        throw in.damage(start + i < in.end ? start : in.end, expected);
      }
    }
    in.at = start + words.length();
  }

  /**
   * Reads a number without a sign and the octet that ends it.
   *
   * @param max the largest number allowed
   * @param expected says what the number is, and its range
   */
  long unsigned(long max, byte terminator, String expected) throws AsbFormatException {
    int start = in.at;
    long value = digits(start, max, expected);
    take(terminator, terminator == Octets.SP ? "a blank behind the number" : "the line's end");
    return value;
  }

  /** Reads a number of 64 bits and the octet that ends it. */
  long signed(byte terminator, String expected) throws AsbFormatException {
    int start = in.at;
    long value;
    if (start < in.end && in.bytes[start] == '-') {
      in.at = start + 1;
      // The magnitude of the least long is beyond the longs: digits() has it as that very bit.
      value = -digits(start, Long.MIN_VALUE, expected);
    } else {
      value = digits(start, Long.MAX_VALUE, expected);
    }
    take(terminator, "the line's end");
    return value;
  }

  /**
   * Reads digits.
   *
   * @param start where the token starts, for the error
   * @param max the largest number allowed, unsigned
   */
  private long digits(int start, long max, String expected) throws AsbFormatException {
    byte[] bytes = in.bytes;
    int from = in.at;
    int stop = Math.min(in.end, from + SAFE_DIGITS);
    long value = 0;
    int p = from;
    for (; p < stop; p++) {
      int digit = bytes[p] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = value * 10 + digit;
    }
    if (p == stop) {
      // Long ones are rare: leading zeros, or the largest numbers.
      stop = Math.min(in.end, from + Limits.NUMBER);
      for (; p < stop; p++) {
        int digit = bytes[p] - '0';
        if (digit < 0 || digit > 9) {
          break;
        }
        if (Long.compareUnsigned(value, Long.divideUnsigned(-1L, 10)) > 0
            || Long.compareUnsigned(value * 10, -1L - digit) > 0) {
          throw in.damage(start, expected);
        }
        value = value * 10 + digit;
      }
    }
    if (p == from) {
      throw in.damage(p < in.end ? start : p, expected);
    }
    if (Long.compareUnsigned(value, max) > 0) {
      throw in.damage(start, expected);
    }
    in.at = p;
    return value;
  }

  /** Reads a double and the line's end. */
  double real() throws AsbFormatException {
    byte[] bytes = in.bytes;
    int start = in.at;
    int stop = Math.min(in.end, start + Limits.NUMBER + 1);
    int p = start;
    while (p < stop && bytes[p] != Octets.LF) {
      p++;
    }
    if (p == in.end) {
      throw in.damage(p, "the rest of a floating-point number and the line's end");
    }
    if (p == stop) {
      throw in.damage(start, "a floating-point number of at most 1000 characters");
    }
    try {
      double value = DoubleReader.read(bytes, start, p);
      in.at = p + 1;
      return value;
    } catch (NumberFormatException e) {
      throw in.damage(start, "a floating-point number that a double holds");
    }
  }

  /**
   * Reads a name up to a blank or a line's end, which is left.
   *
   * @param out where the name goes, without escapes; needs room for {@code limit} octets
   * @param expected says what the name is
   * @return the name's length
   */
  int name(byte[] out, int outOffset, int limit, String expected) throws AsbFormatException {
    return name(out, outOffset, limit, true, expected);
  }

  /** Reads a name up to the line's end, which is taken; a blank may be part of the name. */
  int nameLine(byte[] out, int outOffset, int limit, String expected) throws AsbFormatException {
    int length = name(out, outOffset, limit, false, expected);
    in.at++;
    return length;
  }

  private int name(byte[] out, int outOffset, int limit, boolean blankEnds, String expected)
      throws AsbFormatException {
    byte[] bytes = in.bytes;
    int stop = in.end;
    int last = outOffset + limit;
    int to = outOffset;
    int p = in.at;
    for (; p < stop; p++) {
      byte octet = bytes[p];
      if (octet == Octets.LF || octet == Octets.SP && blankEnds) {
        in.at = p;
        return to - outOffset;
      }
      if (octet == Octets.ESCAPE && unescape) {
        if (++p == stop) {
          break;
        }
        octet = bytes[p];
      }
      if (to == last) {
        throw in.damage(in.at, expected);
      }
      out[to++] = octet;
    }
    throw in.damage(stop, expected);
  }

  /** Reads a name for messages and commands up to a blank or a line's end, which is left. */
  String nameText(int limit, String expected) throws AsbFormatException {
    byte[] out = new byte[limit];
    return new String(out, 0, name(out, 0, limit, expected), StandardCharsets.UTF_8);
  }

  /** The same for a name that ends with the line, which is taken. */
  String nameLineText(int limit, String expected) throws AsbFormatException {
    byte[] out = new byte[limit];
    return new String(out, 0, nameLine(out, 0, limit, expected), StandardCharsets.UTF_8);
  }

  /** Reads base64 up to the line's end, which is taken; may be longer than the window. */
  String packedText(String expected) throws IOException {
    int length = 0;
    while (true) {
      in.need(length + 1);
      if (in.at + length == in.end) {
        throw in.damage(in.end, expected);
      }
      if (in.bytes[in.at + length] == Octets.LF) {
        break;
      }
      if (++length > Limits.PACKED_TEXT) {
        throw in.damage(expected);
      }
    }
    if (!Base64Text.isValid(in.bytes, in.at, length)) {
      throw in.damage(expected);
    }
    String text = new String(in.bytes, in.at, length, StandardCharsets.US_ASCII);
    in.at += length + 1;
    return text;
  }
}
