package org.asbeam.cli;

/**
 * Sets up the log of the libraries, before the first of them asks for it. A person gets one line
 * per error, so the log is off without {@code --verbose}.
 */
final class Logging {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private Logging() {}

  static void configure(boolean verbose) {
    set("defaultLogLevel", verbose ? "info" : "off");
    set("showDateTime", "true");
    set("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    set("showThreadName", "true");
    set("showShortLogName", "true");
  }

  private static void set(String key, String value) {
    if (System.getProperty(PREFIX + key) == null) {
      System.setProperty(PREFIX + key, value);
    }
  }
}
