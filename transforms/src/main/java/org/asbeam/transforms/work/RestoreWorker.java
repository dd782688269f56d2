package org.asbeam.transforms.work;

import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.asbeam.storage.Store;
import org.asbeam.storage.journal.Failure;
import org.asbeam.storage.journal.FileJournal;
import org.asbeam.storage.journal.FileSlice;

/** What one process needs to work on the slices of one restore; shared by its threads. */
public final class RestoreWorker implements Closeable {
  private final RestoreSpec spec;
  private final FileRun run;
  private final OpenInputs inputs;
  private final RecordSink sink;
  private final RestoreMetadata metadata;
  private final RestoreSliceWork work;
  private final RejectLimit rejectLimit;
  private final Store journalStore;
  private final FileJournal journal;
  private final Store rejects;
  private final RunStop stop;
  private final String name;
  private final Progress progress;
  private final SharedLimits limits;
  private final Surroundings surroundings;
  private final Lifeline lifeline;
  private final Set<Integer> begun = ConcurrentHashMap.newKeySet();

  private RestoreWorker(
      RestoreSpec spec,
      FileRun run,
      OpenInputs inputs,
      RecordSink sink,
      Store journalStore,
      Store rejects,
      Surroundings surroundings,
      String name) {
    this.spec = spec;
    this.run = run;
    this.inputs = inputs;
    this.sink = sink;
    this.journalStore = journalStore;
    this.journal = journalStore == null ? null : run.journal(journalStore);
    this.rejects = rejects;
    this.stop = RunStop.of(run.id());
    this.progress = Progress.of(run.id());
    this.surroundings = surroundings;
    this.name = name;
    Throttle throttle;
    if (journal == null) {
      this.lifeline = null;
      this.limits = null;
      throttle = Throttle.of(run.id(), spec.limits());
    } else {
      this.lifeline = new Lifeline(journal.signs(), name, progress, stop, surroundings);
      this.limits =
          SharedLimits.join(
              run.id(),
              spec.limits(),
              journalStore,
              journal.signs().shares(),
              progress::slicesInWork,
              surroundings,
              name);
      throttle = limits.throttle();
    }
    this.rejectLimit = new RejectLimit(spec.rejects().most());
    this.metadata = new RestoreMetadata(spec, inputs, sink, stop::requested);
    this.work =
        new RestoreSliceWork(
            spec, inputs, sink, metadata, rejectLimit, progress, throttle, stop::requested);
  }

  /**
   * Makes a process ready for a restore.
   *
   * @param name names this process among the run's workers
   * @throws IOException if another attempt may help
   * @throws WorkException if the restore can't be done; where workers are elsewhere its journal
   *     then says so
   */
  public static RestoreWorker join(
      RestoreSpec spec, FileRun run, Backends backends, Surroundings surroundings, String name)
      throws IOException, WorkException {
    if (run.workers() == Workers.HERE) {
      return open(spec, run, backends, surroundings, name);
    }
    try (Store store = backends.openStore(run.journalDirectory())) {
      FileJournal journal = run.journal(store);
      try {
        RestoreWorker worker = open(spec, run, backends, surroundings, name);
        try {
          worker.checkTarget(backends);
          return worker;
        } catch (IOException | WorkException | RuntimeException e) {
          worker.close();
          throw e;
        }
      } catch (IOException | WorkException e) {
        Errors.file(e, journal.signs(), -1, name);
        throw Errors.permanent(e);
      }
    }
  }

  /** Before the first write of all workers, not of this one: a target must be empty once only. */
  private void checkTarget(Backends backends) throws IOException, WorkException {
    if (journal.check(TargetFound.class).isPresent()) {
      return;
    }
    TargetView target = backends.lookAtTarget(spec);
    try {
      InputCheck.check(spec, inputs, target);
    } catch (WorkException e) {
      if (journal.check(TargetFound.class).isPresent()) {
        return; // What is there by now is what the others wrote.
      }
      throw e;
    }
    journal.check(TargetFound.of(target), TargetFound.class);
  }

  private static RestoreWorker open(
      RestoreSpec spec, FileRun run, Backends backends, Surroundings surroundings, String name)
      throws IOException {
    List<Closeable> opened = new ArrayList<>();
    try {
      OpenInputs inputs = OpenInputs.open(spec.input(), spec.secretAgent(), backends);
      opened.add(inputs);
      Store journal = null;
      if (run.hasJournal()) {
        journal = backends.openStore(run.journalDirectory());
        opened.add(journal);
      }
      Store rejects = null;
      if (spec.rejects().isOn()) {
        rejects = backends.openStore(spec.rejects().directory());
        opened.add(rejects);
      }
      RecordSink sink = backends.openSink(spec, run.id());
      opened.add(sink);
      RestoreWorker worker =
          new RestoreWorker(spec, run, inputs, sink, journal, rejects, surroundings, name);
      worker.countEarlierRejects();
      return worker;
    } catch (IOException | RuntimeException e) {
      for (Closeable one : opened) {
        one.close();
      }
      throw e;
    }
  }

  private void countEarlierRejects() throws IOException {
    if (journal != null && rejectLimit.isOn()) {
      for (FileOutcome outcome : journal.outcomes(FileOutcome.class)) {
        rejectLimit.add(outcome.records().rejected());
      }
    }
  }

  /**
   * Restores secondary indexes and UDF modules of all inputs but a stream, once for the whole run.
   */
  public MetadataOutcome restoreMetadata() throws IOException {
    return metadata.restoreAll();
  }

  /**
   * Restores the records of a slice, unless that was done before.
   *
   * @return what became of them, or why the run can't go on
   * @throws IOException if another attempt may help
   */
  public FileOutcome run(FileSlice slice) throws IOException {
    FileOutcome start = FileOutcome.of(slice, thread());
    if (stop.requested() || hasFailedElsewhere()) {
      return start.withStopped(true);
    }
    progress.sliceStarted();
    boolean done = false;
    try {
      FileOutcome outcome = unlessDone(slice, start);
      done = true;
      return outcome;
    } catch (IOException | RuntimeException e) {
      Errors.Finding finding = Errors.of(e);
      if (finding.code() == ErrorCode.STOPPED) {
        return start.withStopped(true);
      }
      if (finding.isTransient()) {
        stop.failed();
        throw finding.asIOException(e);
      }
      Failure failure = finding.toFailure(slice.number(), start.worker());
      if (run.workers() == Workers.ELSEWHERE) {
        journal.signs().fail(failure);
      }
      stop.request();
      return start.withFailure(failure);
    } finally {
      progress.sliceEnded(done);
    }
  }

  private String thread() {
    return name + "/" + Thread.currentThread().getName();
  }

  private boolean hasFailedElsewhere() throws IOException {
    return run.workers() == Workers.ELSEWHERE && journal.signs().failure().isPresent();
  }

  private FileOutcome unlessDone(FileSlice slice, FileOutcome start) throws IOException {
    if (journal != null) {
      Optional<FileOutcome> before = journal.outcome(slice.number(), FileOutcome.class);
      if (before.isPresent()) {
        progress.add(before.get().records().read(), slice.bytes());
        progress.filed(before.get().records().read(), slice.bytes());
        return before.get();
      }
    }
    boolean again = !begin(slice);
    try (RejectFiles files = rejectFiles(slice)) {
      FileOutcome mine;
      try {
        mine = work.run(slice, start.withAgain(again), files);
      } catch (IOException | RuntimeException e) {
        if (files != null && !Errors.of(e).isTransient()) {
          // A person wants to see what was refused. Who resumes does the slice again without them.
          files.finish();
          files.keep();
        }
        throw e;
      }
      // Whether or not it is heard that the outcome was filed, it may name these files.
      keep(files);
      if (journal == null) {
        return mine;
      }
      FileOutcome counting = journal.file(slice.number(), mine, FileOutcome.class);
      progress.filed(mine.records().read(), slice.bytes());
      if (files != null && !counting.equals(mine)) {
        files.discard();
      }
      return counting;
    }
  }

  /** Whether this is the first attempt at a slice, as far as this process can know. */
  private boolean begin(FileSlice slice) throws IOException {
    return run.workers() == Workers.HERE
        ? begun.add(slice.number())
        : journal.begin(slice.number());
  }

  private static void keep(RejectFiles files) {
    if (files != null) {
      files.keep();
    }
  }

  private RejectFiles rejectFiles(FileSlice slice) {
    return rejects == null
        ? null
        : new RejectFiles(
            rejects,
            spec.sourceNamespace(),
            run.id(),
            slice.number(),
            String.format("%08x", new SecureRandom().nextInt()));
  }

  /**
   * Restores secondary indexes and UDF modules for all workers, unless that was done before: as a
   * slice of its own, whose number follows those of the records.
   *
   * @return what became of them; or why the run can't go on
   * @throws IOException if another attempt may help
   */
  public FileOutcome metadataSlice() throws IOException {
    FileOutcome start = FileOutcome.of(new FileSlice(run.slices(), -1, "", 0, 0, 0), thread());
    return unlessFailed(
            () -> {
              Optional<FileOutcome> before = journal.outcome(start.slice(), FileOutcome.class);
              return before.isPresent()
                  ? before.get()
                  : journal.file(
                      start.slice(), start.withMetadata(metadata.restoreAll()), FileOutcome.class);
            })
        .orElse(start.withStopped(true));
  }

  /**
   * Ends the restore for all workers when its slices are done, unless that was done before: proves
   * that nothing is missing, and does what comes last.
   *
   * @return how it ended; empty: it has failed or was stopped, see the journal
   * @throws IOException if another attempt may help
   */
  public Optional<FileJobEnd> end() throws IOException {
    Optional<FileJobEnd> ended = journal.end(FileJobEnd.class);
    return ended.isPresent()
        ? ended
        : unlessFailed(
            () ->
                new RestoreEnd(spec, run, inputs, journal, rejects, metadata)
                    .run(surroundings.now()));
  }

  /** Work for all workers, whose errors concern all. */
  @FunctionalInterface
  private interface SharedWork<T> {
    T run() throws IOException, WorkException;
  }

  /**
   * @return empty: the run has failed or was stopped, before the work or by it
   */
  private <T> Optional<T> unlessFailed(SharedWork<T> shared) throws IOException {
    if (stop.requested() || hasFailedElsewhere()) {
      return Optional.empty();
    }
    try {
      return Optional.of(shared.run());
    } catch (IOException | WorkException | RuntimeException e) {
      Errors.file(e, journal.signs(), -1, thread());
      stop.request();
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    if (journal != null) {
      limits.close();
      lifeline.close();
    }
    sink.close();
    inputs.close();
    if (journalStore != null) {
      journalStore.close();
    }
    if (rejects != null) {
      rejects.close();
    }
  }
}
