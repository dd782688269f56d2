package org.asbeam.cli;

import org.asbeam.pipelines.Job;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.WorkException;

/** Waits for a job's end, shows how far it is, and stops it when it must. */
final class Watch {
  private final Terminal terminal;
  private final Stopper stopper;

  Watch(Terminal terminal, Stopper stopper) {
    this.terminal = terminal;
    this.stopper = stopper;
  }

  /**
   * Waits.
   *
   * @param name of the command
   * @param left what lies around when the job is stopped, and how to go on
   */
  <R> R over(String name, Job<R> job, String left) throws WorkException, InterruptedException {
    stopper.guard(job, left);
    ProgressLine line = ProgressLine.start(name, job::progress, terminal);
    try {
      return job.await();
    } catch (WorkException e) {
      if (e.code() == ErrorCode.STOPPED && stopper.isStopping()) {
        throw new WorkException(ErrorCode.STOPPED, "stopped", left, e);
      }
      throw e;
    } finally {
      line.close();
    }
  }

  /** Whether the process is being ended. */
  boolean isStopping() {
    return stopper.isStopping();
  }

  /** Ends the watch over a job whose report is printed. */
  void done() {
    stopper.release();
  }
}
