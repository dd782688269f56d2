package org.asbeam.pipelines;

import java.time.Duration;
import java.util.List;
import org.asbeam.transforms.work.MetadataOutcome;
import org.asbeam.transforms.work.RecordCounts;

/**
 * What a restore came to.
 *
 * @param directory the backup folder
 * @param files files read
 * @param bytes their size as stored
 * @param records what became of the records
 * @param metadata what became of secondary indexes and UDF modules
 * @param warnings what a person should know of, one line each
 * @param elapsed the time it took
 */
public record RestoreReport(
    String directory,
    int files,
    long bytes,
    RecordCounts records,
    MetadataOutcome metadata,
    List<String> warnings,
    Duration elapsed) {}
