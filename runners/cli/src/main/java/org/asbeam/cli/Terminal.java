package org.asbeam.cli;

import java.io.PrintStream;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.asbeam.cli.logging.JsonLine;

/**
 * Where a command writes. Results go to {@code out}; progress, warnings and errors to {@code err}.
 *
 * @param out standard output
 * @param err standard error
 * @param interactive whether {@code err} is a terminal, where a line can be rewritten
 * @param json whether a line on {@code err} is a JSON object
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive, boolean json) {
  /** Set by the launcher script, which can ask the shell: true or false. */
  static final String VARIABLE = "ASBEAM_STDERR_IS_TERMINAL";

  /** With plain lines on {@code err}. */
  Terminal(PrintStream out, PrintStream err, boolean interactive) {
    this(out, err, interactive, false);
  }

  /** Without the launcher's word a console is a good guess. */
  static boolean isInteractive(Map<String, String> environment) {
    String told = environment.get(VARIABLE);
    return told != null ? told.equals("true") : System.console() != null;
  }

  void print(String line) {
    out.println(line);
  }

  /** The same with JSON on standard error: {@code --log-json}. */
  Terminal withJson() {
    return new Terminal(out, err, false, true);
  }

  /** The same with results on standard error, for commands whose standard output is data. */
  Terminal withResultsOnErr() {
    return new Terminal(err, err, interactive, json);
  }

  void warn(String line) {
    say("warn", "warning: ", line);
  }

  void note(String line) {
    say("info", "note: ", line);
  }

  /** How far a job is, where no line can be rewritten. */
  void progress(String line) {
    say("info", "", line);
  }

  /** The one line of an error. */
  void error(String line) {
    say("error", "", line);
    err.flush();
  }

  private void say(String level, String prefix, String line) {
    err.println(
        json
            ? new JsonLine()
                .add("time", OffsetDateTime.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .add("level", level)
                .add("logger", "asbeam")
                .add("message", line)
            : "asbeam: " + prefix + line);
  }
}
