package org.asbeam.transforms;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.connectors.JsonCoder;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.journal.PartitionSlice;
import org.asbeam.storage.journal.SliceReceipt;
import org.asbeam.transforms.work.Backends;
import org.asbeam.transforms.work.BackupWorker;
import org.asbeam.transforms.work.LentBackends;
import org.asbeam.transforms.work.Progress;
import org.asbeam.transforms.work.Surroundings;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.WorkerName;

/**
 * Does the slices of a backup run: each is scanned, encoded and written in the thread that gets it,
 * and leaves a receipt.
 *
 * <p>A slice of a run that has failed leaves none; the failure is in the run's journal.
 */
public final class BackUpSlices
    extends PTransform<PCollection<PartitionSlice>, PCollection<SliceReceipt>> {
  private static final long serialVersionUID = 1L;

  private final String directory;
  private final String runId;
  private final String backends;
  private final StoreAccess stores;

  private BackUpSlices(String directory, String runId, String backends, StoreAccess stores) {
    this.directory = directory;
    this.runId = runId;
    this.backends = backends;
    this.stores = stores;
  }

  /** For a run whose plan lies in a folder. */
  public static BackUpSlices of(String directory, String runId) {
    return new BackUpSlices(directory, runId, LentBackends.REAL, StoreAccess.DEFAULT);
  }

  /** Lets the work use what a program lends under an id of {@link LentBackends}. */
  public BackUpSlices withBackends(String id) {
    return new BackUpSlices(directory, runId, id, stores);
  }

  /** What the folder's store is opened with. */
  public BackUpSlices withStoreAccess(StoreAccess access) {
    return new BackUpSlices(directory, runId, backends, access);
  }

  @Override
  public PCollection<SliceReceipt> expand(PCollection<PartitionSlice> slices) {
    return slices
        .apply("Back up a slice", ParDo.of(new BackUpSliceFn(directory, runId, backends, stores)))
        .setCoder(JsonCoder.of(SliceReceipt.class));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("directory", directory));
    builder.add(DisplayData.item("runId", runId));
  }

  /** The workers of the backup runs in this process; the commit uses them too. */
  private static final SharedWorkers<BackupWorker> WORKERS = new SharedWorkers<>();

  /**
   * @param backends an id of {@link LentBackends}
   * @throws WorkException if the cluster can't be reached; the run's journal then says so
   */
  static BackupWorker join(String directory, String runId, String backends, StoreAccess stores)
      throws IOException, WorkException {
    Backends ends = lent(backends).withStoreAccess(stores);
    return WORKERS.acquire(
        key(directory, runId),
        () ->
            BackupWorker.join(
                directory, runId, ends, Surroundings.real(), WorkerName.ofThisProcess()));
  }

  static void leave(String directory, String runId) throws IOException {
    WORKERS.release(key(directory, runId));
  }

  /** Runs of two folders may have the same id. */
  private static String key(String directory, String runId) {
    return runId + " " + directory;
  }

  /** Not as a failure of the run: its journal may be out of this process' reach too. */
  private static Backends lent(String id) throws IOException {
    try {
      return LentBackends.of(id);
    } catch (WorkException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static final class BackUpSliceFn extends DoFn<PartitionSlice, SliceReceipt> {
    private static final long serialVersionUID = 1L;

    private final String directory;
    private final String runId;
    private final String backends;
    private final StoreAccess stores;
    private final Counters counters = Counters.of("backup");
    private transient BackupWorker worker;

    private BackUpSliceFn(String directory, String runId, String backends, StoreAccess stores) {
      this.directory = directory;
      this.runId = runId;
      this.backends = backends;
      this.stores = stores;
    }

    @ProcessElement
    public void process(@Element PartitionSlice slice, OutputReceiver<SliceReceipt> receipts)
        throws IOException {
      if (worker == null) {
        try {
          worker = join(directory, runId, backends, stores);
        } catch (WorkException e) {
          // The failure is in the journal, where the launcher finds it.
          return;
        }
      }
      Counters.throttled(() -> worker.run(slice))
          .ifPresent(
              receipt -> {
                counters.slice(receipt.records(), receipt.bytes());
                Progress.of(runId).files(receipt.files().size());
                receipts.output(receipt);
              });
    }

    @Teardown
    public void tearDown() throws IOException {
      if (worker != null) {
        worker = null;
        leave(directory, runId);
      }
    }
  }
}
