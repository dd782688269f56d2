package org.asbeam.pipelines.options;

/** The headings under which {@code --help} and the documentation list options. */
public enum Group {
  FILES("Files"),
  SCOPE("Scope"),
  WRITING("Writing"),
  TARGET("The target"),
  RUNNER("Where the work is done"),
  LIMITS("Limits, patience and retries"),
  CODECS("Compression and encryption"),
  CONNECTION("Connection"),
  TLS("TLS"),
  SECRET_AGENT("Secret Agent"),
  CLOUD("Cloud stores"),
  GENERAL("General");

  private final String title;

  Group(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
