package org.asbeam.storage.journal;

import java.time.Instant;

/**
 * Says which run may write into a folder.
 *
 * @param runId the run
 * @param owner the process that launched it
 * @param created when, by the launcher's clock
 */
public record Lock(String runId, String owner, Instant created) {}
