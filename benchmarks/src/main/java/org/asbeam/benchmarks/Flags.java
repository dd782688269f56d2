package org.asbeam.benchmarks;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The flags of a benchmark's main class: {@code --name value} pairs. */
final class Flags {
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();

  private Flags() {}

  /**
   * @throws IllegalArgumentException if they are no pairs
   */
  static Flags of(String... args) {
    Flags flags = new Flags();
    for (int i = 0; i < args.length; i += 2) {
      if (!args[i].startsWith("--") || i + 1 == args.length) {
        throw new IllegalArgumentException(
            "flags are pairs of --name and value; there is no value for " + args[i]);
      }
      flags.values.put(args[i].substring(2), args[i + 1]);
    }
    return flags;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name, String otherwise) {
    used.add(name);
    return values.getOrDefault(name, otherwise);
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  long number(String name, long otherwise) {
    String text = text(name, Long.toString(otherwise));
    try {
      return Long.parseLong(text.replace("_", ""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--" + name + " is no number: " + text, e);
    }
  }

  Stream<String> list(String name, String otherwise) {
    return Stream.of(text(name, otherwise).split(","));
  }

  /**
   * @throws IllegalArgumentException if a flag was given that nothing asked for
   */
  void requireAllUsed() {
    values.keySet().stream()
        .filter(name -> !used.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException("there is no flag --" + name + ", but " + used);
            });
  }
}
