package org.asbeam.pipelines;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.storage.Store;
import org.asbeam.storage.journal.Failure;
import org.asbeam.storage.journal.FileJournal;
import org.asbeam.transforms.ReportFiles;
import org.asbeam.transforms.VerifySlices;
import org.asbeam.transforms.work.Backends;
import org.asbeam.transforms.work.FileJobEnd;
import org.asbeam.transforms.work.FileOutcome;
import org.asbeam.transforms.work.FileRun;
import org.asbeam.transforms.work.LentBackends;
import org.asbeam.transforms.work.OpenInputs;
import org.asbeam.transforms.work.Places;
import org.asbeam.transforms.work.Surroundings;
import org.asbeam.transforms.work.Thaw;
import org.asbeam.transforms.work.VerifyLaunch;
import org.asbeam.transforms.work.VerifyResult;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.VerifyWorker;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.WorkerName;

/** Verifies a backup: {@code Read(FileSource) -> VerifySlices -> ReportFiles}. */
public final class VerifyPipeline {
  private final VerifySpec spec;
  private final Backends backends;
  private final Placement placement;
  private final VerifyLaunch launch;
  private final OpenInputs inputs;
  private final FileRun run;

  private VerifyPipeline(
      VerifySpec spec,
      Backends backends,
      Placement placement,
      VerifyLaunch launch,
      OpenInputs inputs,
      FileRun run) {
    this.spec = spec;
    this.backends = backends;
    this.placement = placement;
    this.launch = launch;
    this.inputs = inputs;
    this.run = run;
  }

  /**
   * Starts a verification.
   *
   * @throws WorkException if an input holds no backup
   */
  public static Job<VerifyReport> start(VerifySpec spec, PipelineOptions options)
      throws WorkException {
    return start(spec, Placement.here(options), line -> {}, () -> false, LentBackends.REAL);
  }

  /**
   * @param news gets what a person should know of before the work begins, line by line
   * @param stopping ends the preparation soon after it turns true
   * @param lent an id of {@link LentBackends}
   */
  static Job<VerifyReport> start(
      VerifySpec spec,
      Placement placement,
      Consumer<String> news,
      BooleanSupplier stopping,
      String lent)
      throws WorkException {
    try {
      return launch(spec, placement, news, stopping, lent).start(lent);
    } catch (IOException e) {
      throw RunningJob.failure(e);
    }
  }

  /**
   * Hands a verification to a cluster, and does not wait for its end.
   *
   * @param placement elsewhere; its runner must give control back at once
   * @param news gets what a person should know of before the work begins, line by line
   */
  static Submission submit(VerifySpec spec, Placement placement, Consumer<String> news)
      throws WorkException {
    try {
      VerifyPipeline verify = launch(spec, placement, news, () -> false, LentBackends.REAL);
      verify.inputs.close();
      RunningJob.submit(pipeline(verify.spec, verify.run, LentBackends.REAL, placement));
      return new Submission(verify.run.id(), verify.run.journalDirectory(), verify.run.slices(), 0);
    } catch (IOException e) {
      throw RunningJob.failure(e);
    }
  }

  private static VerifyPipeline launch(
      VerifySpec given,
      Placement placement,
      Consumer<String> news,
      BooleanSupplier stopping,
      String lent)
      throws IOException, WorkException {
    VerifySpec spec = placement.fit(given, Places::absolute);
    spec.input().checkDistinct();
    Backends backends = LentBackends.of(lent).withStoreAccess(spec.access());
    Thaw.await(spec.input(), backends, news, stopping);
    OpenInputs inputs =
        placement.isHere() || spec.input().key() == null
            ? OpenInputs.openToVerify(spec.input(), spec.secretAgent(), backends)
            : OpenInputs.openToLaunch(spec.input(), spec.secretAgent(), backends);
    try {
      VerifyLaunch launch = new VerifyLaunch(backends, Surroundings.real());
      FileRun run = launch.launch(spec, inputs, placement.workers());
      return new VerifyPipeline(spec, backends, placement, launch, inputs, run);
    } catch (IOException | WorkException | RuntimeException e) {
      inputs.close();
      throw e;
    }
  }

  private Job<VerifyReport> start(String lent) throws IOException {
    RunningJob<VerifyReport> job = FileJobs.job(run, inputs, placement, backends);
    if (!placement.isHere()) {
      return job.start(
          () -> {},
          RunningJob.running(run.id(), pipeline(spec, run, lent, placement)),
          this::endElsewhere);
    }
    Outcomes outcomes = new Outcomes(run.id(), spec.input().text(), run.slices());
    RunningJob.Step work =
        inputs.isStream()
            ? () -> outcomes.put(ofStream())
            : RunningJob.running(run.id(), pipeline(spec, run, lent, placement));
    return job.start(() -> {}, work, elapsed -> end(outcomes.all(), elapsed));
  }

  /** Step names are stable: runners show them. */
  static Pipeline pipeline(VerifySpec spec, FileRun run, String lent, Placement placement) {
    Pipeline pipeline = Pipeline.create(placement.options().apply(spec.slots()));
    VerifySlices work = VerifySlices.of(spec, run).withBackends(lent);
    PCollection<FileOutcome> outcomes =
        FileJobs.slices(pipeline, spec.input(), run, spec.access(), placement)
            .apply("Verify slices", work);
    if (placement.isHere()) {
      outcomes.apply("Report", ReportFiles.of(run.id()));
    } else {
      outcomes.apply("End verification", work.end());
    }
    return pipeline;
  }

  private FileOutcome ofStream() throws IOException, WorkException {
    try (VerifyWorker worker =
        VerifyWorker.join(spec, run, backends, Surroundings.real(), WorkerName.ofThisProcess())) {
      return worker.run(inputs.slices(1).get(0));
    }
  }

  private VerifyReport end(List<FileOutcome> outcomes, Duration elapsed)
      throws IOException, WorkException {
    try (inputs) {
      return report(VerifyResult.of(run, spec, inputs, outcomes), inputs.warnings(), elapsed);
    }
  }

  /**
   * What the workers found is in the journal, which goes now. It is they who had the key, perhaps.
   */
  private VerifyReport endElsewhere(Duration elapsed) throws IOException, WorkException {
    try (inputs;
        Store store = backends.openStore(run.journalDirectory())) {
      FileJournal journal = run.journal(store);
      Optional<Failure> failure = journal.signs().failure();
      if (failure.isPresent()) {
        throw WorkException.of(failure.get());
      }
      Optional<FileJobEnd> end = journal.end(FileJobEnd.class);
      if (end.isEmpty()) {
        throw VerifyResult.incomplete(run, spec, journal.slicesDone().size());
      }
      return report(end.get().verified(), end.get().warnings(), elapsed);
    } finally {
      launch.end(run);
    }
  }

  private VerifyReport report(VerifyResult result, List<String> warnings, Duration elapsed) {
    return new VerifyReport(
        spec.input().text(),
        inputs.manifests(),
        inputs.files(),
        inputs.bytes(),
        result.records(),
        result.indexes(),
        result.udfs(),
        result.findings(),
        result.promises(),
        warnings,
        elapsed);
  }
}
