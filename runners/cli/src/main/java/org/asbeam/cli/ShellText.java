package org.asbeam.cli;

/** Words of a command line that a person may copy. */
final class ShellText {
  private ShellText() {}

  /** Quotes what a shell would read otherwise. */
  static String quote(String word) {
    return word.matches("[A-Za-z0-9_./:,@%+=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
