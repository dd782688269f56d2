package org.asbeam.transforms.work;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.asbeam.storage.Store;
import org.asbeam.storage.crypto.FileEncryption;
import org.asbeam.storage.journal.BackupFolder;
import org.asbeam.storage.journal.Failure;
import org.asbeam.storage.journal.Journal;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.storage.journal.ManifestFile;
import org.asbeam.storage.journal.PartitionSlice;
import org.asbeam.storage.journal.Plan;
import org.asbeam.storage.journal.SliceReceipt;
import org.asbeam.storage.secrets.Secrets;

/**
 * What one process needs to work on the slices of one backup run; shared by its threads.
 *
 * <p>A slice that has a receipt is not done again, and a run that has failed or was stopped does no
 * more work: the failure is in the journal, where every worker and the launcher find it.
 */
public final class BackupWorker implements Closeable {
  private final Store store;
  private final Journal journal;
  private final BackupSpec spec;
  private final FileNames names;
  private final RecordSource source;
  private final FileEncryption encryption;
  private final Surroundings surroundings;
  private final String name;
  private final Progress progress;
  private final SharedLimits limits;
  private final RunStop stop;
  private final Object identityLock = new Object();
  private final Lifeline lifeline;
  private boolean identityChecked;

  private BackupWorker(
      Store store,
      Journal journal,
      BackupSpec spec,
      RecordSource source,
      FileEncryption encryption,
      Surroundings surroundings,
      String name) {
    this.store = store;
    this.journal = journal;
    this.spec = spec;
    this.names = new FileNames(spec, journal.runId());
    this.source = source;
    this.encryption = encryption;
    this.surroundings = surroundings;
    this.name = name;
    this.stop = RunStop.of(journal.runId());
    this.progress = Progress.of(journal.runId());
    this.limits =
        SharedLimits.join(
            journal.runId(),
            spec.limits(),
            store,
            journal.signs().shares(),
            progress::slicesInWork,
            surroundings,
            name);
    this.lifeline = new Lifeline(journal.signs(), name, progress, stop, surroundings);
  }

  /**
   * Joins a run.
   *
   * @param directory the backup folder
   * @param runId the run, whose plan lies in the folder
   * @param name names this process among the run's workers
   * @throws IOException if another attempt may help
   * @throws WorkException if the cluster can't be reached; the run's journal then says so
   */
  public static BackupWorker join(
      String directory, String runId, Backends backends, Surroundings surroundings, String name)
      throws IOException, WorkException {
    Store store = backends.openStore(directory);
    try {
      Journal journal = new Journal(store, runId);
      Plan plan = journal.plan();
      BackupSpec spec = Journal.spec(plan, BackupSpec.class);
      try {
        FileEncryption encryption = spec.output().encryption().open(Secrets.of(spec.secretAgent()));
        RecordSource source = backends.openSource(spec);
        return new BackupWorker(store, journal, spec, source, encryption, surroundings, name);
      } catch (IOException e) {
        Errors.file(e, journal.signs(), -1, name);
        throw Errors.permanent(e);
      }
    } catch (IOException | WorkException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /**
   * Does a slice, unless that is done, or can't or shan't be.
   *
   * @return the slice's receipt; empty: the run has failed or was stopped, see the journal; or it
   *     has committed, and this attempt comes too late
   * @throws IOException if another attempt may help
   */
  public Optional<SliceReceipt> run(PartitionSlice slice) throws IOException {
    boolean committed = ManifestFile.isOf(store, journal.runId());
    Optional<SliceReceipt> done = journal.receipt(slice.number());
    if (committed) {
      return done;
    }
    if (done.isPresent()) {
      progress.skipped(done.get().records(), done.get().bytes());
      return done;
    }
    if (stop.requested() || journal.signs().failure().isPresent()) {
      return Optional.empty();
    }
    progress.sliceStarted();
    boolean ended = false;
    try {
      checkIdentity();
      SliceReceipt mine =
          new BackupSliceWork(
                  spec,
                  names,
                  store,
                  source,
                  encryption,
                  progress,
                  limits.throttle(),
                  surroundings,
                  name)
              .run(slice, stop::requested);
      if (ManifestFile.isOf(store, journal.runId())) {
        // A late attempt: its files are no part of the backup.
        SliceFiles.delete(store, mine.files());
        return journal.receipt(slice.number());
      }
      SliceReceipt counts = journal.file(mine);
      if (!counts.attempt().equals(mine.attempt())) {
        SliceFiles.delete(store, mine.files());
        progress.add(-mine.records(), -mine.bytes());
      } else {
        progress.filed(mine.records(), mine.bytes());
      }
      ended = true;
      return Optional.of(counts);
    } catch (IOException | WorkException | RuntimeException e) {
      return fail(slice, e);
    } finally {
      progress.sliceEnded(ended);
    }
  }

  /** The first worker fixes which cluster the run reads; the others compare. */
  private void checkIdentity() throws IOException, WorkException {
    synchronized (identityLock) {
      if (identityChecked) {
        return;
      }
      Optional<RunIdentity> first = journal.identity(RunIdentity.class);
      ClusterSnapshot mine = source.awaitStable(stop::requested);
      RunIdentity identity =
          first.isPresent()
              ? first.get()
              : journal.identity(RunIdentity.of(mine, encryption), RunIdentity.class);
      identity.checkKey(encryption);
      ClusterSnapshot counts = identity.cluster();
      if (!counts.clusterName().equals(mine.clusterName())) {
        throw new WorkException(
            ErrorCode.UNSTABLE,
            "the run reads cluster '"
                + counts.clusterName()
                + "', this worker sees cluster '"
                + mine.clusterName()
                + "'",
            "point all workers at one cluster");
      }
      List<String> changes = counts.changesTo(mine);
      if (!changes.isEmpty() && !spec.allowUnstable()) {
        throw new WorkException(
            ErrorCode.UNSTABLE,
            "the cluster changed since the run began: " + String.join("; ", changes),
            "what was read before can't be proved complete: start anew with --remove-files, or go"
                + " on with --allow-unstable");
      }
      identityChecked = true;
    }
  }

  private Optional<SliceReceipt> fail(PartitionSlice slice, Exception e) throws IOException {
    Errors.Finding finding = Errors.of(e);
    if (finding.isTransient()) {
      stop.failed();
    }
    Errors.file(e, journal.signs(), slice.number(), name);
    stop.request();
    return Optional.empty();
  }

  /**
   * Commits the run if all its work is done.
   *
   * @return what was published; empty: the run has failed or was stopped
   * @throws IOException if another attempt may help
   */
  public Optional<Manifest> commit() throws IOException {
    Optional<Failure> failure = journal.signs().failure();
    if (failure.isPresent()) {
      return Optional.empty();
    }
    Optional<Manifest> published = ManifestFile.read(store);
    if (published.isPresent()
        && published.get().runId().equals(journal.runId())
        && new BackupFolder(store).lock().isEmpty()) {
      return published;
    }
    if (stop.requested()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new BackupCommit(store, journal, spec, source, surroundings).run(stop::requested));
    } catch (IOException | WorkException | RuntimeException e) {
      Errors.file(e, journal.signs(), -1, name);
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    limits.close();
    lifeline.close();
    source.close();
    store.close();
  }
}
