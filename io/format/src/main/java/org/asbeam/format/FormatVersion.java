package org.asbeam.format;

/** The versions of the ASB text format that asbeam reads. */
public enum FormatVersion {
  /** Read only: no escapes in names and no global lines. */
  V3_0("3.0"),
  /** What every tool reads. */
  V3_1("3.1"),
  /** Needed by a file that defines an index on an expression; older tools refuse it. */
  V3_2("3.2");

  private final String text;

  FormatVersion(String text) {
    this.text = text;
  }

  /** The version as the header line spells it: three characters. */
  public String text() {
    return text;
  }
}
