package org.asbeam.pipelines.options;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers with units. A bare number means what it means to asbackup v0.5.1. */
final class Units {
  /** Enough digits for any value; more would only cost time. */
  private static final Pattern NUMBER_AND_UNIT =
      Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?)\\s*([A-Za-z]*)");

  /** The letter alone is binary, as coreutils have it. */
  private static final Map<String, Long> SIZES =
      Map.ofEntries(
          Map.entry("", 1L),
          Map.entry("b", 1L),
          Map.entry("k", 1L << 10),
          Map.entry("kib", 1L << 10),
          Map.entry("kb", 1000L),
          Map.entry("m", 1L << 20),
          Map.entry("mib", 1L << 20),
          Map.entry("mb", 1000_000L),
          Map.entry("g", 1L << 30),
          Map.entry("gib", 1L << 30),
          Map.entry("gb", 1000_000_000L),
          Map.entry("t", 1L << 40),
          Map.entry("tib", 1L << 40),
          Map.entry("tb", 1000_000_000_000L));

  private static final Map<String, Long> MILLIS =
      Map.of(
          "",
          1000L,
          "ms",
          1L,
          "s",
          1000L,
          "m",
          60_000L,
          "min",
          60_000L,
          "h",
          3600_000L,
          "d",
          86_400_000L);

  private static final String SIZE_RULE =
      "is not a size: a number of bytes, or one with a unit such as 64KiB, 250MiB, 1GiB, 5MB";
  private static final String TIME_RULE =
      "is not a time: a number of seconds, or one with a unit such as 500ms, 60s, 10m, 2h, 1d";

  private Units() {}

  static Long parseSize(String text) {
    return parse(text, SIZES, SIZE_RULE);
  }

  static Duration parseDuration(String text) {
    return Duration.ofMillis(parse(text, MILLIS, TIME_RULE));
  }

  private static long parse(String text, Map<String, Long> units, String rule) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text.strip());
    Long unit =
        matcher.matches() ? units.get(matcher.group(2).toLowerCase(java.util.Locale.ROOT)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(rule);
    }
    try {
      return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(rule, e);
    }
  }
}
