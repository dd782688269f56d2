package org.asbeam.pipelines;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.storage.Store;
import org.asbeam.storage.journal.Failure;
import org.asbeam.storage.journal.FileJournal;
import org.asbeam.transforms.ReportFiles;
import org.asbeam.transforms.RestoreSlices;
import org.asbeam.transforms.work.Backends;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.FileJobEnd;
import org.asbeam.transforms.work.FileOutcome;
import org.asbeam.transforms.work.FileRun;
import org.asbeam.transforms.work.LentBackends;
import org.asbeam.transforms.work.MetadataOutcome;
import org.asbeam.transforms.work.OpenInputs;
import org.asbeam.transforms.work.Places;
import org.asbeam.transforms.work.RestoreLaunch;
import org.asbeam.transforms.work.RestoreResult;
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
  private final Placement placement;
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
      Placement placement,
      RestoreLaunch launch,
      OpenInputs inputs,
      TargetView target,
      RestoreLaunch.Launched launched) {
    this.spec = spec;
    this.backends = backends;
    this.lent = lent;
    this.placement = placement;
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
    return start(spec, Placement.here(options), news, () -> false, LentBackends.REAL);
  }

  /**
   * @param stopping ends the preparation soon after it turns true
   * @param lent an id of {@link LentBackends}
   */
  static Job<RestoreReport> start(
      RestoreSpec spec,
      Placement placement,
      Consumer<String> news,
      BooleanSupplier stopping,
      String lent)
      throws WorkException {
    try {
      return launch(spec, placement, news, stopping, lent).start();
    } catch (IOException e) {
      throw RunningJob.failure(e);
    }
  }

  /**
   * Hands a restore to a cluster, and does not wait for its end.
   *
   * @param placement elsewhere; its runner must give control back at once
   * @param news gets what a person should see before the first write, line by line
   */
  static Submission submit(RestoreSpec spec, Placement placement, Consumer<String> news)
      throws WorkException {
    try {
      RestorePipeline restore = launch(spec, placement, news, () -> false, LentBackends.REAL);
      restore.inputs.close();
      restore.launched.warnings().forEach(news);
      FileRun run = restore.launched.run();
      RunningJob.submit(pipeline(restore.spec, run, LentBackends.REAL, placement));
      return new Submission(
          run.id(), run.journalDirectory(), run.slices(), restore.launched.done().size());
    } catch (IOException e) {
      throw RunningJob.failure(e);
    }
  }

  private static RestorePipeline launch(
      RestoreSpec given,
      Placement placement,
      Consumer<String> news,
      BooleanSupplier stopping,
      String lent)
      throws IOException, WorkException {
    RestoreSpec spec = placement.fit(given, Places::absolute);
    spec.input().checkDistinct();
    Backends backends = LentBackends.of(lent).withStoreAccess(spec.access());
    Thaw.await(spec.input(), backends, news, stopping);
    OpenInputs inputs =
        placement.isHere()
            ? OpenInputs.open(spec.input(), spec.secretAgent(), backends)
            : OpenInputs.openToLaunch(spec.input(), spec.secretAgent(), backends);
    try {
      TargetView target =
          placement.look(() -> backends.lookAtTarget(spec), () -> TargetView.UNSEEN, news);
      target.facts().forEach(news);
      RestoreLaunch launch = new RestoreLaunch(backends, Surroundings.real());
      RestoreLaunch.Launched launched = launch.launch(spec, inputs, target, placement.workers());
      return new RestorePipeline(spec, backends, lent, placement, launch, inputs, target, launched);
    } catch (IOException | WorkException | RuntimeException e) {
      inputs.close();
      throw e;
    }
  }

  private Job<RestoreReport> start() throws IOException {
    FileRun run = launched.run();
    RunningJob<RestoreReport> job = FileJobs.job(run, inputs, placement, backends);
    if (!placement.isHere()) {
      return job.start(
          () -> {},
          resumable(RunningJob.running(run.id(), pipeline(spec, run, lent, placement))),
          this::endElsewhere);
    }
    RunningJob.Step work =
        inputs.isStream()
            ? this::restoreStream
            : RunningJob.running(run.id(), pipeline(spec, run, lent, placement));
    return job.start(() -> metadata(!spec.metadataLast()), resumable(work), this::end);
  }

  /** Whatever a runner gives up for, such as a cluster that stalls: the restore can go on. */
  private RunningJob.Step resumable(RunningJob.Step work) {
    return () -> {
      try {
        work.run();
      } catch (Exception e) {
        WorkException failure = RunningJob.failure(e);
        throw new WorkException(
            failure.code(),
            failure.getMessage(),
            RestoreResult.hint(launched.run(), failure.hint()),
            failure);
      }
    };
  }

  /** Step names are stable: runners show them. */
  static Pipeline pipeline(RestoreSpec spec, FileRun run, String lent, Placement placement) {
    Pipeline pipeline = Pipeline.create(placement.options().apply(spec.slots()));
    RestoreSlices work = RestoreSlices.of(spec, run).withBackends(lent);
    PCollection<FileOutcome> outcomes =
        FileJobs.slices(pipeline, spec.input(), run, spec.access(), placement)
            .apply("Restore slices", work);
    if (placement.isHere()) {
      outcomes.apply("Report", ReportFiles.of(run.id()));
    } else {
      outcomes.apply("End restore", work.end());
    }
    return pipeline;
  }

  private RestoreWorker join() throws IOException, WorkException {
    return RestoreWorker.join(
        spec, launched.run(), backends, Surroundings.real(), WorkerName.ofThisProcess());
  }

  private void metadata(boolean now) throws IOException, WorkException {
    if (now && !inputs.isStream()) {
      try (RestoreWorker worker = join()) {
        metadata.set(worker.restoreMetadata());
      }
    }
  }

  private void restoreStream() throws IOException, WorkException {
    try (RestoreWorker worker = join()) {
      outcomes.put(worker.run(inputs.slices(1).get(0)));
    }
  }

  private RestoreReport end(Duration elapsed) throws IOException, WorkException {
    try (inputs) {
      List<FileOutcome> all = outcomes.all();
      RestoreResult result = RestoreResult.of(launched.run(), inputs, all);
      metadata(spec.metadataLast());
      if (RunStop.of(launched.run().id()).requested()) {
        throw RestoreResult.stopped(launched.run(), result.records());
      }
      MetadataOutcome restored = metadata.get().plus(result.metadata());
      List<String> last = new ArrayList<>(target.warnings());
      last.addAll(launch.end(spec, launched.run(), all));
      return report(result, restored, last, elapsed);
    }
  }

  /** What the workers found and did is in the journal, which goes now. */
  private RestoreReport endElsewhere(Duration elapsed) throws IOException, WorkException {
    try (inputs;
        Store store = backends.openStore(launched.run().journalDirectory())) {
      FileJournal journal = launched.run().journal(store);
      Optional<FileJobEnd> ended = journal.end(FileJobEnd.class);
      List<FileOutcome> all = journal.outcomes(FileOutcome.class);
      if (ended.isEmpty()) {
        throw unfinished(journal, all);
      }
      RestoreResult result =
          new RestoreResult(
              ended.get().records(),
              ended.get().metadata(),
              all.stream().anyMatch(FileOutcome::again));
      List<String> last = new ArrayList<>(ended.get().warnings());
      last.addAll(launch.end(spec, launched.run(), all));
      return report(result, ended.get().metadata(), last, elapsed);
    }
  }

  private WorkException unfinished(FileJournal journal, List<FileOutcome> done) throws IOException {
    Optional<Failure> failure = journal.signs().failure();
    if (failure.isPresent()) {
      return RestoreResult.failed(launched.run(), failure.get());
    }
    return new WorkException(
        ErrorCode.STOPPED,
        "the restore is unfinished: "
            + done.stream().filter(o -> o.slice() < launched.run().slices()).count()
            + " of "
            + launched.run().slices()
            + " slices are done",
        RestoreResult.hint(launched.run(), ""));
  }

  private RestoreReport report(
      RestoreResult result, MetadataOutcome restored, List<String> last, Duration elapsed) {
    List<String> warnings = new ArrayList<>(inputs.warnings());
    warnings.addAll(launched.warnings());
    warnings.addAll(last);
    warnings.addAll(restored.warnings());
    int done = launched.done().size();
    boolean again = result.again() || spec.resume() && done < launched.run().slices();
    return new RestoreReport(
        spec.input().text(),
        inputs.files(),
        inputs.bytes(),
        result.records(),
        restored,
        launched.run().slices(),
        done,
        again,
        spec.rejects().directory(),
        warnings,
        elapsed);
  }
}
