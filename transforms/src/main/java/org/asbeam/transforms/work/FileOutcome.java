package org.asbeam.transforms.work;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.asbeam.storage.journal.Failure;
import org.asbeam.storage.journal.FileSlice;

/**
 * What a slice of a restore or a verification leaves.
 *
 * @param slice its number
 * @param input which input of the job it is of, from 0
 * @param file the file
 * @param bytes the stored bytes of the slice
 * @param worker the process and thread that did it
 * @param records what became of the records; for a verification only {@code read} counts
 * @param indexes secondary indexes met in the file
 * @param udfs UDF modules met in the file
 * @param metadata what became of those that the slice itself restored: of a stream, and those that
 *     stand behind a record
 * @param rejects the files with rejected records that it wrote
 * @param again whether an earlier attempt may have written some of the records
 * @param findings damage found, one line each
 * @param failure the permanent error that ended the slice; null: none
 * @param stopped whether the slice was given up because the run was stopped
 */
@RecordBuilder
public record FileOutcome(
    int slice,
    int input,
    String file,
    long bytes,
    String worker,
    RecordCounts records,
    int indexes,
    int udfs,
    MetadataOutcome metadata,
    List<String> rejects,
    boolean again,
    List<String> findings,
    Failure failure,
    boolean stopped)
    implements Serializable, FileOutcomeBuilder.With {

  /** Of a slice that came to nothing so far. */
  static FileOutcome of(FileSlice slice, String worker) {
    return new FileOutcome(
        slice.number(),
        slice.input(),
        slice.file(),
        slice.bytes(),
        worker,
        RecordCounts.NONE,
        0,
        0,
        MetadataOutcome.NONE,
        List.of(),
        false,
        List.of(),
        null,
        false);
  }

  public Optional<Failure> failed() {
    return Optional.ofNullable(failure);
  }
}
