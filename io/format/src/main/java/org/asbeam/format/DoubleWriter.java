package org.asbeam.format;

import java.util.Arrays;

/**
 * Spells doubles as Go's {@code strconv.FormatFloat} does with precision -1, which is what the
 * peers write and all of them read: the shortest digits that read back as the same double.
 */
final class DoubleWriter {
  /** The longest spelling with an exponent: sign, 17 digits, point, {@code e-308}. */
  static final int MAX_GENERAL_LENGTH = 24;

  /** The longest spelling without exponent: {@code -0.}, 323 zeros, 17 digits. */
  static final int MAX_FIXED_LENGTH = 344;

  private static final byte[] NAN = {'N', 'a', 'N'};
  private static final byte[] INFINITY = {'I', 'n', 'f'};

  /** Go's 'g' takes an exponent from this decimal exponent on, whatever the number of digits. */
  private static final int FIRST_LARGE_EXPONENT = 6;

  private static final int LAST_SMALL_EXPONENT = -5;

  private final ShortestDecimal decimal = new ShortestDecimal();

  /**
   * Writes a bin's value (Go's format 'g'), at most {@link #MAX_GENERAL_LENGTH} octets.
   *
   * @return the offset behind the last octet
   */
  int general(double value, byte[] out, int outOffset) {
    int at = signOrSpecial(value, out, outOffset);
    if (at < 0) {
      return -at;
    }
    int count = Decimals.count(decimal.digits());
    int scientific = count + decimal.exponent() - 1;
    if (scientific > LAST_SMALL_EXPONENT && scientific < FIRST_LARGE_EXPONENT) {
      return plain(count, out, at);
    }
    // The digits one further, then the first one before the point.
    int end = Decimals.write(decimal.digits(), out, at + 1);
    out[at] = out[at + 1];
    if (count > 1) {
      out[at + 1] = '.';
    } else {
      end--;
    }
    out[end++] = 'e';
    out[end++] = (byte) (scientific < 0 ? '-' : '+');
    int magnitude = Math.abs(scientific);
    if (magnitude < 10) {
      out[end++] = '0';
    }
    return Decimals.write(magnitude, out, end);
  }

  /**
   * Writes a user key (Go's format 'f', never an exponent), at most {@link #MAX_FIXED_LENGTH}
   * octets.
   *
   * @return the offset behind the last octet
   */
  int fixed(double value, byte[] out, int outOffset) {
    int at = signOrSpecial(value, out, outOffset);
    return at < 0 ? -at : plain(Decimals.count(decimal.digits()), out, at);
  }

  /**
   * Writes the sign, or all of a value without digits of its own.
   *
   * @return the offset behind it; negative if all is written
   */
  private int signOrSpecial(double value, byte[] out, int outOffset) {
    int at = outOffset;
    if (Double.isNaN(value)) {
      System.arraycopy(NAN, 0, out, at, NAN.length);
      return -(at + NAN.length);
    }
    boolean negative = Double.doubleToRawLongBits(value) < 0;
    if (Double.isInfinite(value)) {
      out[at] = (byte) (negative ? '-' : '+');
      System.arraycopy(INFINITY, 0, out, at + 1, INFINITY.length);
      return -(at + 1 + INFINITY.length);
    }
    if (negative) {
      out[at++] = '-';
    }
    if (value == 0) {
      out[at] = '0';
      return -(at + 1);
    }
    decimal.find(Math.abs(value));
    return at;
  }

  private int plain(int count, byte[] out, int at) {
    int exponent = decimal.exponent();
    if (exponent >= 0) {
      int end = Decimals.write(decimal.digits(), out, at);
      Arrays.fill(out, end, end + exponent, (byte) '0');
      return end + exponent;
    }
    int whole = count + exponent;
    if (whole > 0) {
      int end = Decimals.write(decimal.digits(), out, at);
      System.arraycopy(out, at + whole, out, at + whole + 1, end - at - whole);
      out[at + whole] = '.';
      return end + 1;
    }
    int zeros = 2 - whole;
    Arrays.fill(out, at, at + zeros, (byte) '0');
    out[at + 1] = '.';
    return Decimals.write(decimal.digits(), out, at + zeros);
  }
}
