package org.asbeam.pipelines;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.RecordCounts;
import org.asbeam.transforms.work.WorkException;
import org.slf4j.Logger;

/**
 * A job whose preparation, which looks at cluster and folder, runs in a thread of its own too, so
 * that its starter has the handle at once.
 *
 * @param <R> its report
 */
final class StartedJob<R> implements Job<R> {
  private static final Duration SAMPLE_PERIOD = Duration.ofSeconds(1);

  private final String id;
  private final String what;
  private final Logger log;
  private final Instant started = Instant.now();
  private final JobEnd<R> end = new JobEnd<>();
  private Job<R> work;
  private boolean stopping;

  /** Prepares the work and starts it. */
  @FunctionalInterface
  interface Starter<R> {
    /**
     * @param stopping turns true when the job is to end; a preparation that takes long looks at it
     */
    Job<R> start(BooleanSupplier stopping) throws WorkException;
  }

  private StartedJob(String id, String what, Logger log) {
    this.id = id;
    this.what = what;
    this.log = log;
  }

  /**
   * @param what the job does, for the log
   */
  static <R> Job<R> start(String id, String what, Logger log, Starter<R> starter) {
    StartedJob<R> job = new StartedJob<>(id, what, log);
    Thread thread = new Thread(() -> job.run(starter), "asbeam-" + id);
    thread.setDaemon(true);
    thread.start();
    return job;
  }

  private void run(Starter<R> starter) {
    log.info("{}: {} begins", id, what);
    try {
      R report = await(begin(starter));
      end.done(report);
      JobStatistics all = statistics();
      log.info(
          "{}: {} is done: {} records in {} ms", id, what, all.records(), all.elapsed().toMillis());
    } catch (Throwable e) {
      // Whatever it is, somebody waits for the end.
      WorkException error = RunningJob.failure(e);
      end.failed(error);
      String line = error.getMessage() + (error.hint().isEmpty() ? "" : " - " + error.hint());
      if (error.code() == ErrorCode.STOPPED) {
        log.info("{}: {} was stopped: {}", id, what, line);
      } else {
        log.error("{}: {} failed: {}", id, what, line);
      }
    }
  }

  private Job<R> begin(Starter<R> starter) throws WorkException {
    synchronized (this) {
      if (stopping) {
        throw new WorkException(ErrorCode.STOPPED, what + " was stopped before it began", "");
      }
    }
    Job<R> begun = starter.start(this::isStopping);
    synchronized (this) {
      work = begun;
      if (stopping) {
        begun.stop();
      }
    }
    return begun;
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  private static <R> R await(Job<R> job) throws WorkException, InterruptedException {
    while (true) {
      Optional<R> report = job.await(SAMPLE_PERIOD);
      if (report.isPresent()) {
        return report.get();
      }
      // Takes the sample that makes the speed one of the last second, however seldom it is asked.
      job.metrics();
    }
  }

  private synchronized Optional<Job<R>> work() {
    return Optional.ofNullable(work);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public JobStatus status() {
    return end.status();
  }

  @Override
  public JobProgress progress() {
    return work().map(Job::progress).orElseGet(() -> new JobProgress(0, 0, 0, 0, 0, end.elapsed()));
  }

  @Override
  public JobStatistics statistics() {
    return work()
        .map(Job::statistics)
        .orElseGet(() -> new JobStatistics(started, end.elapsed(), 0, 0, 0, 0, RecordCounts.NONE));
  }

  @Override
  public JobMetrics metrics() {
    return work().map(Job::metrics).orElse(JobMetrics.NONE);
  }

  @Override
  public synchronized void stop() {
    stopping = true;
    if (work != null) {
      work.stop();
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
}
