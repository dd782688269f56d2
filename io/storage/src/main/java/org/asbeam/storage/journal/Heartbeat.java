package org.asbeam.storage.journal;

import java.time.Instant;

/**
 * A sign of life of one worker process, written every ten seconds.
 *
 * @param worker the process
 * @param time when, by the worker's clock
 * @param slices slices in work
 * @param records records of the slices in work: those of slices that are done are in their receipts
 * @param bytes bytes of the slices in work
 */
public record Heartbeat(String worker, Instant time, int slices, long records, long bytes) {}
