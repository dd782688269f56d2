package org.asbeam.connectors;

/** Says what is wrong with what a connector was given. */
final class Checks {
  private Checks() {}

  /**
   * @throws IllegalArgumentException unless it is fine
   */
  static void argument(boolean fine, String otherwise) {
    if (!fine) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
