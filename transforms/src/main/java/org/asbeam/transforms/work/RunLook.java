package org.asbeam.transforms.work;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.asbeam.storage.Store;
import org.asbeam.storage.journal.Failure;
import org.asbeam.storage.journal.FileJournal;
import org.asbeam.storage.journal.Heartbeat;
import org.asbeam.storage.journal.Journal;
import org.asbeam.storage.journal.RunSigns;
import org.asbeam.storage.journal.SliceReceipt;

/**
 * A look at a run from anywhere: what its folder tells of slices that are done and workers that
 * live. It is as of the last {@link #refresh}; what was read of finished slices is not read again.
 *
 * <p>Safe for use by several threads.
 */
public final class RunLook implements ProgressView, Closeable {
  private static final Seen NOTHING =
      new Seen(Map.of(), List.of(), Optional.empty(), new Sum(0, 0, 0, RecordCounts.NONE));

  private final Store store;
  private final RunSigns signs;
  private final Done done;
  private final Receipts receipts;
  private volatile Seen seen = NOTHING;

  /** What a finished slice adds. */
  private record Sum(long records, long bytes, long files, RecordCounts outcomes) {
    Sum plus(Sum other) {
      return new Sum(
          records + other.records,
          bytes + other.bytes,
          files + other.files,
          outcomes.plus(other.outcomes));
    }
  }

  private record Seen(
      Map<Integer, Sum> done, List<Heartbeat> workers, Optional<Failure> failure, Sum all) {}

  /** Lists the slices that are done. */
  @FunctionalInterface
  private interface Done {
    List<Integer> slices() throws IOException;
  }

  /** Reads what a finished slice left; empty: it went in this moment, with its journal. */
  @FunctionalInterface
  private interface Receipts {
    Optional<Sum> sum(int slice) throws IOException;
  }

  private RunLook(Store store, RunSigns signs, Done done, Receipts receipts) {
    this.store = store;
    this.signs = signs;
    this.done = done;
    this.receipts = receipts;
  }

  /**
   * At a backup.
   *
   * @param store the backup folder; closed with this
   */
  public static RunLook atBackup(Store store, String runId) {
    Journal journal = new Journal(store, runId);
    return new RunLook(
        store,
        journal.signs(),
        journal::slicesDone,
        slice -> journal.receipt(slice).map(RunLook::sum));
  }

  /**
   * At a restore or a verification.
   *
   * @param store the folder that has its journal; closed with this
   */
  public static RunLook atFiles(Store store, FileJournal journal) {
    return new RunLook(
        store,
        journal.signs(),
        journal::slicesDone,
        slice -> journal.outcome(slice, FileOutcome.class).map(RunLook::sum));
  }

  private static Sum sum(SliceReceipt receipt) {
    return new Sum(receipt.records(), receipt.bytes(), receipt.files().size(), RecordCounts.NONE);
  }

  private static Sum sum(FileOutcome outcome) {
    return new Sum(outcome.records().read(), outcome.bytes(), 0, outcome.records());
  }

  /** Looks again. */
  public synchronized void refresh() throws IOException {
    Map<Integer, Sum> known = new HashMap<>(seen.done());
    Sum all = seen.all();
    for (int slice : done.slices()) {
      if (!known.containsKey(slice)) {
        Optional<Sum> sum = receipts.sum(slice);
        if (sum.isPresent()) {
          known.put(slice, sum.get());
          all = all.plus(sum.get());
        }
      }
    }
    seen = new Seen(known, signs.heartbeats(), signs.failure(), all);
  }

  /** The last signs of life of the workers that did not end in order. */
  public List<Heartbeat> workers() {
    return seen.workers();
  }

  /** Why the run can't succeed; empty: nothing says so. */
  public Optional<Failure> failure() {
    return seen.failure();
  }

  @Override
  public long records() {
    Seen now = seen;
    return now.all().records() + now.workers().stream().mapToLong(Heartbeat::records).sum();
  }

  @Override
  public long bytes() {
    Seen now = seen;
    return now.all().bytes() + now.workers().stream().mapToLong(Heartbeat::bytes).sum();
  }

  @Override
  public long files() {
    return seen.all().files();
  }

  @Override
  public RecordCounts outcomes() {
    return seen.all().outcomes();
  }

  @Override
  public int slicesInWork() {
    return seen.workers().stream().mapToInt(Heartbeat::slices).sum();
  }

  @Override
  public int slicesDone() {
    return seen.done().size();
  }

  @Override
  public long recordsInFlight() {
    return 0;
  }

  @Override
  public void close() {
    store.close();
  }
}
