package org.asbeam.pipelines;

import java.time.Duration;

/**
 * How far a job has come.
 *
 * @param fraction of the work that is done, 0 to 1
 * @param records so far
 * @param bytes so far, as stored
 * @param slicesDone slices that are done
 * @param slices all slices
 * @param elapsed since the job began
 */
public record JobProgress(
    double fraction, long records, long bytes, int slicesDone, int slices, Duration elapsed) {}
