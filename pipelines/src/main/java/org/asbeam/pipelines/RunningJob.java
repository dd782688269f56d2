package org.asbeam.pipelines;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.asbeam.storage.journal.Failure;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.Errors;
import org.asbeam.transforms.work.OpenWorkers;
import org.asbeam.transforms.work.Progress;
import org.asbeam.transforms.work.ProgressView;
import org.asbeam.transforms.work.RunLook;
import org.asbeam.transforms.work.RunStop;
import org.asbeam.transforms.work.SharedLimits;
import org.asbeam.transforms.work.Surroundings;
import org.asbeam.transforms.work.Throttle;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.WorkerName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job whose pipeline runs in a thread of its own: some runners give control back only at the end.
 *
 * @param <R> its report
 */
final class RunningJob<R> implements Job<R> {
  private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);

  /** A person sees that it moves, and a store doesn't feel it. */
  private static final Duration LOOK_PERIOD = Duration.ofSeconds(2);

  /** Longer than workers take to close, unless a request hangs. */
  private static final Duration CLOSING = Duration.ofSeconds(30);

  private final String runId;
  private final int slices;
  private final Totals totals;
  private final Progress here;
  private final AtomicReference<Elsewhere> elsewhere = new AtomicReference<>();
  private final Instant started = Instant.now();
  private final JobEnd<R> end = new JobEnd<>();
  private final SpeedGauge speed;

  /** Work around the pipeline: before it, or after it. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  /** Makes the report when the pipeline has ended. */
  @FunctionalInterface
  interface Reporter<R> {
    R report(Duration elapsed) throws Exception;
  }

  /**
   * What there is to do, as far as it is known; 0: it isn't.
   *
   * @param records all records, an estimate
   * @param bytes all stored bytes
   */
  record Totals(long records, long bytes) {}

  /** What a launcher needs whose workers are in other processes. */
  private record Elsewhere(
      RunLook look, String afterStop, Stopper stopper, Surroundings.Closing refreshing) {}

  /** Says in the run's folder that the run shall not go on: files the failure in its journal. */
  @FunctionalInterface
  interface Stopper {
    void stop(Failure failure) throws IOException;
  }

  RunningJob(String runId, int slices, Totals totals) {
    this.runId = runId;
    this.slices = slices;
    this.totals = totals;
    // A run that is resumed in the process that stopped it has a flag from then.
    RunStop.forget(runId);
    Throttle.forget(runId);
    this.here = Progress.of(runId);
    this.speed = new SpeedGauge(() -> view().records(), () -> view().bytes(), System::nanoTime);
  }

  /**
   * Tells the job that its workers are in other processes: how far it is, is seen in its folder,
   * and there it is stopped.
   *
   * @param look is closed at the job's end
   * @param afterStop what a person does who goes on with a job that was stopped
   */
  void watch(RunLook look, String afterStop, Stopper stopper) {
    Surroundings.Closing refreshing =
        Surroundings.real().timer().every(LOOK_PERIOD, "look-" + runId, () -> refreshQuietly(look));
    elsewhere.set(new Elsewhere(look, afterStop, stopper, refreshing));
  }

  private static void refreshQuietly(RunLook look) {
    try {
      look.refresh();
    } catch (IOException | RuntimeException e) {
      // Only what a person sees is a little older then.
      LOG.debug("the run's folder could not be read: {}", e.getMessage());
    }
  }

  /** What the folder tells goes with the journal. */
  private void lookLast() {
    Elsewhere there = elsewhere.get();
    if (there != null) {
      refreshQuietly(there.look());
    }
  }

  /** Who hears of the end may go on with the run at once, or delete its folder. */
  private void awaitWorkersHere() {
    try {
      if (!OpenWorkers.awaitNone(runId, CLOSING)) {
        LOG.warn("the runner has not ended the work of {} yet", runId);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ProgressView view() {
    Elsewhere there = elsewhere.get();
    return there == null ? here : there.look();
  }

  /** The step that runs a pipeline to its end. */
  static Step running(String runId, Pipeline pipeline) {
    return () -> {
      if (pipeline.getOptions().getRunner() == DirectRunner.class) {
        // It tries nothing again, and says what failed after all that it has queued.
        RunStop.of(runId).endAtFailure();
      }
      PipelineResult.State state = pipeline.run().waitUntilFinish();
      if (state == PipelineResult.State.FAILED || state == PipelineResult.State.CANCELLED) {
        throw new WorkException(
            state == PipelineResult.State.FAILED ? ErrorCode.RUNNER : ErrorCode.STOPPED,
            "the runner says that the job is " + state,
            "see the runner's log");
      }
    };
  }

  /** Hands a pipeline to its runner. */
  static void submit(Pipeline pipeline) throws WorkException {
    try {
      pipeline.run();
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  /**
   * Starts the job.
   *
   * @param first what comes before the work
   * @param work the slices
   * @param reporter what comes after it
   */
  Job<R> start(Step first, Step work, Reporter<R> reporter) {
    if (elsewhere.get() == null) {
      SharedLimits.onlyHere(runId);
    }
    Thread thread = new Thread(() -> run(first, work, reporter), "asbeam-job-" + runId);
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  private void run(Step first, Step work, Reporter<R> reporter) {
    try {
      first.run();
      work.run();
      awaitWorkersHere();
      lookLast();
      end.done(reporter.report(end.elapsed()));
    } catch (Throwable e) {
      // Whatever it is, somebody waits for the end. Elements in work run on; the flag ends them.
      RunStop.of(runId).request();
      awaitWorkersHere();
      end.failed(failureOfThis(e));
    } finally {
      Elsewhere there = elsewhere.get();
      if (there != null) {
        there.refreshing().close();
        there.look().close();
      }
      Progress.forget(runId);
      Throttle.forget(runId);
      SharedLimits.forget(runId);
    }
  }

  @Override
  public String id() {
    return runId;
  }

  @Override
  public JobStatus status() {
    return end.status();
  }

  @Override
  public JobProgress progress() {
    ProgressView progress = view();
    int done = progress.slicesDone();
    double fraction = (double) done / Math.max(1, slices);
    if (totals.records() > 0) {
      fraction = (double) progress.records() / totals.records();
    } else if (totals.bytes() > 0) {
      fraction = (double) progress.bytes() / totals.bytes();
    }
    // An estimate may fall short; only the end is the end.
    return new JobProgress(
        Math.min(fraction, end.isCome() ? 1 : 0.999),
        progress.records(),
        progress.bytes(),
        done,
        slices,
        end.elapsed());
  }

  @Override
  public JobStatistics statistics() {
    ProgressView progress = view();
    return new JobStatistics(
        started,
        end.elapsed(),
        totals.records(),
        progress.records(),
        progress.bytes(),
        progress.files(),
        progress.outcomes());
  }

  @Override
  public JobMetrics metrics() {
    if (end.isCome()) {
      return JobMetrics.NONE;
    }
    ProgressView progress = view();
    SpeedGauge.Speed now = speed.now();
    int inWork = progress.slicesInWork();
    return new JobMetrics(
        now.records(),
        now.bytes() / 1024,
        inWork,
        Math.max(0, slices - progress.slicesDone() - inWork),
        progress.recordsInFlight());
  }

  @Override
  public void stop() {
    RunStop.of(runId).request();
    Elsewhere there = elsewhere.get();
    if (there != null && !end.isCome()) {
      Thread thread = new Thread(() -> stop(there), "asbeam-stop-" + runId);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void stop(Elsewhere there) {
    try {
      there
          .stopper()
          .stop(
              new Failure(
                  ErrorCode.STOPPED.name(),
                  "the job was stopped",
                  there.afterStop(),
                  -1,
                  WorkerName.ofThisProcess()));
    } catch (IOException e) {
      LOG.warn("the workers can't be told to stop: {}", e.getMessage());
    }
  }

  @Override
  public R await() throws WorkException, InterruptedException {
    return end.await();
  }

  @Override
  public Optional<R> await(Duration timeout) throws WorkException, InterruptedException {
    return end.await(timeout);
  }

  @Override
  public Optional<WorkException> error() {
    return end.error();
  }

  private WorkException failureOfThis(Throwable thrown) {
    Elsewhere there = elsewhere.get();
    if (there == null || thrown instanceof WorkException) {
      return failure(thrown);
    }
    return exception(Errors.ofRunner(thrown, "see its log; then " + there.afterStop()), thrown);
  }

  /** The one line that a person gets for whatever a runner made of an error. */
  static WorkException failure(Throwable thrown) {
    if (thrown instanceof WorkException work) {
      return work;
    }
    return exception(Errors.of(thrown), thrown);
  }

  private static WorkException exception(Errors.Finding finding, Throwable thrown) {
    return new WorkException(finding.code(), finding.message(), finding.hint(), thrown);
  }
}
