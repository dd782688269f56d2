package org.asbeam.transforms.work;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.asbeam.storage.journal.Failure;

/**
 * What a slice of a restore or a verification leaves.
 *
 * @param slice its number
 * @param file the file
 * @param worker the process and thread that did it
 * @param records what became of the records; for a verification only {@code read} counts
 * @param indexes secondary indexes met in the file
 * @param udfs UDF modules met in the file
 * @param findings damage found, one line each
 * @param failure the permanent error that ended the slice; null: none
 * @param stopped whether the slice was given up because the run was stopped
 */
public record FileOutcome(
    int slice,
    String file,
    String worker,
    RecordCounts records,
    int indexes,
    int udfs,
    List<String> findings,
    Failure failure,
    boolean stopped)
    implements Serializable {

  public Optional<Failure> failed() {
    return Optional.ofNullable(failure);
  }
}
