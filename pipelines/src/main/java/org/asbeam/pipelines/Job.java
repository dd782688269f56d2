package org.asbeam.pipelines;

import org.asbeam.transforms.work.WorkException;

/**
 * A job under way.
 *
 * @param <R> its report
 */
public interface Job<R> {
  /** How far it has come; cheap, for a line that is rewritten many times a second. */
  JobProgress progress();

  /** Asks the job to end soon; {@link #await} then throws a STOPPED error. Returns at once. */
  void stop();

  /**
   * Waits for the job's end.
   *
   * @throws WorkException if the job failed or was stopped; one line says why
   * @throws InterruptedException if this thread is interrupted; the job goes on
   */
  R await() throws WorkException, InterruptedException;
}
