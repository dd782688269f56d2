package org.asbeam.flink;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/** One run of a command inside a Flink program. */
final class Program {
  /** The commands whose work is a job. */
  private static final Set<String> JOBS = Set.of("backup", "restore", "verify");

  /** The cluster is the one that the program was given to. */
  private static final List<String> HERE = List.of("--runner", "flink", "--flink-master", "[auto]");

  private final Command command;
  private final boolean inCluster;
  private final IntConsumer exit;

  /** Runs a command and returns its exit code. */
  @FunctionalInterface
  interface Command {
    int run(String[] args, PrintStream out, PrintStream err);
  }

  /**
   * @param inCluster whether this process is one of the cluster's, and must live on
   * @param exit ends the process with an exit code
   */
  Program(Command command, boolean inCluster, IntConsumer exit) {
    this.command = command;
    this.inCluster = inCluster;
    this.exit = exit;
  }

  /**
   * Runs a command. If it fails, it ends a client's process with its own exit code, so that {@code
   * flink run} tells what the command tells; in a process of the cluster, which must live on, it
   * throws.
   */
  void run(String[] args, PrintStream out, PrintStream err) {
    LastLine last = new LastLine(err);
    int code =
        command.run(onThisCluster(args), out, new PrintStream(last, true, StandardCharsets.UTF_8));
    if (code == 0) {
      return;
    }
    if (inCluster) {
      throw new CommandFailedException(last.line());
    }
    exit.accept(code);
  }

  private static String[] onThisCluster(String[] args) {
    List<String> all = new ArrayList<>(List.of(args));
    if (args.length > 0 && JOBS.contains(args[0])) {
      all.addAll(1, HERE);
    }
    return all.toArray(String[]::new);
  }

  /** Passes everything on and keeps the last line, which says why a command failed. */
  private static final class LastLine extends FilterOutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean ended;

    private LastLine(OutputStream out) {
      super(out);
    }

    @Override
    public synchronized void write(int b) throws IOException {
      out.write(b);
      if (b == '\n') {
        ended = true;
        return;
      }
      if (ended) {
        line.reset();
        ended = false;
      }
      line.write(b);
    }

    private synchronized String line() {
      return line.toString(StandardCharsets.UTF_8).strip();
    }
  }
}
