package org.asbeam.pipelines.options;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers with units. A bare number means what it means to asbackup v0.5.1. */
final class Units {
  /** Enough digits for any value; more would only cost time. */
  private static final Pattern NUMBER_AND_UNIT =
      Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?)\\s*([A-Za-z]*)");

  private static final long MIB = 1L << 20;

  /** The letter alone is binary, as coreutils have it. */
  private static final Map<String, Long> SIZES =
      Map.ofEntries(
          Map.entry("b", 1L),
          Map.entry("k", 1L << 10),
          Map.entry("kib", 1L << 10),
          Map.entry("kb", 1000L),
          Map.entry("m", MIB),
          Map.entry("mib", MIB),
          Map.entry("mb", 1000_000L),
          Map.entry("g", 1L << 30),
          Map.entry("gib", 1L << 30),
          Map.entry("gb", 1000_000_000L),
          Map.entry("t", 1L << 40),
          Map.entry("tib", 1L << 40),
          Map.entry("tb", 1000_000_000_000L));

  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "min", 60_000L, "h", 3600_000L, "d", 86_400_000L);

  /** What a size looks like, without look-ahead; see {@link OptionType#syntax}. */
  static final String SIZE_SYNTAX = syntax("b|[kmgt](i?b)?");

  /** What a rate looks like. */
  static final String RATE_SYNTAX = SIZE_SYNTAX + "(/[Ss]\\s*)?";

  /** What a length of time looks like. */
  static final String TIME_SYNTAX = syntax("ms|s|m|min|h|d");

  private static final String SIZE_RULE =
      "is not a size: a number of bytes, or one with a unit such as 64KiB, 250MiB, 1GiB, 5MB";
  private static final String RATE_RULE =
      "is not a rate: a number of MiB per second, or one with a unit such as 500KiB/s, 1GiB/s";

  private Units() {}

  private static String syntax(String unit) {
    return "\\s*[0-9]{1,19}(\\.[0-9]{1,9})?\\s*(?i:" + unit + ")?\\s*";
  }

  static Long parseSize(String text) {
    return parse(text, SIZES, 1, SIZE_RULE);
  }

  /** Bytes per second; a bare number is MiB per second. */
  static Long parseByteRate(String text) {
    String stripped = text.strip();
    boolean perSecond = stripped.toLowerCase(Locale.ROOT).endsWith("/s");
    String amount = perSecond ? stripped.substring(0, stripped.length() - 2) : stripped;
    return parse(amount, SIZES, MIB, RATE_RULE);
  }

  /**
   * A length of time.
   *
   * @param bare the unit of a number that has none: seconds or milliseconds
   */
  static Duration parseDuration(String text, ChronoUnit bare, Duration longest) {
    boolean millis = bare == ChronoUnit.MILLIS;
    String rule =
        "is not a time: a number of "
            + (millis ? "milliseconds" : "seconds")
            + ", or one with a unit such as 500ms, 60s, 10m, 2h, 1d";
    Duration time = Duration.ofMillis(parse(text, MILLIS, millis ? 1 : 1000, rule));
    if (time.compareTo(longest) > 0) {
      throw new IllegalArgumentException("is too long a time: at most " + longest.toDays() + "d");
    }
    return time;
  }

  /**
   * @param bare what a number without a unit is multiplied with
   */
  private static long parse(String text, Map<String, Long> units, long bare, String rule) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(rule);
    }
    String name = matcher.group(2).toLowerCase(Locale.ROOT);
    Long unit = name.isEmpty() ? Long.valueOf(bare) : units.get(name);
    if (unit == null) {
      throw new IllegalArgumentException(rule);
    }
    try {
      return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(rule, e);
    }
  }

  /** Whether a text is a length of time with its unit, such as {@code 2h}. */
  static boolean isDurationWithUnit(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text.strip());
    return matcher.matches() && MILLIS.containsKey(matcher.group(2).toLowerCase(Locale.ROOT));
  }
}
