package org.asbeam.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The end of a job: a headline, a table for people, and one line for {@code grep}, such as {@code
 * asbeam-backup ok records=100000 files=33 directory=/backups/monday}.
 */
final class Summary {
  private static final int LABEL = 22;
  private static final int NUMBER = 15;

  private final String job;
  private final List<String> lines = new ArrayList<>();
  private final Map<String, String> facts = new LinkedHashMap<>();

  Summary(String job, String headline) {
    this.job = job;
    lines.add(headline);
  }

  /** A number for people and machines. */
  Summary count(String label, String key, long value) {
    row(label, Quantities.count(value), "");
    return fact(key, Long.toString(value));
  }

  /** A line of the table. */
  Summary row(String label, String value, String remark) {
    String line = String.format("  %-" + LABEL + "s%" + NUMBER + "s", label, value);
    lines.add(remark.isEmpty() ? line : line + "  " + remark);
    return this;
  }

  /** A sentence below the table so far. */
  Summary note(String text) {
    lines.add("  " + text);
    return this;
  }

  /** A fact for machines only. */
  Summary fact(String key, String value) {
    facts.put(key, value);
    return this;
  }

  /**
   * Prints it.
   *
   * @param outcome one word: {@code ok} or what else it came to
   */
  void print(Terminal terminal, String outcome) {
    lines.forEach(terminal::print);
    StringBuilder line = new StringBuilder("asbeam-" + job + " " + outcome);
    facts.forEach((key, value) -> line.append(' ').append(key).append('=').append(quoted(value)));
    terminal.print(line.toString());
  }

  private static String quoted(String value) {
    return value.matches("[^\\s\"\\\\]+")
        ? value
        : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
