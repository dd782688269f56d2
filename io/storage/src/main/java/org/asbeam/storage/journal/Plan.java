package org.asbeam.storage.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/**
 * The plan of a backup run: fixed once at launch, used by every worker and by whoever resumes it.
 *
 * @param formatVersion of this document, {@link #FORMAT_VERSION}
 * @param runId names the run's journal
 * @param created when it was made, by the launcher's clock
 * @param tool the version of asbeam that made it
 * @param spec what is to be backed up and how; without secrets
 * @param slices the work, numbered from 0 in this order
 */
public record Plan(
    int formatVersion,
    String runId,
    Instant created,
    String tool,
    JsonNode spec,
    List<PartitionSlice> slices) {
  /** Raised when an older asbeam would misread the document. */
  public static final int FORMAT_VERSION = 1;
}
