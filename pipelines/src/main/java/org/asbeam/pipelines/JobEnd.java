package org.asbeam.pipelines;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.WorkException;

/**
 * The end of a job, which comes once: a report or an error.
 *
 * @param <R> the report
 */
final class JobEnd<R> {
  private final CountDownLatch come = new CountDownLatch(1);
  private final long started = System.nanoTime();
  private volatile long ended;
  private R report;
  private WorkException error;

  synchronized void done(R itsReport) {
    if (!isCome()) {
      report = itsReport;
      come();
    }
  }

  synchronized void failed(WorkException itsError) {
    if (!isCome()) {
      error = itsError;
      come();
    }
  }

  private void come() {
    ended = System.nanoTime();
    come.countDown();
  }

  boolean isCome() {
    return come.getCount() == 0;
  }

  Duration elapsed() {
    return Duration.ofNanos((isCome() ? ended : System.nanoTime()) - started);
  }

  JobStatus status() {
    if (!isCome()) {
      return JobStatus.RUNNING;
    }
    if (error == null) {
      return JobStatus.DONE;
    }
    return error.code() == ErrorCode.STOPPED ? JobStatus.STOPPED : JobStatus.FAILED;
  }

  Optional<WorkException> error() {
    return isCome() ? Optional.ofNullable(error) : Optional.empty();
  }

  R await() throws WorkException, InterruptedException {
    come.await();
    return outcome();
  }

  Optional<R> await(Duration timeout) throws WorkException, InterruptedException {
    return come.await(timeout.toNanos(), TimeUnit.NANOSECONDS)
        ? Optional.of(outcome())
        : Optional.empty();
  }

  private R outcome() throws WorkException {
    if (error != null) {
      throw error;
    }
    return report;
  }
}
