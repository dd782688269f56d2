package org.asbeam.storage;

import java.util.zip.CRC32C;

/**
 * CRC32C (Castagnoli, RFC 3720 appendix B.4) of stored bytes, as an {@code int} whose bits are the
 * unsigned value, and its combination: the checksum of a file follows from those of its parts.
 */
public final class Crc32c {
  /** The polynomial 0x1EDC6F41, bits reversed. */
  private static final int POLYNOMIAL = 0x82F63B78;

  /** In reversed order the highest bit is the coefficient of x^0. */
  private static final int ONE = 1 << 31;

  /** {@code POWERS[k]} is x^(2^k); a length has 63 bits, and a byte is three powers more. */
  private static final int[] POWERS = new int[66];

  static {
    POWERS[0] = ONE >>> 1;
    for (int k = 1; k < POWERS.length; k++) {
      POWERS[k] = multiply(POWERS[k - 1], POWERS[k - 1]);
    }
  }

  private Crc32c() {}

  public static int of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  public static int of(byte[] bytes, int offset, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, count);
    return (int) crc.getValue();
  }

  /**
   * The checksum of two runs of bytes, one behind the other.
   *
   * @param first the checksum of the first run
   * @param second the checksum of the second run
   * @param secondLength the bytes of the second run
   */
  public static int combine(int first, int second, long secondLength) {
    return shift(first, secondLength) ^ second;
  }

  /**
   * The other way around: the checksum of the second of two runs.
   *
   * @param whole the checksum of both runs, one behind the other
   * @param first the checksum of the first run
   * @param secondLength the bytes of the second run
   */
  static int remainder(int whole, int first, long secondLength) {
    return shift(first, secondLength) ^ whole;
  }

  /** Eight hex digits, as journal and manifest have it. */
  public static String hex(int crc) {
    return String.format("%08x", crc);
  }

  /**
   * Reads what {@link #hex} wrote.
   *
   * @throws IllegalArgumentException if it isn't that
   */
  public static int parseHex(String digits) {
    try {
      if (digits.length() == 8 && Character.digit(digits.charAt(0), 16) >= 0) {
        return Integer.parseUnsignedInt(digits, 16);
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw new IllegalArgumentException("a CRC32C has eight hex digits, not '" + digits + "'");
  }

  /** A checksum times x^(8 length): what it becomes when zeros follow. */
  private static int shift(int crc, long length) {
    if (length < 0) {
      throw new IllegalArgumentException("a length of " + length + " bytes");
    }
    int factor = ONE;
    for (int k = 3; length != 0; k++, length >>>= 1) {
      if ((length & 1) != 0) {
        factor = multiply(factor, POWERS[k]);
      }
    }
    return multiply(factor, crc);
  }

  /** The product of two polynomials over GF(2), modulo the polynomial. */
  private static int multiply(int a, int b) {
    int product = 0;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= b;
      }
      b = (b & 1) != 0 ? b >>> 1 ^ POLYNOMIAL : b >>> 1;
    }
    return product;
  }
}
