package org.asbeam.transforms;

import java.util.Set;

/** Rules for forms of a program's own. */
final class RecordFormats {
  /** What backup files of this family of tools end with. */
  private static final Set<String> TAKEN = Set.of("asb", "asbx");

  private RecordFormats() {}

  /** The ending of a form's files, with its dot. */
  static String ending(RecordFormat format) {
    String ending = format.ending();
    if (!ending.matches("[a-z0-9]{1,16}") || TAKEN.contains(ending)) {
      throw new IllegalArgumentException(
          "files of a form of one's own can't end with '."
              + ending
              + "': up to 16 lower-case letters and digits, but not asb or asbx");
    }
    return "." + ending;
  }
}
