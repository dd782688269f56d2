package org.asbeam.pipelines;

/** What has become of a job. */
public enum JobStatus {
  /** It is being prepared, or at work. */
  RUNNING,
  /** It has ended well: {@link Job#await} gives its report. */
  DONE,
  /** It has ended with an error: {@link Job#error} tells it. */
  FAILED,
  /** Somebody stopped it before its end. */
  STOPPED
}
