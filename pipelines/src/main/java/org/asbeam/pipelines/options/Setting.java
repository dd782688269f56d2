package org.asbeam.pipelines.options;

/**
 * The text of an option, and where it is from.
 *
 * @param text as it was written; of a secret only a reference to it
 * @param origin such as {@code --file-limit}, {@code ASBEAM_FILE_LIMIT (in the environment)} or
 *     {@code asbeam.yaml, line 3: file-limit}
 */
public record Setting(String text, String origin) {
  static Setting ofFlag(String flag, String text) {
    return new Setting(text, flag);
  }

  static Setting ofEnvironment(String variable, String text) {
    return new Setting(text, variable + " (in the environment)");
  }

  static Setting ofFile(String file, int line, String key, String text) {
    return new Setting(text, file + ", line " + line + ": " + key);
  }

  Setting withText(String other) {
    return new Setting(other, origin);
  }

  /** Where the value is from, and what it is. */
  String description() {
    return origin + " '" + text + "'";
  }

  /** No text: it may be a secret. */
  @Override
  public String toString() {
    return origin;
  }
}
