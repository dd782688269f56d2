package org.asbeam.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.asbeam.pipelines.JobProgress;

/**
 * Shows how far a job has come: one line that is rewritten on a terminal, else a line every few
 * seconds.
 */
final class ProgressLine {
  private static final long TERMINAL_PERIOD_MILLIS = 200;
  private static final long LOG_PERIOD_MILLIS = 5000;

  /** Erases from the cursor to the line's end (ECMA-48 EL). */
  private static final String ERASE = "\r\u001b[K";

  private final String name;
  private final Supplier<JobProgress> job;
  private final Terminal terminal;
  private final ProgressText text = new ProgressText();
  private final ScheduledExecutorService ticker;
  private boolean closed;

  private ProgressLine(String name, Supplier<JobProgress> job, Terminal terminal) {
    this.name = name;
    this.job = job;
    this.terminal = terminal;
    this.ticker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "asbeam-progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  static ProgressLine start(String name, Supplier<JobProgress> job, Terminal terminal) {
    ProgressLine line = new ProgressLine(name, job, terminal);
    long period = terminal.interactive() ? TERMINAL_PERIOD_MILLIS : LOG_PERIOD_MILLIS;
    line.ticker.scheduleAtFixedRate(line::show, period, period, TimeUnit.MILLISECONDS);
    return line;
  }

  synchronized void show() {
    if (closed) {
      return;
    }
    JobProgress progress = job.get();
    String line = name + " " + text.of(progress);
    if (terminal.interactive()) {
      terminal.err().print(ERASE + line);
    } else {
      terminal.progress(line);
    }
    terminal.err().flush();
  }

  /** Ends the line. */
  synchronized void close() {
    closed = true;
    ticker.shutdownNow();
    if (terminal.interactive()) {
      terminal.err().print(ERASE);
      terminal.err().flush();
    }
  }
}
