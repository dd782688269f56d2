package org.asbeam.aerospike;

import java.io.Serializable;
import java.util.List;

/**
 * What the restore of secondary indexes or UDF modules did; the sum of the counts is the number
 * given.
 *
 * @param created were not there
 * @param kept were there, identical
 * @param replaced were there with another definition
 * @param skipped not of the selected sets; or can't be restored, and a warning says why
 * @param warnings what a person should know of, one line each
 */
public record MetadataOutcome(
    int created, int kept, int replaced, int skipped, List<String> warnings)
    implements Serializable {
  public MetadataOutcome {
    warnings = List.copyOf(warnings);
  }
}
