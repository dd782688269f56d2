package org.asbeam.storage.journal;

import java.time.Instant;

/**
 * Says which run may write into a folder.
 *
 * @param runId the run
 * @param owner the process that launched it
 * @param created when, by the launcher's clock
 * @param removal what the store lets the run do with files in the way
 */
public record Lock(String runId, String owner, Instant created, Removal removal) {
  /** Runs of versions that knew local folders only could delete. */
  public Lock {
    removal = removal == null ? Removal.DELETES : removal;
  }
}
