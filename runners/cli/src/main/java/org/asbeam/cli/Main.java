package org.asbeam.cli;

import java.io.PrintStream;
import java.util.Map;
import org.asbeam.pipelines.Asbeam;
import org.slf4j.helpers.NOPLogger;

/** The entry point of the asbeam command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  /**
   * Runs one command in this process.
   *
   * @param out takes what was asked for: summaries, help
   * @param err takes progress, warnings and errors
   * @return the exit code; see {@link org.asbeam.transforms.work.ErrorCode}
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return run(args, System.getenv(), out, err);
  }

  /**
   * Runs one command in a process that is not the command's own and serves others too: its signals
   * are left alone, and the end of the process is no wish to stop the job.
   *
   * @return the exit code
   */
  public static int runWithin(String[] args, PrintStream out, PrintStream err) {
    return run(args, System.getenv(), out, err, false);
  }

  static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
    return run(args, environment, out, err, true);
  }

  private static int run(
      String[] args,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      boolean ownProcess) {
    Terminal terminal = new Terminal(out, err, Terminal.isInteractive(environment));
    return new Invocation(
            environment,
            terminal,
            Asbeam.create().withLogger(NOPLogger.NOP_LOGGER),
            Prompt.onTerminal(),
            ownProcess)
        .run(args);
  }
}
