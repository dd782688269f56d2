package org.asbeam.transforms;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.connectors.JsonCoder;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.storage.journal.SliceReceipt;
import org.asbeam.transforms.work.BackupWorker;
import org.asbeam.transforms.work.LentBackends;
import org.asbeam.transforms.work.WorkException;

/**
 * Commits a backup run when all its slices are done. What counts is the receipts in the folder; the
 * elements only say that their time has come.
 */
public final class CommitBackup
    extends PTransform<PCollection<SliceReceipt>, PCollection<Manifest>> {
  private static final long serialVersionUID = 1L;

  private final String directory;
  private final String runId;
  private final String backends;
  private final StoreAccess stores;

  private CommitBackup(String directory, String runId, String backends, StoreAccess stores) {
    this.directory = directory;
    this.runId = runId;
    this.backends = backends;
    this.stores = stores;
  }

  /** For a run whose journal lies in a folder. */
  public static CommitBackup of(String directory, String runId) {
    return new CommitBackup(directory, runId, LentBackends.REAL, StoreAccess.DEFAULT);
  }

  /** Lets the work use what a program lends under an id of {@link LentBackends}. */
  public CommitBackup withBackends(String id) {
    return new CommitBackup(directory, runId, id, stores);
  }

  /** What the folder's store is opened with. */
  public CommitBackup withStoreAccess(StoreAccess access) {
    return new CommitBackup(directory, runId, backends, access);
  }

  @Override
  public PCollection<Manifest> expand(PCollection<SliceReceipt> receipts) {
    return AllSlices.of(receipts, runId, SliceReceipt::slice)
        .apply("Commit", ParDo.of(new CommitFn(directory, backends, stores)))
        .setCoder(JsonCoder.of(Manifest.class));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("directory", directory));
    builder.add(DisplayData.item("runId", runId));
  }

  private static final class CommitFn extends DoFn<KV<String, Iterable<Integer>>, Manifest> {
    private static final long serialVersionUID = 1L;

    private final String directory;
    private final String backends;
    private final StoreAccess stores;

    private CommitFn(String directory, String backends, StoreAccess stores) {
      this.directory = directory;
      this.backends = backends;
      this.stores = stores;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<Integer>> run, OutputReceiver<Manifest> manifests)
        throws IOException {
      BackupWorker worker;
      try {
        worker = BackUpSlices.join(directory, run.getKey(), backends, stores);
      } catch (WorkException e) {
        // The failure is in the journal, where the launcher finds it.
        return;
      }
      try {
        worker.commit().ifPresent(manifests::output);
      } finally {
        BackUpSlices.leave(directory, run.getKey());
      }
    }
  }
}
