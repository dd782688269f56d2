package org.asbeam.pipelines;

import java.time.Duration;
import java.util.Optional;
import org.asbeam.transforms.work.WorkException;

/**
 * A job under way. Safe for use by several threads.
 *
 * @param <R> its report
 */
public interface Job<R> {
  /** Names the job among those of this process, in logs too. */
  String id();

  JobStatus status();

  /** How far it has come; cheap, for a line that is rewritten many times a second. */
  JobProgress progress();

  /** What it has done so far; cheap. */
  JobStatistics statistics();

  /** How fast it is; cheap. */
  JobMetrics metrics();

  /** Asks the job to end soon; {@link #await} then throws a STOPPED error. Returns at once. */
  void stop();

  /**
   * Waits for the job's end.
   *
   * @throws WorkException if the job failed or was stopped; one line says why
   * @throws InterruptedException if this thread is interrupted; the job goes on
   */
  R await() throws WorkException, InterruptedException;

  /**
   * Waits for the job's end, but not for ever.
   *
   * @return the report; empty: the job has not ended in this time, and goes on
   * @throws WorkException if the job failed or was stopped; one line says why
   * @throws InterruptedException if this thread is interrupted; the job goes on
   */
  Optional<R> await(Duration timeout) throws WorkException, InterruptedException;

  /** Why the job failed, or that it was stopped; empty: it is at work, or has ended well. */
  Optional<WorkException> error();
}
