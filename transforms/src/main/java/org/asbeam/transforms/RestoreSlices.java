package org.asbeam.transforms;

import java.io.IOException;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.connectors.JsonCoder;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.transforms.work.FileOutcome;
import org.asbeam.transforms.work.LentBackends;
import org.asbeam.transforms.work.RestoreRun;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.RestoreWorker;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.WorkerName;

/**
 * Does the slices of a restore: each is read, decoded and written to the cluster in the thread that
 * gets it.
 */
public final class RestoreSlices
    extends PTransform<PCollection<FileSlice>, PCollection<FileOutcome>> {
  private static final long serialVersionUID = 1L;
  private static final SharedWorkers<RestoreWorker> WORKERS = new SharedWorkers<>();

  private final RestoreSpec spec;
  private final RestoreRun run;
  private final String backends;

  private RestoreSlices(RestoreSpec spec, RestoreRun run, String backends) {
    this.spec = spec;
    this.run = run;
    this.backends = backends;
  }

  /**
   * @param run as it was launched
   */
  public static RestoreSlices of(RestoreSpec spec, RestoreRun run) {
    return new RestoreSlices(spec, run, LentBackends.REAL);
  }

  /** Lets the work use what a program lends under an id of {@link LentBackends}. */
  public RestoreSlices withBackends(String id) {
    return new RestoreSlices(spec, run, id);
  }

  @Override
  public PCollection<FileOutcome> expand(PCollection<FileSlice> slices) {
    return slices
        .apply("Restore a slice", ParDo.of(new RestoreSliceFn(spec, run, backends)))
        .setCoder(JsonCoder.of(FileOutcome.class));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("directory", spec.input().text()));
    builder.add(DisplayData.item("namespace", spec.targetNamespace()));
  }

  private static final class RestoreSliceFn extends FileSliceFn<RestoreWorker> {
    private static final long serialVersionUID = 1L;

    private final RestoreSpec spec;
    private final RestoreRun run;

    private final String backends;

    private RestoreSliceFn(RestoreSpec spec, RestoreRun run, String backends) {
      super("restore", run.id());
      this.spec = spec;
      this.run = run;
      this.backends = backends;
    }

    @Override
    SharedWorkers<RestoreWorker> workers() {
      return WORKERS;
    }

    @Override
    RestoreWorker join(String runId) throws IOException, WorkException {
      return RestoreWorker.join(
          spec,
          run,
          LentBackends.of(backends).withStoreAccess(spec.access()),
          WorkerName.ofThisProcess());
    }

    @Override
    FileOutcome run(RestoreWorker with, FileSlice slice) throws IOException {
      return with.run(slice);
    }
  }
}
