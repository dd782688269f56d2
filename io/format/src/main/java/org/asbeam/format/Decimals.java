package org.asbeam.format;

/** Writes integers as plain decimal digits. */
final class Decimals {
  /** The characters of {@link Long#MIN_VALUE}. */
  static final int MAX_LENGTH = 20;

  private static final byte[] MIN_LONG = {
    '-', '9', '2', '2', '3', '3', '7', '2', '0', '3', '6', '8', '5', '4', '7', '7', '5', '8', '0',
    '8'
  };

  /** The two digits of 0 to 99, as a little-endian short. */
  private static final short[] PAIRS = new short[100];

  static {
    for (int i = 0; i < 100; i++) {
      PAIRS[i] = (short) ('0' + i / 10 | '0' + i % 10 << 8);
    }
  }

  private Decimals() {}

  /**
   * Writes a signed number, at most {@link #MAX_LENGTH} octets.
   *
   * @return the offset behind the last digit
   */
  static int write(long value, byte[] out, int at) {
    if (value >= 0) {
      return writeUnsigned(value, out, at);
    }
    if (value == Long.MIN_VALUE) {
      System.arraycopy(MIN_LONG, 0, out, at, MIN_LONG.length);
      return at + MIN_LONG.length;
    }
    out[at] = '-';
    return writeUnsigned(-value, out, at + 1);
  }

  /** The decimal digits of a number that is not negative. */
  static int count(long value) {
    int count = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      if (rest < 100) {
        return count + 1;
      }
      if (rest < 1000) {
        return count + 2;
      }
      if (rest < 10_000) {
        return count + 3;
      }
      rest /= 1000;
      count += 4;
    }
    return count;
  }

  private static int writeUnsigned(long value, byte[] out, int at) {
    int end = at + count(value);
    int cursor = end;
    long rest = value;
    while (rest > Integer.MAX_VALUE) {
      long next = rest / 100;
      cursor -= 2;
      Octets.shortLittle(out, cursor, PAIRS[(int) (rest - next * 100)]);
      rest = next;
    }
    int small = (int) rest;
    while (small >= 100) {
      int next = small / 100;
      cursor -= 2;
      Octets.shortLittle(out, cursor, PAIRS[small - next * 100]);
      small = next;
    }
    if (small >= 10) {
      Octets.shortLittle(out, cursor - 2, PAIRS[small]);
    } else {
      out[cursor - 1] = (byte) ('0' + small);
    }
    return end;
  }
}
