package org.asbeam.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.asbeam.pipelines.Asbeam;
import org.asbeam.pipelines.FolderJobs;
import org.asbeam.pipelines.Folders;
import org.asbeam.pipelines.options.OptionValues;
import org.asbeam.pipelines.options.Options;
import org.asbeam.pipelines.options.Specs;
import org.asbeam.pipelines.options.UsageException;
import org.asbeam.storage.journal.Failure;
import org.asbeam.storage.journal.Heartbeat;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.FolderStatus;
import org.asbeam.transforms.work.FolderStatus.Run;
import org.asbeam.transforms.work.FolderStatus.State;
import org.asbeam.transforms.work.WorkException;

/** {@code asbeam status}: the jobs of a folder, wherever their workers are. */
final class StatusCommand implements Subcommand {
  /** Workers tell how far they are every ten seconds, and receipts come in between. */
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final Terminal terminal;
  private final Asbeam asbeam;
  private final Watch watch;

  StatusCommand(Terminal terminal, Asbeam asbeam, Watch watch) {
    this.terminal = terminal;
    this.asbeam = asbeam;
    this.watch = watch;
  }

  @Override
  public int run(OptionValues values)
      throws UsageException, WorkException, IOException, InterruptedException {
    String directory = Specs.directory(values);
    Folders folders = asbeam.withStoreAccess(Specs.access(values)).folders();
    try (FolderJobs status = folders.status(directory)) {
      List<Run> runs = status.runs();
      if (runs.isEmpty()) {
        throw new WorkException(
            ErrorCode.NO_BACKUP,
            status.location() + ": no job works here, and there is no backup of asbeam",
            "check the folder; that of a restore is the backup's own, or --state-directory");
      }
      Map<String, Long> before = Map.of();
      print(runs, before);
      long lively = System.nanoTime();
      while (values.get(Options.WATCH) && !watch.isStopping() && mayGoOn(runs, lively)) {
        if (!isIdle(runs)) {
          lively = System.nanoTime();
        }
        before = records(runs);
        Thread.sleep(PERIOD.toMillis());
        runs = status.runs();
        print(runs, before);
      }
      return end(status.location(), runs);
    }
  }

  /**
   * Whether a job may come to an end that has not come to one.
   *
   * @param lively when one was seen last that was not idle
   */
  private static boolean mayGoOn(List<Run> runs, long lively) {
    boolean patient = System.nanoTime() - lively < FolderJobs.DEAD_AFTER.toNanos();
    return runs.stream().anyMatch(run -> isUnderWay(run) || run.state() == State.IDLE && patient);
  }

  private static boolean isUnderWay(Run run) {
    return run.state() == State.AT_WORK || run.state() == State.WAITING;
  }

  private static boolean isIdle(List<Run> runs) {
    return runs.stream().noneMatch(StatusCommand::isUnderWay);
  }

  private static Map<String, Long> records(List<Run> runs) {
    Map<String, Long> records = new HashMap<>();
    runs.forEach(run -> records.put(run.id(), run.records()));
    return records;
  }

  private void print(List<Run> runs, Map<String, Long> before) {
    for (Run run : runs) {
      terminal.print(line(run, before.get(run.id())));
      for (Heartbeat worker : run.workers()) {
        terminal.print(
            "  "
                + worker.worker()
                + ": "
                + worker.slices()
                + " slices in work, "
                + Quantities.count(worker.records())
                + " records of them, seen "
                + Math.max(0, Duration.between(worker.time(), Instant.now()).toSeconds())
                + " s ago");
      }
      run.findings().forEach(finding -> terminal.print("  damaged: " + finding));
      run.failure().ifPresent(failure -> terminal.print("  " + text(failure)));
    }
  }

  private static String line(Run run, Long before) {
    StringBuilder line = new StringBuilder(word(run.kind()));
    line.append(' ').append(run.id()).append(" of ").append(run.subject()).append(": ");
    line.append(
        switch (run.state()) {
          case WAITING -> "begun " + run.started() + ", no worker has come so far";
          case AT_WORK -> "at work";
          case DONE -> "done";
          case FAILED -> "failed";
          case IDLE ->
              (run.done() < run.slices() ? "no worker is at work" : "not ended yet")
                  + "; if that stays so, "
                  + (run.kind() == FolderStatus.Kind.VERIFICATION
                      ? "run it again"
                      : "go on with --resume");
        });
    if (run.slices() > 0) {
      line.append(", ").append(run.done()).append(" of ").append(run.slices()).append(" slices");
    }
    line.append(", ").append(Quantities.count(run.records())).append(" records");
    line.append(", ").append(Quantities.size(run.bytes()));
    if (before != null && run.state() == State.AT_WORK) {
      long more = Math.max(0, run.records() - before);
      line.append(", ").append(Quantities.count(Quantities.rate(more, PERIOD))).append("/s");
    }
    return line.toString();
  }

  private static String word(FolderStatus.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String text(Failure failure) {
    return failure.message() + (failure.hint().isEmpty() ? "" : " - " + failure.hint());
  }

  /** The newest job decides the exit code. */
  private int end(String location, List<Run> runs) throws WorkException {
    Run newest = runs.get(runs.size() - 1);
    new Summary("status", location)
        .fact("runs", Integer.toString(runs.size()))
        .fact("kind", word(newest.kind()))
        .fact("run", newest.id())
        .fact("slices", Integer.toString(newest.slices()))
        .fact("done", Integer.toString(newest.done()))
        .fact("records", Long.toString(newest.records()))
        .fact("bytes", Long.toString(newest.bytes()))
        .fact("workers", Integer.toString(newest.workers().size()))
        .fact("findings", Integer.toString(newest.findings().size()))
        .fact("directory", location)
        .print(terminal, newest.state().name().toLowerCase(Locale.ROOT));
    if (newest.state() == State.FAILED) {
      return newest.failure().map(Failure::code).map(ErrorCode::valueOf).orElseThrow().exitCode();
    }
    if (newest.state() == State.IDLE) {
      return ErrorCode.UNFINISHED.exitCode();
    }
    return newest.findings().isEmpty() ? 0 : ErrorCode.DAMAGED.exitCode();
  }
}
