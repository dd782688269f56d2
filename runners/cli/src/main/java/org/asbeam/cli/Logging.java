package org.asbeam.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.asbeam.cli.logging.Log;
import org.asbeam.pipelines.options.OptionValues;
import org.asbeam.pipelines.options.Options;
import org.asbeam.pipelines.options.UsageException;
import org.slf4j.event.Level;

/**
 * Sets up the log of the libraries. A person gets one line per error, so it is off unless {@code
 * --verbose}, {@code --log-level} or {@code --log-file} asks for it.
 */
final class Logging {
  private Logging() {}

  /**
   * @param err where the log goes if there is no file for it
   * @throws UsageException if the file can't be written
   */
  static void configure(OptionValues values, PrintStream err) throws UsageException {
    String file = values.get(Options.LOG_FILE);
    Log.configure(
        level(values), values.get(Options.LOG_JSON), file == null ? err : open(file, values));
  }

  private static Level level(OptionValues values) {
    String level = values.get(Options.LOG_LEVEL);
    if (level != null) {
      return Level.valueOf(level);
    }
    return values.get(Options.VERBOSE) || values.isGiven(Options.LOG_FILE) ? Level.INFO : null;
  }

  private static PrintStream open(String file, OptionValues values) throws UsageException {
    try {
      return new PrintStream(new FileOutputStream(file, true), true, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UsageException(
          List.of(
              values.setting(Options.LOG_FILE).orElseThrow().origin()
                  + ": "
                  + file
                  + " can't be written - name a file in a folder that exists"));
    }
  }
}
