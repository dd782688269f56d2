package org.asbeam.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class DoubleSpellingTest {
  private final DoubleWriter writer = new DoubleWriter();

  private String general(double value) {
    byte[] out = new byte[DoubleWriter.MAX_GENERAL_LENGTH + 2];
    return Texts.text(Arrays.copyOfRange(out, 2, writer.general(value, out, 2)));
  }

  private String fixed(double value) {
    byte[] out = new byte[DoubleWriter.MAX_FIXED_LENGTH + 2];
    return Texts.text(Arrays.copyOfRange(out, 2, writer.fixed(value, out, 2)));
  }

  private static double read(String text) {
    byte[] octets = Texts.octets("  " + text + " ");
    return DoubleReader.read(octets, 2, 2 + text.length());
  }

  /** Each line: the bits, Go's 'g' and Go's 'f' spelling with precision -1. */
  @Example
  void spelledAsGoSpellsThem() throws IOException {
    int lines = 0;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                getClass().getResourceAsStream("/floats/go-spellings.txt"),
                StandardCharsets.US_ASCII))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] parts = line.split(" ");
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(parts[0], 16));
        assertThat(general(value)).as(line).isEqualTo(parts[1]);
        assertThat(fixed(value)).as(line).isEqualTo(parts[2]);
        assertThat(read(parts[1])).as(line).isEqualTo(Double.valueOf(value));
        assertThat(read(parts[2])).as(line).isEqualTo(Double.valueOf(value));
        lines++;
      }
    }
    assertThat(lines).isGreaterThan(2500);
  }

  @Property(tries = 20_000)
  void anyDoubleComesBack(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    assertThat(read(general(value))).isEqualTo(Double.valueOf(value));
    assertThat(read(fixed(value))).isEqualTo(Double.valueOf(value));
  }

  /** The quick ways to read a number are the JDK's way. */
  @Property(tries = 50_000)
  void anyDecimalIsReadAsTheJdkReadsIt(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long digits,
      @ForAll @IntRange(min = 1, max = 19) int count,
      @ForAll @IntRange(min = -25, max = 25) int exponent) {
    String text = Long.toString(digits);
    text = text.substring(0, Math.min(count, text.length()));
    String[] spellings = {
      text + "e" + exponent, "0." + text, text + "." + text, text, "-" + text + "00000e" + exponent
    };
    for (String spelling : spellings) {
      assertThat(read(spelling)).as(spelling).isEqualTo(Double.valueOf(spelling));
    }
  }

  /** Decimals of 17 and 18 digits at the middle between two doubles, and beside it. */
  @Property(tries = 20_000)
  void ties(@ForAll @LongRange(min = 1L << 53, max = 1L << 59) long digits) {
    int free = 64 - Long.numberOfLeadingZeros(digits) - 53;
    long middle = (digits >> free << free) + (1L << free - 1);
    for (long near = middle - 1; near <= middle + 1; near++) {
      for (String spelling : new String[] {near + "", near + "e3", near + "e-3", near + "e-17"}) {
        assertThat(read(spelling)).as(spelling).isEqualTo(Double.valueOf(spelling));
      }
    }
  }

  @Property(tries = 5_000)
  void noShorterOrCloserDecimalComesBack(@ForAll long bits) {
    double value = Math.abs(Double.longBitsToDouble(bits));
    if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
      return;
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal written = new BigDecimal(general(value));
    int digits = written.stripTrailingZeros().precision();
    for (RoundingMode mode : new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
      BigDecimal same = exact.round(new MathContext(digits, mode));
      if (same.doubleValue() == value) {
        assertThat(written.subtract(exact).abs()).isLessThanOrEqualTo(same.subtract(exact).abs());
      }
      if (digits > 1) {
        assertThat(exact.round(new MathContext(digits - 1, mode)).doubleValue())
            .isNotEqualTo(value);
      }
    }
  }

  @Example
  void everyWritersSpellingsAreRead() {
    assertThat(read("1.5")).isEqualTo(1.5);
    assertThat(read("+1.5")).isEqualTo(1.5);
    assertThat(read("-2")).isEqualTo(-2);
    assertThat(read("1e5")).isEqualTo(1e5);
    assertThat(read("1E5")).isEqualTo(1e5);
    assertThat(read("1e+05")).isEqualTo(1e5);
    assertThat(read("1e-5")).isEqualTo(1e-5);
    assertThat(read("1.")).isEqualTo(1);
    assertThat(read(".5")).isEqualTo(0.5);
    assertThat(read("0.10000000000000001")).isEqualTo(0.1);
    assertThat(read("1e-999")).isEqualTo(0);
    assertThat(read("0e999999999999")).isEqualTo(0);
    assertThat(read("-0")).isEqualTo(Double.valueOf(-0.0));
    assertThat(read("0".repeat(500) + "1" + "0".repeat(300))).isEqualTo(1e300);
    assertThat(read("0." + "0".repeat(322) + "5")).isEqualTo(5e-323);
    for (String nan : new String[] {"nan", "NaN", "-nan", "+nan", "-NAN"}) {
      assertThat(read(nan)).as(nan).isNaN();
    }
    for (String infinity : new String[] {"inf", "+Inf", "INFINITY", "+infinity"}) {
      assertThat(read(infinity)).as(infinity).isEqualTo(Double.POSITIVE_INFINITY);
    }
    for (String infinity : new String[] {"-inf", "-Inf", "-INFINITY"}) {
      assertThat(read(infinity)).as(infinity).isEqualTo(Double.NEGATIVE_INFINITY);
    }
  }

  @Example
  void everythingElseIsRefused() {
    for (String bad :
        new String[] {
          "",
          "-",
          "+",
          ".",
          "e5",
          "1e",
          "1e+",
          "1e5.",
          "1d",
          "1f",
          "1.5D",
          " 1",
          "1 ",
          "0x1p-2",
          "1_000.5",
          "1e999",
          "-1e999",
          "1..5",
          "1.5.2",
          "--1",
          "+-1",
          "in",
          "infinit",
          "infinityx",
          "na",
          "nano",
          "1,5",
          "1e5e5",
          "1e1-",
          "NaNf",
          "\u00b21"
        }) {
      assertThatThrownBy(() -> read(bad)).as(bad).isInstanceOf(NumberFormatException.class);
    }
  }
}
