package org.asbeam.pipelines;

import java.time.Duration;
import java.time.Instant;
import org.asbeam.transforms.work.RecordCounts;

/**
 * What a job has done so far, in this process. Numbers for people and monitors: those that count
 * are in the report.
 *
 * @param started when the job began, by the clock of this process
 * @param elapsed since then; stands still when the job has ended
 * @param totalRecords records in the namespace when a backup began, an estimate; 0: not known
 * @param records records read
 * @param bytes stored bytes, written by a backup or read by a restore
 * @param files files that the finished slices of a backup have written
 * @param outcomes what became of the records of the finished slices of a restore
 */
public record JobStatistics(
    Instant started,
    Duration elapsed,
    long totalRecords,
    long records,
    long bytes,
    long files,
    RecordCounts outcomes) {

  /** Of several jobs together: since the first one began, for as long as the longest one took. */
  public JobStatistics plus(JobStatistics other) {
    return new JobStatistics(
        started.isBefore(other.started) ? started : other.started,
        elapsed.compareTo(other.elapsed) > 0 ? elapsed : other.elapsed,
        totalRecords + other.totalRecords,
        records + other.records,
        bytes + other.bytes,
        files + other.files,
        outcomes.plus(other.outcomes));
  }
}
