package org.asbeam.pipelines;

/**
 * How fast a job is, for a gauge. The speeds are those of about the last second; all are 0 when the
 * job has ended.
 *
 * @param recordsPerSecond records read
 * @param kilobytesPerSecond stored bytes written by a backup or read by a restore, in 1,024 bytes
 * @param slicesInWork slices that this process works on now: each reads, codes and writes in one
 *     thread, so that no queue lies between reading and writing
 * @param slicesWaiting slices that nobody has begun
 * @param recordsInFlight records that a restore has read and that have no answer yet from the
 *     cluster: what waits in batches or is on its way
 */
public record JobMetrics(
    long recordsPerSecond,
    long kilobytesPerSecond,
    int slicesInWork,
    int slicesWaiting,
    long recordsInFlight) {
  /** Of a job that does nothing. */
  public static final JobMetrics NONE = new JobMetrics(0, 0, 0, 0, 0);

  /** Of several jobs together. */
  public JobMetrics plus(JobMetrics other) {
    return new JobMetrics(
        recordsPerSecond + other.recordsPerSecond,
        kilobytesPerSecond + other.kilobytesPerSecond,
        slicesInWork + other.slicesInWork,
        slicesWaiting + other.slicesWaiting,
        recordsInFlight + other.recordsInFlight);
  }
}
