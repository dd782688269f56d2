package org.asbeam.transforms;

import java.io.IOException;
import java.util.Optional;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.connectors.JsonCoder;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.transforms.work.FileJobEnd;
import org.asbeam.transforms.work.FileOutcome;
import org.asbeam.transforms.work.FileRun;
import org.asbeam.transforms.work.LentBackends;
import org.asbeam.transforms.work.Surroundings;
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
  private final FileRun run;
  private final String backends;

  private VerifySlices(VerifySpec spec, FileRun run, String backends) {
    this.spec = spec;
    this.run = run;
    this.backends = backends;
  }

  /**
   * @param run as it was launched
   */
  public static VerifySlices of(VerifySpec spec, FileRun run) {
    return new VerifySlices(spec, run, LentBackends.REAL);
  }

  /** Lets the work use what a program lends under an id of {@link LentBackends}. */
  public VerifySlices withBackends(String id) {
    return new VerifySlices(spec, run, id);
  }

  @Override
  public PCollection<FileOutcome> expand(PCollection<FileSlice> slices) {
    return slices
        .apply(
            "Verify a slice", ParDo.of(new FileSliceFn<>("verify", new Work(spec, run, backends))))
        .setCoder(JsonCoder.of(FileOutcome.class));
  }

  /** What tells that all slices are done, for workers elsewhere. */
  public EndFiles<VerifyWorker> end() {
    return new EndFiles<>(new Work(spec, run, backends));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("directory", spec.input().text()));
  }

  private record Work(VerifySpec spec, FileRun run, String backends)
      implements FileWork<VerifyWorker> {
    @Override
    public SharedWorkers<VerifyWorker> workers() {
      return WORKERS;
    }

    @Override
    public VerifyWorker join() throws IOException, WorkException {
      return VerifyWorker.join(
          spec,
          run,
          LentBackends.of(backends).withStoreAccess(spec.access()),
          Surroundings.real(),
          WorkerName.ofThisProcess());
    }

    @Override
    public FileOutcome slice(VerifyWorker worker, FileSlice slice) throws IOException {
      return worker.run(slice);
    }

    @Override
    public Optional<FileJobEnd> end(VerifyWorker worker) throws IOException {
      return worker.end();
    }
  }
}
