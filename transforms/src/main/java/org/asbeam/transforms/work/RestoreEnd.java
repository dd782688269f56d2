package org.asbeam.transforms.work;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.asbeam.storage.Store;
import org.asbeam.storage.journal.FileJournal;

/**
 * The end of a restore whose workers are elsewhere: proves from the outcomes in the journal that
 * nothing is missing, does what comes last, and says so in the journal.
 */
final class RestoreEnd {
  private final RestoreSpec spec;
  private final FileRun run;
  private final OpenInputs inputs;
  private final FileJournal journal;
  private final Store rejects;
  private final RestoreMetadata metadata;

  /**
   * @param rejects the folder for rejects; null: there is none
   */
  RestoreEnd(
      RestoreSpec spec,
      FileRun run,
      OpenInputs inputs,
      FileJournal journal,
      Store rejects,
      RestoreMetadata metadata) {
    this.spec = spec;
    this.run = run;
    this.inputs = inputs;
    this.journal = journal;
    this.rejects = rejects;
    this.metadata = metadata;
  }

  /**
   * @param now by this worker's clock
   * @return the end that counts: this one, or that of an attempt that was faster
   */
  FileJobEnd run(Instant now) throws IOException, WorkException {
    List<FileOutcome> outcomes = journal.outcomes(FileOutcome.class);
    if (outcomes.stream().filter(o -> o.slice() < run.slices()).count() != run.slices()) {
      throw new WorkException(
          ErrorCode.INCOMPLETE,
          spec.input().text() + ": some of the " + run.slices() + " slices have no outcome",
          RestoreResult.hint(run, ""));
    }
    RestoreResult result = RestoreResult.of(run, inputs, outcomes);
    MetadataOutcome restored =
        spec.metadataLast() ? result.metadata().plus(metadata.restoreAll()) : result.metadata();
    if (rejects != null) {
      RejectFiles.removeOthers(rejects, run.id(), outcomes);
    }
    List<String> warnings =
        journal.check(TargetFound.class).map(TargetFound::warnings).orElse(List.of());
    return journal.end(
        FileJobEnd.ofRestore(now, result.records(), restored, warnings), FileJobEnd.class);
  }
}
