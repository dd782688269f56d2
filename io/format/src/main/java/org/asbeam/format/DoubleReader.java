package org.asbeam.format;

import java.nio.charset.StandardCharsets;

/**
 * Reads doubles as any writer of ASB spells them: decimal, with or without exponent, and infinities
 * and NaN in any case and with a sign (C writes {@code -nan}). Hexadecimal, underscores, blanks and
 * suffixes, which nobody writes, are refused, and so is a number beyond the doubles.
 */
final class DoubleReader {
  /** The powers of ten that a double holds exactly. */
  private static final double[] EXACT_POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final long EXACT_INTEGERS = 1L << 53;

  /** As many digits as surely fit a long. */
  private static final int LONG_DIGITS = 18;

  /** Beyond any exponent that matters to numbers of at most 1000 characters. */
  private static final int HUGE_EXPONENT = 100_000;

  private DoubleReader() {}

  /**
   * Reads the text between two offsets.
   *
   * @throws NumberFormatException if it is no number, or a finite one that doubles don't reach
   */
  static double read(byte[] text, int from, int to) {
    int at = from;
    boolean negative = at < to && text[at] == '-';
    if (negative || at < to && text[at] == '+') {
      at++;
    }
    if (at < to && text[at] > '9') {
      double special = special(text, at, to);
      return negative ? -special : special;
    }

    long digits = 0;
    int kept = 0;
    int scale = 0;
    boolean any = false;
    boolean point = false;
    for (; at < to; at++) {
      int octet = text[at];
      if (octet == '.' && !point) {
        point = true;
        continue;
      }
      int digit = octet - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      any = true;
      if (kept <= LONG_DIGITS) {
        digits = digits * 10 + digit;
        kept += digits == 0 ? 0 : 1;
      } else {
        // Not exact any more, and not used.
        kept++;
      }
      scale -= point ? 1 : 0;
    }
    if (!any) {
      throw new NumberFormatException("no digits");
    }
    int exponent = at < to ? exponent(text, at, to) : 0;

    scale += exponent;
    if (kept <= LONG_DIGITS && scale >= -22 && scale <= 22) {
      double value = digits <= EXACT_INTEGERS ? exact(digits, scale) : corrected(digits, scale);
      if (!Double.isNaN(value)) {
        return negative ? -value : value;
      }
    }
    return bySpelling(text, from, to);
  }

  /** Both operands are exact, so the one rounding of the operation is the right one. */
  private static double exact(long digits, int scale) {
    return scale < 0 ? digits / EXACT_POWERS[-scale] : digits * EXACT_POWERS[scale];
  }

  /**
   * The same for 17 or 18 digits, as most random doubles have: a first quotient or product and the
   * correction that the exact remainder gives.
   *
   * @return NaN if the rounding of the sum depends on the correction's own error
   */
  private static double corrected(long digits, int scale) {
    double head = digits;
    double tail = digits - (long) head;
    double value;
    double correction;
    if (scale < 0) {
      double power = EXACT_POWERS[-scale];
      value = head / power;
      correction = (Math.fma(-value, power, head) + tail) / power;
    } else {
      double power = EXACT_POWERS[scale];
      value = head * power;
      correction = Math.fma(head, power, -value) + tail * power;
    }
    // A few roundings of 2^-53 each made the correction; 2^-48 is more than they can amount to.
    double error = Math.abs(correction) * 0x1p-48;
    double low = value + (correction - error);
    return low == value + (correction + error) ? low : Double.NaN;
  }

  private static double bySpelling(byte[] text, int from, int to) {
    double value =
        Double.parseDouble(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
    if (Double.isInfinite(value)) {
      throw new NumberFormatException("beyond the range of doubles");
    }
    return value;
  }

  private static int exponent(byte[] text, int from, int to) {
    int at = from;
    if ((text[at] | 0x20) != 'e') {
      throw new NumberFormatException("no digit");
    }
    at++;
    boolean negative = at < to && text[at] == '-';
    if (negative || at < to && text[at] == '+') {
      at++;
    }
    if (at == to) {
      throw new NumberFormatException("no exponent");
    }
    int exponent = 0;
    for (; at < to; at++) {
      int digit = text[at] - '0';
      if (digit < 0 || digit > 9) {
        throw new NumberFormatException("no digit");
      }
      exponent = Math.min(exponent * 10 + digit, HUGE_EXPONENT);
    }
    return negative ? -exponent : exponent;
  }

  private static double special(byte[] text, int from, int to) {
    if (matches("nan", text, from, to)) {
      return Double.NaN;
    }
    if (matches("inf", text, from, to) || matches("infinity", text, from, to)) {
      return Double.POSITIVE_INFINITY;
    }
    throw new NumberFormatException("no digit");
  }

  private static boolean matches(String word, byte[] text, int from, int to) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((text[from + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
