package org.asbeam.storage.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * The plan of a restore or a verification: fixed once at launch, used by whoever resumes it.
 *
 * @param formatVersion of this document, {@link #FORMAT_VERSION}
 * @param created when it was made, by the launcher's clock
 * @param tool the version of asbeam that made it
 * @param task what is read, and for what: a restore that goes on must have the same
 * @param edition that of all inputs: they must not have changed
 * @param slots what the slices were cut for, whatever the parallelism of those who resume
 * @param slices the number of slices
 */
public record FilePlan(
    int formatVersion,
    Instant created,
    String tool,
    JsonNode task,
    String edition,
    int slots,
    int slices) {
  /** Raised when an older asbeam would misread the document. */
  public static final int FORMAT_VERSION = 1;
}
