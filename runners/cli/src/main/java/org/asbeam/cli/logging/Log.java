package org.asbeam.cli.logging;

import java.io.PrintStream;
import org.slf4j.event.Level;

/** What is logged, how and where; one for the process, off until the command line is read. */
public final class Log {
  private static volatile Settings settings = new Settings(null, false, System.err);

  /**
   * How to log.
   *
   * @param level the least that is logged; null: nothing
   * @param json whether a line is a JSON object
   * @param out takes the lines
   */
  record Settings(Level level, boolean json, PrintStream out) {
    boolean takes(Level other) {
      return level != null && other.toInt() >= level.toInt();
    }
  }

  private Log() {}

  /**
   * Says what is logged from now on.
   *
   * @param level the least that is logged; null: nothing
   * @param json whether a line is a JSON object
   * @param out takes the lines
   */
  public static void configure(Level level, boolean json, PrintStream out) {
    settings = new Settings(level, json, out);
  }

  static Settings settings() {
    return settings;
  }
}
