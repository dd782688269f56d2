package org.asbeam.cli;

import org.asbeam.pipelines.Submission;

/** Tells of a job that was handed to a cluster. */
final class Submitted {
  private Submitted() {}

  /**
   * @param name of the command
   */
  static void print(String name, Submission job, Terminal terminal) {
    Summary summary = new Summary(name, "The cluster has the job: " + name + " " + job.runId());
    summary.count("slices", "slices", job.slices());
    if (job.done() > 0) {
      summary.note(job.done() + " of them had been done by an earlier run");
    }
    summary.note(
        "It goes on without this process; see how far it is with: asbeam status --watch "
            + ShellText.quote(job.directory()));
    summary
        .fact("resumed", Integer.toString(job.done()))
        .fact("run", job.runId())
        .fact("directory", job.directory())
        .print(terminal, "submitted");
  }
}
