package org.asbeam.pipelines;

/**
 * A job that was handed to a cluster, and goes on without its launcher.
 *
 * @param runId names the run in its journal
 * @param directory the folder that has the journal: whoever looks there sees how far the job is
 * @param slices the slices of its plan
 * @param done those that an earlier run has done
 */
public record Submission(String runId, String directory, int slices, int done) {}
