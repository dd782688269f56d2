package org.asbeam.cli;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command writes. Results go to {@code out}; progress, warnings and errors to {@code err}.
 *
 * @param out standard output
 * @param err standard error
 * @param interactive whether {@code err} is a terminal, where a line can be rewritten
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {
  /** Set by the launcher script, which can ask the shell: true or false. */
  static final String VARIABLE = "ASBEAM_STDERR_IS_TERMINAL";

  /** Without the launcher's word a console is a good guess. */
  static boolean isInteractive(Map<String, String> environment) {
    String told = environment.get(VARIABLE);
    return told != null ? told.equals("true") : System.console() != null;
  }

  void print(String line) {
    out.println(line);
  }

  void warn(String line) {
    err.println("asbeam: warning: " + line);
  }

  /** The one line of an error. */
  void error(String line) {
    err.println("asbeam: " + line);
    err.flush();
  }
}
