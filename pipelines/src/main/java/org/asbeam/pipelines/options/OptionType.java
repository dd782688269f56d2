package org.asbeam.pipelines.options;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How the text of an option is read.
 *
 * @param label stands for the value in {@code --help}; empty for flags
 * @param pipelineType the type of the property of pipeline options: {@code Boolean}, {@code
 *     Integer}, or {@code String} for what only the table can read
 * @param parser reads the text, or throws IllegalArgumentException with a message that goes on
 *     after the text: {@code is not ...}
 */
public record OptionType<T>(String label, Class<?> pipelineType, Function<String, T> parser) {

  /** A switch that is on or off. */
  static OptionType<Boolean> flag() {
    return new OptionType<>("", Boolean.class, OptionType::parseFlag);
  }

  static OptionType<String> text(String label) {
    return new OptionType<>(label, String.class, Function.identity());
  }

  /**
   * A text that must match.
   *
   * @param rule what to say when it doesn't
   */
  static OptionType<String> text(String label, Pattern pattern, String rule) {
    return new OptionType<>(
        label,
        String.class,
        text -> {
          if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(rule);
          }
          return text;
        });
  }

  static OptionType<Integer> integer(String label, int min, int max) {
    return new OptionType<>(label, Integer.class, text -> parseInteger(text, min, max));
  }

  /** One of an enumeration's names, in letters of any case. */
  static <E extends Enum<E>> OptionType<E> choice(Class<E> type) {
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    return new OptionType<>(
        String.join("|", names),
        String.class,
        text -> {
          String upper = text.toUpperCase(Locale.ROOT);
          if (!names.contains(upper)) {
            throw new IllegalArgumentException("is not one of " + String.join(", ", names));
          }
          return Enum.valueOf(type, upper);
        });
  }

  /** A number of bytes. */
  static OptionType<Long> size() {
    return new OptionType<>("SIZE", String.class, Units::parseSize);
  }

  /** A time; a number without a unit is seconds. */
  static OptionType<Duration> duration() {
    return new OptionType<>("TIME", String.class, Units::parseDuration);
  }

  private static Boolean parseFlag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw new IllegalArgumentException("is neither true nor false");
    };
  }

  private static Integer parseInteger(String text, int min, int max) {
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw new IllegalArgumentException("is not a whole number from " + min + " to " + max);
  }
}
