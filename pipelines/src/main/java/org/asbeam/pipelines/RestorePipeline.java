package org.asbeam.pipelines;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptions;
import org.asbeam.connectors.FileSource;
import org.asbeam.transforms.ReportFiles;
import org.asbeam.transforms.RestoreSlices;
import org.asbeam.transforms.work.Backends;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.FileOutcome;
import org.asbeam.transforms.work.LentBackends;
import org.asbeam.transforms.work.MetadataOutcome;
import org.asbeam.transforms.work.OpenInputs;
import org.asbeam.transforms.work.RecordCounts;
import org.asbeam.transforms.work.RestoreLaunch;
import org.asbeam.transforms.work.RestoreRun;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.RestoreWorker;
import org.asbeam.transforms.work.RunStop;
import org.asbeam.transforms.work.Surroundings;
import org.asbeam.transforms.work.TargetView;
import org.asbeam.transforms.work.Thaw;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.WorkerName;

/**
 * Restores a backup: {@code Read(FileSource) -> RestoreSlices -> ReportFiles}. Secondary indexes
 * and UDF modules are created in a step before it, or on its outcomes. A stream is restored by the
 * launching process itself.
 */
public final class RestorePipeline {
  private final RestoreSpec spec;
  private final Backends backends;
  private final String lent;
  private final RestoreLaunch launch;
  private final OpenInputs inputs;
  private final TargetView target;
  private final RestoreLaunch.Launched launched;
  private final Outcomes outcomes;
  private final AtomicReference<MetadataOutcome> metadata =
      new AtomicReference<>(MetadataOutcome.NONE);

  private RestorePipeline(
      RestoreSpec spec,
      Backends backends,
      String lent,
      RestoreLaunch launch,
      OpenInputs inputs,
      TargetView target,
      RestoreLaunch.Launched launched) {
    this.spec = spec;
    this.backends = backends;
    this.lent = lent;
    this.launch = launch;
    this.inputs = inputs;
    this.target = target;
    this.launched = launched;
    this.outcomes = new Outcomes(launched.run().id(), spec.input().text(), launched.run().slices());
  }

  /** As {@link #start(RestoreSpec, PipelineOptions, Consumer)}, without the news. */
  public static Job<RestoreReport> start(RestoreSpec spec, PipelineOptions options)
      throws WorkException {
    return start(spec, options, line -> {});
  }

  /**
   * Starts a restore. When this returns, all that can be checked before the first write is checked.
   *
   * @param news gets what a person should see before the first write, line by line
   * @throws WorkException if an input holds no backup, or the target can't be reached or would
   *     refuse it
   */
  public static Job<RestoreReport> start(
      RestoreSpec spec, PipelineOptions options, Consumer<String> news) throws WorkException {
    return start(spec, options, news, () -> false, LentBackends.REAL);
  }

  /**
   * @param stopping ends the preparation soon after it turns true
   * @param lent an id of {@link LentBackends}
   */
  static Job<RestoreReport> start(
      RestoreSpec spec,
      PipelineOptions options,
      Consumer<String> news,
      BooleanSupplier stopping,
      String lent)
      throws WorkException {
    spec.input().checkDistinct();
    Backends backends = LentBackends.of(lent).withStoreAccess(spec.access());
    try {
      Thaw.await(spec.input(), backends, news, stopping);
      OpenInputs inputs = OpenInputs.open(spec.input(), spec.secretAgent(), backends);
      try {
        TargetView target = backends.lookAtTarget(spec);
        target.facts().forEach(news);
        RestoreLaunch launch = new RestoreLaunch(backends, Surroundings.real());
        return new RestorePipeline(
                spec, backends, lent, launch, inputs, target, launch.launch(spec, inputs, target))
            .start(options);
      } catch (IOException | WorkException | RuntimeException e) {
        inputs.close();
        throw e;
      }
    } catch (IOException e) {
      throw RunningJob.failure(e);
    }
  }

  private Job<RestoreReport> start(PipelineOptions options) {
    RestoreRun run = launched.run();
    RunningJob.Step work =
        inputs.isStream()
            ? this::restoreStream
            : RunningJob.running(run.id(), pipeline(spec, run, lent, options));
    return RunningJob.start(
        run.id(),
        run.slices(),
        new RunningJob.Totals(0, inputs.bytes()),
        () -> metadata(!spec.metadataLast()),
        resumable(work),
        this::end);
  }

  /** Whatever a runner gives up for, such as a cluster that stalls: the restore can go on. */
  private RunningJob.Step resumable(RunningJob.Step work) {
    return () -> {
      try {
        work.run();
      } catch (Exception e) {
        WorkException failure = RunningJob.failure(e);
        throw new WorkException(
            failure.code(), failure.getMessage(), hint(failure.hint()), failure);
      }
    };
  }

  /** Step names are stable: runners show them. */
  static Pipeline pipeline(RestoreSpec spec, RestoreRun run, String lent, PipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(
            "Read slices",
            Read.from(
                FileSource.of(
                    spec.input().parts(), run.slots(), run.edition(), run.slices(), spec.access())))
        .apply("Restore slices", RestoreSlices.of(spec, run).withBackends(lent))
        .apply("Report", ReportFiles.of(run.id()));
    return pipeline;
  }

  private RestoreWorker join() throws IOException {
    return RestoreWorker.join(spec, launched.run(), backends, WorkerName.ofThisProcess());
  }

  private void metadata(boolean now) throws IOException {
    if (now && !inputs.isStream()) {
      try (RestoreWorker worker = join()) {
        metadata.set(worker.restoreMetadata());
      }
    }
  }

  private void restoreStream() throws IOException {
    try (RestoreWorker worker = join()) {
      outcomes.put(worker.run(inputs.slices(1).get(0)));
    }
  }

  private RestoreReport end(Duration elapsed) throws IOException, WorkException {
    try (inputs) {
      List<FileOutcome> all = outcomes.all();
      RecordCounts counts = RecordCounts.NONE;
      for (FileOutcome outcome : all) {
        counts = counts.plus(outcome.records());
      }
      checkEnd(all, counts);
      metadata(spec.metadataLast());
      if (RunStop.of(launched.run().id()).requested()) {
        throw stopped(counts);
      }
      return report(all, counts, launch.end(spec, launched.run(), all), elapsed);
    }
  }

  private void checkEnd(List<FileOutcome> all, RecordCounts counts) throws WorkException {
    for (FileOutcome outcome : all) {
      if (outcome.failed().isPresent()) {
        ErrorCode code = ErrorCode.valueOf(outcome.failure().code());
        throw new WorkException(code, outcome.failure().message(), hint(outcome.failure().hint()));
      }
    }
    if (RunStop.of(launched.run().id()).requested()) {
      throw stopped(counts);
    }
    if (!counts.addsUp() || all.stream().anyMatch(outcome -> !outcome.records().addsUp())) {
      throw new WorkException(
          ErrorCode.INTERNAL, "the counts of the records don't add up: " + counts, "report this");
    }
    for (int i = 0; i < inputs.all().size(); i++) {
      int input = i;
      long read =
          all.stream()
              .filter(outcome -> outcome.input() == input)
              .mapToLong(outcome -> outcome.records().read())
              .sum();
      inputs.checkTotal(input, read);
    }
  }

  private String hint(String what) {
    if (!launched.run().isResumable()) {
      return what;
    }
    String resume = "go on with the same flags and --resume";
    return what.isEmpty() ? resume : what + "; then " + resume;
  }

  private WorkException stopped(RecordCounts counts) {
    return new WorkException(
        ErrorCode.STOPPED,
        "the restore was stopped; at least " + counts.inserted() + " records were written",
        launched.run().isResumable()
            ? hint("")
            : "run it again: records that are there are passed over as fresher");
  }

  private RestoreReport report(
      List<FileOutcome> all, RecordCounts counts, List<String> last, Duration elapsed) {
    List<String> warnings = new ArrayList<>(inputs.warnings());
    warnings.addAll(target.warnings());
    warnings.addAll(launched.warnings());
    warnings.addAll(last);
    MetadataOutcome restored = metadata.get();
    for (FileOutcome outcome : all) {
      restored = restored.plus(outcome.metadata());
    }
    warnings.addAll(restored.warnings());
    int done = launched.done().size();
    boolean again =
        all.stream().anyMatch(FileOutcome::again)
            || spec.resume() && done < launched.run().slices();
    return new RestoreReport(
        spec.input().text(),
        inputs.files(),
        inputs.bytes(),
        counts,
        restored,
        launched.run().slices(),
        done,
        again,
        spec.rejects().directory(),
        warnings,
        elapsed);
  }
}
