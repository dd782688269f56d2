package org.asbeam.transforms.work;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.asbeam.format.AsbDecoder;
import org.asbeam.format.AsbFormatException;
import org.asbeam.storage.BlockContents;
import org.asbeam.storage.BlockIndex;
import org.asbeam.storage.BlockIndexes;
import org.asbeam.storage.DamagedFileException;
import org.asbeam.storage.FileCheck;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.journal.FileJournal;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.storage.journal.IncompleteBackupException;
import org.asbeam.storage.journal.SliceText;

/**
 * What one process needs to work on the slices of one verification; shared by its threads.
 *
 * <p>All damage is found, not only the first: each block that has an index is checked by itself, so
 * that one that is damaged doesn't hide the next. A file without an index is read to its first
 * damage.
 */
public final class VerifyWorker implements Closeable {
  /** A slice names this many findings; a file that is all wrong has no use for more. */
  private static final int MOST_FINDINGS = 100;

  private final VerifySpec spec;
  private final FileRun run;
  private final OpenInputs inputs;
  private final Store journalStore;
  private final FileJournal journal;
  private final RunStop stop;
  private final String name;
  private final Progress progress;
  private final Surroundings surroundings;
  private final Lifeline lifeline;

  private VerifyWorker(
      VerifySpec spec,
      FileRun run,
      OpenInputs inputs,
      Store journalStore,
      Surroundings surroundings,
      String name) {
    this.spec = spec;
    this.run = run;
    this.inputs = inputs;
    this.journalStore = journalStore;
    this.journal = journalStore == null ? null : run.journal(journalStore);
    this.stop = RunStop.of(run.id());
    this.progress = Progress.of(run.id());
    this.surroundings = surroundings;
    this.name = name;
    this.lifeline =
        journal == null ? null : new Lifeline(journal.signs(), name, progress, stop, surroundings);
  }

  /**
   * Makes a process ready for a verification.
   *
   * @param name names this process among the run's workers
   * @throws IOException if another attempt may help
   * @throws WorkException if the backup can't be verified; where workers are elsewhere the journal
   *     then says so
   */
  public static VerifyWorker join(
      VerifySpec spec, FileRun run, Backends backends, Surroundings surroundings, String name)
      throws IOException, WorkException {
    if (!run.hasJournal()) {
      return new VerifyWorker(
          spec,
          run,
          OpenInputs.openToVerify(spec.input(), spec.secretAgent(), backends),
          null,
          surroundings,
          name);
    }
    Store store = backends.openStore(run.journalDirectory());
    try {
      OpenInputs inputs = OpenInputs.openToVerify(spec.input(), spec.secretAgent(), backends);
      return new VerifyWorker(spec, run, inputs, store, surroundings, name);
    } catch (IOException e) {
      try (store) {
        Errors.file(e, run.journal(store).signs(), -1, name);
        throw Errors.permanent(e);
      }
    }
  }

  /**
   * Verifies a slice, unless that was done before.
   *
   * @throws IOException if the store fails; what is wrong with the backup is in the outcome
   */
  public FileOutcome run(FileSlice slice) throws IOException {
    if (journal == null) {
      return verify(slice);
    }
    Optional<FileOutcome> before = journal.outcome(slice.number(), FileOutcome.class);
    if (before.isPresent()) {
      progress.skipped(before.get().records().read(), slice.bytes());
      return before.get();
    }
    if (journal.signs().failure().isPresent()) {
      return start(slice).withStopped(true);
    }
    try {
      FileOutcome mine = verify(slice);
      if (mine.stopped()) {
        return mine;
      }
      FileOutcome counting = journal.file(slice.number(), mine, FileOutcome.class);
      progress.filed(mine.records().read(), slice.bytes());
      return counting;
    } catch (IOException | RuntimeException e) {
      Errors.file(e, journal.signs(), slice.number(), name);
      stop.request();
      return start(slice).withStopped(true);
    }
  }

  private FileOutcome start(FileSlice slice) {
    return FileOutcome.of(slice, name + "/" + Thread.currentThread().getName());
  }

  private FileOutcome verify(FileSlice slice) throws IOException {
    progress.sliceStarted();
    boolean done = false;
    Tally tally = new Tally();
    boolean stopped = false;
    try {
      verify(slice, tally, stop::requested);
      done = true;
    } catch (StoppedException e) {
      stopped = true;
    } finally {
      progress.sliceEnded(done);
    }
    progress.add(tally.records, slice.bytes());
    return start(slice)
        .withRecords(RecordCounts.allSkipped(tally.records))
        .withIndexes(tally.indexes)
        .withUdfs(tally.udfs)
        .withFindings(List.copyOf(tally.findings))
        .withStopped(stopped);
  }

  /**
   * Ends the verification for all workers when its slices are done, unless that was done before.
   *
   * @return how it ended; empty: it has failed or was stopped, see the journal
   * @throws IOException if another attempt may help
   */
  public Optional<FileJobEnd> end() throws IOException {
    Optional<FileJobEnd> ended = journal.end(FileJobEnd.class);
    if (ended.isPresent() || stop.requested() || journal.signs().failure().isPresent()) {
      return ended;
    }
    try {
      VerifyResult result = VerifyResult.of(run, spec, inputs, journal.outcomes(FileOutcome.class));
      return Optional.of(
          journal.end(
              FileJobEnd.ofVerification(surroundings.now(), result, inputs.warnings()),
              FileJobEnd.class));
    } catch (IOException | WorkException | RuntimeException e) {
      Errors.file(e, journal.signs(), -1, name);
      return Optional.empty();
    }
  }

  private void verify(FileSlice slice, Tally tally, BooleanSupplier stopped) throws IOException {
    if (inputs.isStream()) {
      decode(() -> inputs.text(slice), tally, stopped);
      return;
    }
    Store store = inputs.of(slice).store();
    BackupContents contents = inputs.of(slice).contents();
    Optional<BlockIndex> index = index(store, slice, tally);
    if (contents.sealed()) {
      verifySealed(store, index, slice, tally, stopped);
      return;
    }
    if (index.isEmpty()) {
      decode(() -> inputs.text(slice), tally, stopped);
      return;
    }
    if (slice.startsFile()) {
      checkOutsideBlocks(store, index.get(), tally);
    }
    for (int i = 0; i < slice.blocks(); i++) {
      int block = slice.firstBlock() + i;
      BlockContents found =
          decode(() -> SliceText.blocks(store, contents, index.get(), block, 1), tally, stopped);
      if (found != null && !found.equals(index.get().blocks().get(block).contents())) {
        tally.add(
            store.location()
                + "/"
                + slice.file()
                + ": block "
                + block
                + " holds other records than its index says");
      }
    }
  }

  /** Without the key: every byte against its checksum; the records are those of the index. */
  private static void verifySealed(
      Store store,
      Optional<BlockIndex> index,
      FileSlice slice,
      Tally tally,
      BooleanSupplier stopped)
      throws IOException {
    if (index.isEmpty()) {
      tally.add(
          store.location()
              + "/"
              + slice.file()
              + ": can't be checked without its index or the encryption key");
      return;
    }
    if (slice.startsFile()) {
      checkOutsideBlocks(store, index.get(), tally);
    }
    try {
      FileCheck.Result result =
          FileCheck.crc(store, index.get(), slice.firstBlock(), slice.blocks(), stopped);
      if (!result.complete()) {
        throw new StoppedException();
      }
      result.damages().forEach(damage -> tally.add(damage.toString()));
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.NOT_FOUND && e.kind() != StoreException.Kind.DENIED) {
        throw e;
      }
      tally.add(e.getMessage());
    }
    for (int i = 0; i < slice.blocks(); i++) {
      tally.records += index.get().blocks().get(slice.firstBlock() + i).contents().records();
    }
  }

  private static void checkOutsideBlocks(Store store, BlockIndex index, Tally tally)
      throws IOException {
    try {
      FileCheck.outsideBlocks(store, index).forEach(damage -> tally.add(damage.toString()));
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.NOT_FOUND) {
        throw e;
      }
      // Reading the first block says so.
    }
  }

  /** The index of a slice's file; a lost or damaged one is a finding, once per file. */
  private static Optional<BlockIndex> index(Store store, FileSlice slice, Tally tally)
      throws IOException {
    if (slice.blocks() == 0) {
      return Optional.empty();
    }
    String lost = "";
    try {
      Optional<BlockIndex> index = BlockIndexes.read(store, slice.file());
      if (index.isPresent()) {
        return index;
      }
      lost = store.location() + "/" + BlockIndexes.nameOf(slice.file()) + ": is missing";
    } catch (DamagedFileException e) {
      lost = e.getMessage();
    }
    if (slice.startsFile()) {
      tally.add(lost + "; the records are in the file itself, which is read without it");
    }
    return Optional.empty();
  }

  /** Opens a text. */
  @FunctionalInterface
  private interface Opener {
    SliceText open() throws IOException;
  }

  /** Decodes a text to its end; returns what is in it, or null if it is damaged. */
  private BlockContents decode(Opener opener, Tally tally, BooleanSupplier stopped)
      throws IOException {
    BlockContents.Builder found = new BlockContents.Builder();
    long records = 0;
    try (SliceText text = opener.open()) {
      AsbDecoder decoder = text.decoder();
      for (AsbDecoder.Item item = decoder.next();
          item != AsbDecoder.Item.END;
          item = decoder.next()) {
        if (stopped.getAsBoolean()) {
          throw new StoppedException();
        }
        switch (item) {
          case RECORD -> {
            records++;
            found.add(decoder.record());
          }
          case SECONDARY_INDEX -> tally.indexes++;
          case UDF -> tally.udfs++;
          default -> throw new IllegalStateException(item.toString());
        }
      }
      text.checkEnd(records);
      return found.build();
    } catch (AsbFormatException | DamagedFileException | IncompleteBackupException e) {
      tally.add(e.getMessage());
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.NOT_FOUND && e.kind() != StoreException.Kind.DENIED) {
        throw e;
      }
      tally.add(e.getMessage());
    } finally {
      tally.records += records;
    }
    return null;
  }

  @Override
  public void close() {
    if (lifeline != null) {
      lifeline.close();
    }
    inputs.close();
    if (journalStore != null) {
      journalStore.close();
    }
  }

  /** What a slice adds up to. */
  private static final class Tally {
    private final List<String> findings = new ArrayList<>();
    private long records;
    private int indexes;
    private int udfs;
    private long more;

    void add(String finding) {
      if (findings.size() < MOST_FINDINGS) {
        findings.add(finding);
      } else {
        more++;
        findings.set(MOST_FINDINGS - 1, "and " + (more + 1) + " more in the same slice");
      }
    }
  }
}
