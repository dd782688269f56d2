package org.asbeam.transforms;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.connectors.JsonCoder;
import org.asbeam.storage.journal.PartitionSlice;
import org.asbeam.storage.journal.SliceReceipt;
import org.asbeam.transforms.work.BackupWorker;
import org.asbeam.transforms.work.RealBackends;
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

  private BackUpSlices(String directory, String runId) {
    this.directory = directory;
    this.runId = runId;
  }

  /** For a run whose plan lies in a folder. */
  public static BackUpSlices of(String directory, String runId) {
    return new BackUpSlices(directory, runId);
  }

  @Override
  public PCollection<SliceReceipt> expand(PCollection<PartitionSlice> slices) {
    return slices
        .apply("Back up a slice", ParDo.of(new BackUpSliceFn(directory, runId)))
        .setCoder(JsonCoder.of(SliceReceipt.class));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("directory", directory));
    builder.add(DisplayData.item("runId", runId));
  }

  /** The workers of the backup runs in this process; the commit uses them too. */
  static final SharedWorkers<BackupWorker> WORKERS = new SharedWorkers<>();

  static BackupWorker join(String directory, String runId) throws IOException, WorkException {
    return WORKERS.acquire(
        runId,
        () ->
            BackupWorker.join(
                directory,
                runId,
                new RealBackends(),
                Surroundings.real(),
                WorkerName.ofThisProcess()));
  }

  private static final class BackUpSliceFn extends DoFn<PartitionSlice, SliceReceipt> {
    private static final long serialVersionUID = 1L;

    private final String directory;
    private final String runId;
    private final Counters counters = Counters.of("backup");
    private transient BackupWorker worker;

    private BackUpSliceFn(String directory, String runId) {
      this.directory = directory;
      this.runId = runId;
    }

    @ProcessElement
    public void process(@Element PartitionSlice slice, OutputReceiver<SliceReceipt> receipts)
        throws IOException {
      if (worker == null) {
        try {
          worker = join(directory, runId);
        } catch (WorkException e) {
          // The failure is in the journal, where the launcher finds it.
          return;
        }
      }
      worker
          .run(slice)
          .ifPresent(
              receipt -> {
                counters.slice(receipt.records(), receipt.bytes());
                receipts.output(receipt);
              });
    }

    @Teardown
    public void tearDown() throws IOException {
      if (worker != null) {
        worker = null;
        WORKERS.release(runId);
      }
    }
  }
}
