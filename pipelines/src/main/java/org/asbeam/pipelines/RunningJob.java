package org.asbeam.pipelines;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.asbeam.transforms.work.Errors;
import org.asbeam.transforms.work.Progress;
import org.asbeam.transforms.work.RunStop;
import org.asbeam.transforms.work.Throttle;
import org.asbeam.transforms.work.WorkException;

/**
 * A job whose pipeline runs in a thread of its own: some runners give control back only at the end.
 *
 * @param <R> its report
 */
final class RunningJob<R> implements Job<R> {
  private final String runId;
  private final int slices;
  private final Totals totals;
  private final Progress progress;
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

  private RunningJob(String runId, int slices, Totals totals) {
    this.runId = runId;
    this.slices = slices;
    this.totals = totals;
    this.progress = Progress.of(runId);
    this.speed = new SpeedGauge(progress::records, progress::bytes, System::nanoTime);
  }

  /** The step that runs a pipeline to its end. */
  static Step running(String runId, Pipeline pipeline) {
    return () -> {
      if (pipeline.getOptions().getRunner() == DirectRunner.class) {
        // It tries nothing again, and says what failed after all that it has queued.
        RunStop.of(runId).endAtFailure();
      }
      pipeline.run().waitUntilFinish();
    };
  }

  static <R> Job<R> start(
      String runId,
      int slices,
      Totals totals,
      Step first,
      Pipeline pipeline,
      Reporter<R> reporter) {
    return start(runId, slices, totals, first, running(runId, pipeline), reporter);
  }

  /**
   * Starts a job.
   *
   * @param first what comes before the work
   * @param work the slices
   * @param reporter what comes after it
   */
  static <R> Job<R> start(
      String runId, int slices, Totals totals, Step first, Step work, Reporter<R> reporter) {
    // A run that is resumed in the process that stopped it has a flag from then.
    RunStop.forget(runId);
    Throttle.forget(runId);
    RunningJob<R> job = new RunningJob<>(runId, slices, totals);
    Thread thread = new Thread(() -> job.run(first, work, reporter), "asbeam-job-" + runId);
    thread.setDaemon(true);
    thread.start();
    return job;
  }

  private void run(Step first, Step work, Reporter<R> reporter) {
    try {
      first.run();
      work.run();
      end.done(reporter.report(end.elapsed()));
    } catch (Throwable e) {
      // Whatever it is, somebody waits for the end. Elements in work run on; the flag ends them.
      RunStop.of(runId).request();
      end.failed(failure(e));
    } finally {
      Progress.forget(runId);
      Throttle.forget(runId);
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

  /** The one line that a person gets for whatever a runner made of an error. */
  static WorkException failure(Throwable thrown) {
    if (thrown instanceof WorkException work) {
      return work;
    }
    Errors.Finding finding = Errors.of(thrown);
    return new WorkException(finding.code(), finding.message(), finding.hint(), thrown);
  }
}
