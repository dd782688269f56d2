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
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.VerifyWorker;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.WorkerName;

/**
 * Does the slices of a verification: each is read, its checksums compared and its records decoded
 * in the thread that gets it. Damage is no error but a finding.
 */
public final class VerifySlices
    extends PTransform<PCollection<FileSlice>, PCollection<FileOutcome>> {
  private static final long serialVersionUID = 1L;
  private static final SharedWorkers<VerifyWorker> WORKERS = new SharedWorkers<>();

  private final VerifySpec spec;
  private final String runId;
  private final String backends;

  private VerifySlices(VerifySpec spec, String runId, String backends) {
    this.spec = spec;
    this.runId = runId;
    this.backends = backends;
  }

  /**
   * @param runId names the verification among those of a process
   */
  public static VerifySlices of(VerifySpec spec, String runId) {
    return new VerifySlices(spec, runId, LentBackends.REAL);
  }

  /** Lets the work use what a program lends under an id of {@link LentBackends}. */
  public VerifySlices withBackends(String id) {
    return new VerifySlices(spec, runId, id);
  }

  @Override
  public PCollection<FileOutcome> expand(PCollection<FileSlice> slices) {
    return slices
        .apply("Verify a slice", ParDo.of(new VerifySliceFn(spec, runId, backends)))
        .setCoder(JsonCoder.of(FileOutcome.class));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("directory", spec.input().text()));
  }

  private static final class VerifySliceFn extends FileSliceFn<VerifyWorker> {
    private static final long serialVersionUID = 1L;

    private final VerifySpec spec;

    private final String backends;

    private VerifySliceFn(VerifySpec spec, String runId, String backends) {
      super("verify", runId);
      this.spec = spec;
      this.backends = backends;
    }

    @Override
    SharedWorkers<VerifyWorker> workers() {
      return WORKERS;
    }

    @Override
    VerifyWorker join(String run) throws IOException, WorkException {
      return VerifyWorker.join(
          spec,
          run,
          LentBackends.of(backends).withStoreAccess(spec.access()),
          WorkerName.ofThisProcess());
    }

    @Override
    FileOutcome run(VerifyWorker with, FileSlice slice) throws IOException {
      return with.run(slice);
    }
  }
}
