package org.asbeam.pipelines.options;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.asbeam.format.PartitionSet;

/**
 * How the text of an option is read.
 *
 * @param label stands for the value in {@code --help}; empty for flags
 * @param pipelineType the type of the property of pipeline options: {@code Boolean}, {@code
 *     Integer}, or {@code String} for what only the table can read
 * @param unit of a bare number; empty if there is none
 * @param isList whether the text is a list with commas, which a configuration file may spell as one
 * @param words the only texts that there are, in letters of any case; empty if there are others
 * @param syntax an expression that matches all of every text that the parser takes, and may match
 *     more; without look-ahead, so that programs whose regular expressions have none can use it
 * @param parser reads the text
 */
public record OptionType<T>(
    String label,
    Class<?> pipelineType,
    String unit,
    boolean isList,
    List<String> words,
    String syntax,
    OptionParser<T> parser) {
  /** As many milliseconds as an int holds, which is what clients count timeouts in. */
  static final Duration LONGEST = Duration.ofDays(24);

  private static final int DIGEST_BYTES = 20;

  private static final String ANY_TEXT = ".+";
  private static final String WHOLE = "\\+?[0-9]+";
  private static final String WHOLE_OR_LESS = "[+-]?[0-9]+";
  private static final String DECIMAL = "[0-9]{1,9}(\\.[0-9]{1,9})?";
  private static final String BASE64 = "[A-Za-z0-9+/]+={0,2}";
  private static final String BASE64_OF_DIGEST = "[A-Za-z0-9+/]{27}=?";

  private static <T> OptionType<T> simple(
      String label, Class<?> pipelineType, String syntax, Function<String, T> parser) {
    return new OptionType<>(
        label, pipelineType, "", false, List.of(), syntax, (text, clock) -> parser.apply(text));
  }

  private static <T> OptionType<T> withUnit(
      String label, String unit, String syntax, Function<String, T> parser) {
    return new OptionType<>(
        label, String.class, unit, false, List.of(), syntax, (text, clock) -> parser.apply(text));
  }

  private static <T> OptionType<T> ofItems(
      String label, String syntax, Function<String, T> parser) {
    return new OptionType<>(
        label, String.class, "", true, List.of(), syntax, (text, clock) -> parser.apply(text));
  }

  private static <T> OptionType<T> ofWords(List<String> words, Function<String, T> parser) {
    return new OptionType<>(
        String.join("|", words),
        String.class,
        "",
        false,
        words,
        anyCaseOf(words),
        (text, clock) -> parser.apply(text));
  }

  private static String anyCaseOf(List<String> words) {
    return "(?i:" + String.join("|", words) + ")";
  }

  private static String listOf(String item) {
    return "\\s*" + item + "\\s*(,\\s*" + item + "\\s*)*";
  }

  /** A switch that is on or off. */
  static OptionType<Boolean> flag() {
    return simple(
        "",
        Boolean.class,
        anyCaseOf(List.of("true", "yes", "on", "1", "false", "no", "off", "0")),
        OptionType::parseFlag);
  }

  static OptionType<String> text(String label) {
    return simple(label, String.class, ANY_TEXT, Function.identity());
  }

  /** A text that may be a list, which somebody else takes apart. */
  static OptionType<String> texts(String label) {
    return ofItems(label, ANY_TEXT, Function.identity());
  }

  /**
   * A text that must match.
   *
   * @param pattern without look-ahead
   * @param rule what to say when it doesn't
   */
  static OptionType<String> text(String label, Pattern pattern, String rule) {
    return text(label, pattern.pattern(), pattern, rule);
  }

  /**
   * A text that must match.
   *
   * @param syntax matches the same and more, without look-ahead
   * @param rule what to say when it doesn't
   */
  static OptionType<String> text(String label, String syntax, Pattern pattern, String rule) {
    return simple(
        label,
        String.class,
        syntax,
        text -> {
          if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(rule);
          }
          return text;
        });
  }

  static OptionType<Integer> integer(String label, int min, int max) {
    return simple(
        label,
        Integer.class,
        min < 0 ? WHOLE_OR_LESS : WHOLE,
        text -> (int) parseWhole(text, min, max));
  }

  /** A whole number that may be longer than an int. */
  static OptionType<Long> whole(String label, long min, long max) {
    return simple(
        label, String.class, min < 0 ? WHOLE_OR_LESS : WHOLE, text -> parseWhole(text, min, max));
  }

  /** A number that may have a fraction. */
  static OptionType<Double> decimal(String label, int min, int max) {
    return simple(label, String.class, DECIMAL, text -> parseDecimal(text, min, max));
  }

  /** One of an enumeration's names, in letters of any case. */
  static <E extends Enum<E>> OptionType<E> choice(Class<E> type) {
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    return ofWords(names, text -> Enum.valueOf(type, parseChoice(text, names)));
  }

  /** One of some words, in letters of any case; the value is as it is written here. */
  static OptionType<String> choice(String... words) {
    List<String> all = List.of(words);
    return ofWords(all, text -> parseChoice(text, all));
  }

  /** A number of bytes. */
  static OptionType<Long> size() {
    return withUnit("SIZE", "bytes", Units.SIZE_SYNTAX, Units::parseSize);
  }

  /** A number of bytes within bounds. */
  static OptionType<Long> size(long min, long max) {
    return withUnit(
        "SIZE",
        "bytes",
        Units.SIZE_SYNTAX,
        text -> {
          long bytes = Units.parseSize(text);
          if (bytes < min || bytes > max) {
            throw new IllegalArgumentException(
                "is not a size from " + (min >> 10) + "KiB to " + (max >> 20) + "MiB");
          }
          return bytes;
        });
  }

  /** Bytes per second. */
  static OptionType<Long> byteRate() {
    return withUnit("RATE", "MiB/s", Units.RATE_SYNTAX, Units::parseByteRate);
  }

  /** A time; a number without a unit is seconds. */
  static OptionType<Duration> seconds(Duration shortest, Duration longest) {
    return withUnit(
        "TIME",
        "seconds",
        Units.TIME_SYNTAX,
        text -> {
          Duration time = Units.parseDuration(text, ChronoUnit.SECONDS, longest);
          if (time.compareTo(shortest) < 0) {
            throw new IllegalArgumentException("is too short a time");
          }
          return time;
        });
  }

  /** A time; a number without a unit is milliseconds. */
  static OptionType<Duration> millis() {
    return withUnit(
        "TIME",
        "milliseconds",
        Units.TIME_SYNTAX,
        text -> Units.parseDuration(text, ChronoUnit.MILLIS, LONGEST));
  }

  /** A point in time. */
  static OptionType<Instant> time() {
    return new OptionType<>(
        "WHEN", String.class, "", false, List.of(), PointsInTime.SYNTAX, PointsInTime::parse);
  }

  /**
   * Names with commas between them.
   *
   * @param maxBytes the longest name that a server takes, in bytes of UTF-8
   */
  static OptionType<List<String>> names(String label, int maxBytes) {
    return ofItems(label, listOf("[^,]+"), text -> parseNames(text, maxBytes));
  }

  /** Whole numbers with commas between them. */
  static OptionType<List<Integer>> integers(String label, int min, int max) {
    return ofItems(
        label,
        listOf(min < 0 ? WHOLE_OR_LESS : WHOLE),
        text -> distinct(text).stream().map(item -> (int) parseWhole(item, min, max)).toList());
  }

  /** Partitions in the form of {@code --partition-list}. */
  static OptionType<PartitionSet> partitions() {
    return ofItems(
        "BEGIN[-COUNT]|DIGEST,...",
        listOf("([0-9]{1,9}(-[0-9]{1,9})?|" + BASE64_OF_DIGEST + ")"),
        PartitionLists::parse);
  }

  /** A digest in base64. */
  static OptionType<String> digest() {
    return simple(
        "DIGEST",
        String.class,
        BASE64_OF_DIGEST,
        text -> {
          if (base64(text).length != DIGEST_BYTES) {
            throw new IllegalArgumentException("is not a digest: 20 bytes in base64");
          }
          return text;
        });
  }

  /** Any bytes in base64. */
  static OptionType<String> base64(String label, String what) {
    return simple(
        label,
        String.class,
        BASE64,
        text -> {
          if (base64(text).length == 0) {
            throw new IllegalArgumentException("is not " + what + " in base64");
          }
          return text;
        });
  }

  /** The bytes of a text in base64; none if it isn't base64. */
  static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static Boolean parseFlag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw new IllegalArgumentException("is neither true nor false");
    };
  }

  private static String parseChoice(String text, List<String> words) {
    return words.stream()
        .filter(text::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("is not one of " + String.join(", ", words)));
  }

  private static long parseWhole(String text, long min, long max) {
    try {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw new IllegalArgumentException("is not a whole number from " + min + " to " + max);
  }

  private static double parseDecimal(String text, int min, int max) {
    // Neither hexadecimal nor NaN, which Double would take.
    if (text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
      double value = new BigDecimal(text).doubleValue();
      if (value >= min && value <= max) {
        return value;
      }
    }
    throw new IllegalArgumentException("is not a number from " + min + " to " + max);
  }

  private static List<String> parseNames(String text, int maxBytes) {
    List<String> names = distinct(text);
    for (String name : names) {
      if (name.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
        throw new IllegalArgumentException(
            "names '" + name + "', which is longer than the " + maxBytes + " bytes of any name");
      }
    }
    return names;
  }

  private static List<String> distinct(String text) {
    List<String> items = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String item : text.split(",", -1)) {
      String name = item.strip();
      if (name.isEmpty()) {
        throw new IllegalArgumentException("has an empty item - write a,b,c");
      }
      if (!seen.add(name)) {
        throw new IllegalArgumentException("names '" + name + "' twice - name it once");
      }
      items.add(name);
    }
    return List.copyOf(items);
  }
}
