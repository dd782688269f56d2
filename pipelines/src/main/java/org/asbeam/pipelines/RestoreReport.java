package org.asbeam.pipelines;

import java.time.Duration;
import java.util.List;
import org.asbeam.transforms.work.MetadataOutcome;
import org.asbeam.transforms.work.RecordCounts;

/**
 * What a restore came to.
 *
 * @param directory what was restored, as a person named it
 * @param files files read
 * @param bytes their size as stored
 * @param records what became of the records
 * @param metadata what became of secondary indexes and UDF modules
 * @param slices the pieces of work
 * @param resumed those of them that an earlier run did; their counts are among {@code records}
 * @param again whether a slice was done again of which an earlier attempt may have written records:
 *     these count as fresher or existed
 * @param rejects the folder with the rejected records; empty: none was asked for
 * @param warnings what a person should know of, one line each
 * @param elapsed the time it took
 */
public record RestoreReport(
    String directory,
    int files,
    long bytes,
    RecordCounts records,
    MetadataOutcome metadata,
    int slices,
    int resumed,
    boolean again,
    String rejects,
    List<String> warnings,
    Duration elapsed) {}
