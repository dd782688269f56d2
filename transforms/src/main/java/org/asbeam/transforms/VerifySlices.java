package org.asbeam.transforms;

import java.io.IOException;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.connectors.JsonCoder;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.transforms.work.FileOutcome;
import org.asbeam.transforms.work.RealBackends;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.VerifyWorker;
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

  private VerifySlices(VerifySpec spec, String runId) {
    this.spec = spec;
    this.runId = runId;
  }

  /**
   * @param runId names the verification among those of a process
   */
  public static VerifySlices of(VerifySpec spec, String runId) {
    return new VerifySlices(spec, runId);
  }

  @Override
  public PCollection<FileOutcome> expand(PCollection<FileSlice> slices) {
    return slices
        .apply("Verify a slice", ParDo.of(new VerifySliceFn(spec, runId)))
        .setCoder(JsonCoder.of(FileOutcome.class));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("directory", spec.input().text()));
  }

  private static final class VerifySliceFn extends FileSliceFn<VerifyWorker> {
    private static final long serialVersionUID = 1L;

    private final VerifySpec spec;

    private VerifySliceFn(VerifySpec spec, String runId) {
      super("verify", runId);
      this.spec = spec;
    }

    @Override
    SharedWorkers<VerifyWorker> workers() {
      return WORKERS;
    }

    @Override
    VerifyWorker join(String run) throws IOException {
      return VerifyWorker.join(spec, run, new RealBackends(), WorkerName.ofThisProcess());
    }

    @Override
    FileOutcome run(VerifyWorker with, FileSlice slice) throws IOException {
      return with.run(slice);
    }
  }
}
