package org.asbeam.transforms.work;

import java.time.Instant;
import java.util.List;

/**
 * How a restore or a verification ended that did all of its work.
 *
 * @param ended when, by the clock of the worker that came last
 * @param records what became of the records; of a verification only {@code read} counts
 * @param metadata what became of secondary indexes and UDF modules
 * @param findings damage that a verification found, one line each
 * @param warnings what a person should know of, one line each
 */
public record FileJobEnd(
    Instant ended,
    RecordCounts records,
    MetadataOutcome metadata,
    List<String> findings,
    List<String> warnings) {}
