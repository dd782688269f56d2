package org.asbeam.storage.journal;

import java.time.Instant;

/**
 * A sign of life of one worker process, written every ten seconds.
 *
 * @param worker the process
 * @param time when, by the worker's clock
 * @param slices slices in work
 * @param records records written so far, in finished slices and those in work
 * @param bytes bytes stored so far
 */
public record Heartbeat(String worker, Instant time, int slices, long records, long bytes) {}
