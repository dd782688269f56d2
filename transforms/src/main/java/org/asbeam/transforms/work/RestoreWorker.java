package org.asbeam.transforms.work;

import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.asbeam.aerospike.RejectHandler;
import org.asbeam.format.AsbDecoder;
import org.asbeam.storage.Store;
import org.asbeam.storage.journal.Failure;
import org.asbeam.storage.journal.FileJournal;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.storage.journal.SliceText;

/** What one process needs to work on the slices of one restore; shared by its threads. */
public final class RestoreWorker implements Closeable {
  private final RestoreSpec spec;
  private final FileRun run;
  private final OpenInputs inputs;
  private final RecordSink sink;
  private final Store journalStore;
  private final FileJournal journal;
  private final Store rejects;
  private final RunStop stop;
  private final String name;
  private final Progress progress;
  private final Throttle throttle;
  private final SharedLimits limits;
  private final SetFilter sets;
  private final Surroundings surroundings;
  private final Lifeline lifeline;
  private final Set<Integer> begun = ConcurrentHashMap.newKeySet();
  private final AtomicLong rejected = new AtomicLong();

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
    this.journal = journalStore == null ? null : journal(journalStore, run);
    this.rejects = rejects;
    this.stop = RunStop.of(run.id());
    this.progress = Progress.of(run.id());
    this.sets = new SetFilter(spec.scope().sets());
    this.surroundings = surroundings;
    this.name = name;
    if (journal == null) {
      this.lifeline = null;
      this.limits = null;
      this.throttle = Throttle.of(run.id(), spec.limits());
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
      this.throttle = limits.throttle();
    }
  }

  static FileJournal journal(Store store, FileRun run) {
    return new FileJournal(store, FileJournal.Kind.RESTORES, run.id());
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
      FileJournal journal = journal(store, run);
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
        throw Errors.filed(e, journal.signs(), name);
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
    if (journal != null && spec.rejects().most() > 0) {
      for (FileOutcome outcome : journal.outcomes(FileOutcome.class)) {
        rejected.addAndGet(outcome.records().rejected());
      }
    }
  }

  /**
   * Restores secondary indexes and UDF modules of all inputs but a stream: those of the metadata
   * file, or, where there is no manifest, those before the first record of every file. What comes
   * twice is restored once.
   */
  public MetadataOutcome restoreMetadata() throws IOException {
    MetadataMerge merge = new MetadataMerge(spec.sourceNamespace());
    if (!spec.scope().indexes() && !spec.scope().udfs()) {
      return MetadataOutcome.NONE;
    }
    for (int i = 0; i < inputs.all().size(); i++) {
      OpenInputs.Opened input = inputs.all().get(i);
      for (FileReceipt file : input.contents().files()) {
        if (mayHoldMetadata(input, file)) {
          FileSlice whole = new FileSlice(0, i, file.name(), 0, file.blocks(), file.bytes());
          try (SliceText text = inputs.text(whole)) {
            collect(merge, text.decoder(), input.store().location() + "/" + file.name());
          }
        }
      }
    }
    return sink.restore(merge.indexes(), merge.udfs(), stop::requested);
  }

  private void collect(MetadataMerge merge, AsbDecoder decoder, String path) throws IOException {
    AsbDecoder.Item item = decoder.next();
    while (item != AsbDecoder.Item.END && item != AsbDecoder.Item.RECORD) {
      collect(merge, decoder, item, path);
      item = decoder.next();
    }
  }

  private void collect(MetadataMerge merge, AsbDecoder decoder, AsbDecoder.Item item, String path)
      throws IOException {
    if (item == AsbDecoder.Item.SECONDARY_INDEX && spec.scope().indexes()) {
      merge.add(decoder.secondaryIndex(), path);
    } else if (item == AsbDecoder.Item.UDF && spec.scope().udfs()) {
      merge.add(decoder.udf(), path);
    }
  }

  private static boolean mayHoldMetadata(OpenInputs.Opened input, FileReceipt file) {
    return input
        .contents()
        .manifest()
        .map(manifest -> manifest.metadataFile().equals(file.name()))
        .orElse(true);
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
    try (RejectFiles files = rejectFiles(slice);
        Attempt attempt = new Attempt(slice, files)) {
      FileOutcome mine;
      try {
        mine = attempt.restore(start.withAgain(again));
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

  /** One attempt at a slice. */
  private final class Attempt implements Closeable {
    private final FileSlice slice;
    private final RejectFiles files;
    private final MetadataMerge merge = new MetadataMerge(spec.sourceNamespace());
    private final BooleanSupplier stopped = stop::requested;
    private MetadataOutcome metadata = MetadataOutcome.NONE;
    private int indexes;
    private int udfs;
    private long read;
    private long counted;
    private boolean ended;

    private Attempt(FileSlice slice, RejectFiles files) {
      this.slice = slice;
      this.files = files;
    }

    private FileOutcome restore(FileOutcome start) throws IOException {
      RecordCounts counts;
      try (SliceText text = inputs.text(slice);
          RecordSink.Lane lane = sink.lane(files == null ? null : refused(), stopped)) {
        AsbDecoder decoder = text.decoder();
        long offset = decoder.offset();
        for (AsbDecoder.Item item = decoder.next();
            item != AsbDecoder.Item.END;
            item = decoder.next()) {
          if (stopped.getAsBoolean()) {
            throw new StoppedException();
          }
          if (item == AsbDecoder.Item.RECORD) {
            record(decoder, decoder.offset() - offset, lane);
          } else {
            global(decoder, item);
          }
          offset = decoder.offset();
        }
        text.checkEnd(read);
        counts = spec.scope().records() ? lane.finish() : RecordCounts.allSkipped(read);
      }
      restoreCollected();
      progress.add(read - counted, slice.bytes());
      counted = read;
      List<String> names = files == null ? List.of() : files.finish();
      ended = true;
      return start
          .withRecords(counts)
          .withIndexes(indexes)
          .withUdfs(udfs)
          .withMetadata(metadata)
          .withRejects(names);
    }

    private void record(AsbDecoder decoder, long bytes, RecordSink.Lane lane) throws IOException {
      if (read == 0 && !spec.metadataLast()) {
        restoreCollected();
      }
      read++;
      if (spec.scope().records()) {
        throttle.take(sets.selects(decoder.record()) ? 1 : 0, bytes, stopped);
        lane.write(decoder.record());
      }
      if ((read & 0xfff) == 0) {
        progress.add(0x1000, 0);
        counted += 0x1000;
      }
    }

    /**
     * Before a file's first record they were restored with those of all files, but a stream is read
     * once. No tool writes one behind a record, but every reader takes it.
     */
    private void global(AsbDecoder decoder, AsbDecoder.Item item) throws IOException {
      indexes += item == AsbDecoder.Item.SECONDARY_INDEX ? 1 : 0;
      udfs += item == AsbDecoder.Item.UDF ? 1 : 0;
      if (read > 0 || inputs.isStream()) {
        collect(merge, decoder, item, slice.file());
      }
    }

    private void restoreCollected() throws IOException {
      if (!merge.isEmpty()) {
        metadata = metadata.plus(sink.restore(merge.indexes(), merge.udfs(), stopped));
        merge.clear();
      }
    }

    private RejectHandler refused() {
      return (row, code, reason) -> {
        files.add(row, code, reason);
        long all = rejected.incrementAndGet();
        if (spec.rejects().most() > 0 && all > spec.rejects().most()) {
          throw new IOException(
              new WorkException(
                  ErrorCode.TOO_MANY_REJECTS,
                  "more than "
                      + spec.rejects().most()
                      + " records were refused, the last one: "
                      + reason,
                  "allow more with --max-rejects; the folder for rejects has those so far"));
        }
      };
    }

    /** Takes back what an attempt did in vain. */
    @Override
    public void close() {
      if (!ended) {
        progress.add(-counted, 0);
        if (files != null) {
          rejected.addAndGet(-files.records());
        }
      }
    }
  }

  /**
   * Restores secondary indexes and UDF modules for all workers, unless that was done before: as a
   * slice of its own, whose number follows those of the records.
   *
   * @return what became of them; or why the run can't go on
   * @throws IOException if another attempt may help
   */
  public FileOutcome metadataSlice() throws IOException {
    FileSlice slice = new FileSlice(run.slices(), -1, "", 0, 0, 0);
    FileOutcome start = FileOutcome.of(slice, thread());
    if (stop.requested() || hasFailedElsewhere()) {
      return start.withStopped(true);
    }
    try {
      Optional<FileOutcome> before = journal.outcome(slice.number(), FileOutcome.class);
      if (before.isPresent()) {
        return before.get();
      }
      FileOutcome mine = start.withMetadata(restoreMetadata());
      return journal.file(slice.number(), mine, FileOutcome.class);
    } catch (IOException | RuntimeException e) {
      Errors.Finding finding = Errors.of(e);
      if (finding.code() == ErrorCode.STOPPED) {
        return start.withStopped(true);
      }
      if (finding.isTransient()) {
        throw finding.asIOException(e);
      }
      journal.signs().fail(finding.toFailure(slice.number(), start.worker()));
      stop.request();
      return start.withStopped(true);
    }
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
    if (ended.isPresent() || stop.requested() || hasFailedElsewhere()) {
      return ended;
    }
    try {
      List<FileOutcome> outcomes = journal.outcomes(FileOutcome.class);
      if (outcomes.stream().filter(o -> o.slice() < run.slices()).count() != run.slices()) {
        throw new WorkException(
            ErrorCode.INCOMPLETE,
            spec.input().text() + ": some of the " + run.slices() + " slices have no outcome",
            RestoreResult.hint(run, ""));
      }
      RestoreResult result = RestoreResult.of(run, inputs, outcomes);
      MetadataOutcome metadata =
          spec.metadataLast() ? result.metadata().plus(restoreMetadata()) : result.metadata();
      if (rejects != null) {
        RejectFiles.removeOthers(rejects, run.id(), outcomes);
      }
      List<String> warnings =
          journal.check(TargetFound.class).map(TargetFound::warnings).orElse(List.of());
      return Optional.of(
          journal.end(
              new FileJobEnd(surroundings.now(), result.records(), metadata, List.of(), warnings),
              FileJobEnd.class));
    } catch (IOException | WorkException | RuntimeException e) {
      Errors.Finding finding = Errors.of(e);
      if (finding.code() == ErrorCode.STOPPED) {
        return Optional.empty();
      }
      if (finding.isTransient()) {
        throw finding.asIOException(e);
      }
      journal.signs().fail(finding.toFailure(-1, thread()));
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
