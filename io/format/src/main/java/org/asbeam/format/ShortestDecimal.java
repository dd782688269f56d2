package org.asbeam.format;

import java.math.BigInteger;

/**
 * The shortest decimal that reads back as a double, and of the shortest the closest: what {@link
 * Double#toString} promises only since Java 19.
 *
 * <p>The method is Schubfach (R. Giulietti, "The Schubfach way to render doubles", 2020): scale the
 * ends of the double's rounding interval by a power of ten of 126 bits, so that at most two
 * candidates of full length, and at most one that is a digit shorter, can lie within. Names follow
 * the paper where it names things.
 */
final class ShortestDecimal {
  private static final int FRACTION_BITS = 52;
  private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;
  private static final long HIDDEN_BIT = 1L << FRACTION_BITS;

  /** The exponent of the least bit of a subnormal double. */
  private static final int Q_MIN = -1074;

  /** The exponent of the least bit of the largest doubles. */
  private static final int Q_MAX = 971;

  private static final long MASK_63 = Long.MAX_VALUE;

  private static final int K_MIN = floorLog10Pow2(Q_MIN);

  /**
   * For k from {@link #K_MIN}: 10^-k scaled to 126 bits and rounded up, as two words of 63 bits.
   */
  private static final long[] POWERS = powers();

  private long digits;
  private int exponent;

  /** The decimal's digits as one number without trailing zeros; the value is digits*10^exponent. */
  long digits() {
    return digits;
  }

  int exponent() {
    return exponent;
  }

  /**
   * Finds the decimal of a double.
   *
   * @param value finite and above 0
   */
  void find(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long fraction = bits & FRACTION_MASK;
    int biased = (int) (bits >>> FRACTION_BITS);
    if (biased == 0) {
      scale(Q_MIN, fraction);
    } else {
      long c = HIDDEN_BIT | fraction;
      int q = biased + Q_MIN - 1;
      if (q <= 0 && q > -FRACTION_BITS - 1 && (c & (1L << -q) - 1) == 0) {
        // An integer below 2^53: no decimal with fewer digits is nearer to it than to its
        // neighbour.
        digits = c >>> -q;
        exponent = 0;
      } else {
        scale(q, c);
      }
    }
    stripZeros();
  }

  /** Finds the decimal of c*2^q. */
  private void scale(int q, long c) {
    long odd = c & 1;
    long middle = c << 2;
    long right = middle + 2;
    long left;
    int k;
    if (c != HIDDEN_BIT || q == Q_MIN) {
      left = middle - 2;
      k = floorLog10Pow2(q);
    } else {
      // A power of two: the neighbour below is only half as far as the one above.
      left = middle - 1;
      k = floorLog10ThreeQuartersPow2(q);
    }
    int h = q + floorLog2Pow10(-k) + 2;
    long high = POWERS[2 * (k - K_MIN)];
    long low = POWERS[2 * (k - K_MIN) + 1];
    long v = multiplyToOdd(high, low, middle << h);
    long vLeft = multiplyToOdd(high, low, left << h) + odd;
    long vRight = multiplyToOdd(high, low, right << h) - odd;

    long s = v >> 2;
    exponent = k;
    if (s >= 10) {
      long shortBelow = s / 10 * 10;
      long shortAbove = shortBelow + 10;
      boolean belowFits = vLeft <= shortBelow << 2;
      boolean aboveFits = shortAbove << 2 <= vRight;
      if (belowFits != aboveFits) {
        digits = belowFits ? shortBelow : shortAbove;
        return;
      }
    }
    boolean belowFits = vLeft <= s << 2;
    boolean aboveFits = s + 1 << 2 <= vRight;
    if (belowFits != aboveFits) {
      digits = belowFits ? s : s + 1;
      return;
    }
    long side = v - (s + s + 1 << 1);
    digits = side < 0 || side == 0 && (s & 1) == 0 ? s : s + 1;
  }

  private void stripZeros() {
    while (true) {
      long next = digits / 10;
      if (next * 10 != digits) {
        return;
      }
      digits = next;
      exponent++;
    }
  }

  /** The product's high bits; the lowest bit is set if anything was cut off. */
  private static long multiplyToOdd(long high, long low, long factor) {
    long x1 = Math.multiplyHigh(low, factor);
    long y0 = high * factor;
    long y1 = Math.multiplyHigh(high, factor);
    long z = (y0 >>> 1) + x1;
    long w = y1 + (z >>> 63);
    return w | (z & MASK_63) + MASK_63 >>> 63;
  }

  /** floor(log10(2^e)): the factor is log10(2)*2^41. */
  static int floorLog10Pow2(int e) {
    return (int) (e * 661_971_961_083L >> 41);
  }

  /** floor(log10(3/4 * 2^e)): the summand is log10(3/4)*2^41. */
  static int floorLog10ThreeQuartersPow2(int e) {
    return (int) (e * 661_971_961_083L - 274_743_187_321L >> 41);
  }

  /** floor(log2(10^e)): the factor is log2(10)*2^38. */
  static int floorLog2Pow10(int e) {
    return (int) (e * 913_124_641_741L >> 38);
  }

  private static long[] powers() {
    int kMax = floorLog10Pow2(Q_MAX);
    long[] words = new long[2 * (kMax - K_MIN + 1)];
    for (int k = K_MIN; k <= kMax; k++) {
      int shift = 125 - floorLog2Pow10(-k);
      BigInteger power = BigInteger.TEN.pow(Math.abs(k));
      BigInteger scaled =
          k > 0
              ? BigInteger.ONE.shiftLeft(shift).divide(power)
              : shift >= 0 ? power.shiftLeft(shift) : power.shiftRight(-shift);
      BigInteger up = scaled.add(BigInteger.ONE);
      words[2 * (k - K_MIN)] = up.shiftRight(63).longValueExact();
      words[2 * (k - K_MIN) + 1] = up.longValue() & MASK_63;
    }
    return words;
  }
}
