package org.asbeam.transforms.work;

import java.util.List;
import org.asbeam.storage.journal.Failure;

/**
 * What a restore came to, proved from the outcomes of its slices.
 *
 * @param records what became of the records
 * @param metadata what became of the secondary indexes and UDF modules that slices restored
 * @param again whether an attempt before the one that counts may have written some of the records
 */
public record RestoreResult(RecordCounts records, MetadataOutcome metadata, boolean again) {
  /**
   * Adds outcomes up.
   *
   * @throws WorkException if a slice failed or was given up, or the counts contradict each other or
   *     what the manifests of the inputs say
   */
  public static RestoreResult of(FileRun run, OpenInputs inputs, List<FileOutcome> outcomes)
      throws WorkException {
    RecordCounts counts = RecordCounts.NONE;
    MetadataOutcome metadata = MetadataOutcome.NONE;
    for (FileOutcome outcome : outcomes) {
      counts = counts.plus(outcome.records());
      metadata = metadata.plus(outcome.metadata());
    }
    for (FileOutcome outcome : outcomes) {
      if (outcome.failed().isPresent()) {
        throw failed(run, outcome.failure());
      }
    }
    if (RunStop.of(run.id()).requested()) {
      throw stopped(run, counts);
    }
    if (!counts.addsUp() || outcomes.stream().anyMatch(outcome -> !outcome.records().addsUp())) {
      throw new WorkException(
          ErrorCode.INTERNAL, "the counts of the records don't add up: " + counts, "report this");
    }
    for (int i = 0; i < inputs.all().size(); i++) {
      int input = i;
      long read =
          outcomes.stream()
              .filter(outcome -> outcome.input() == input)
              .mapToLong(outcome -> outcome.records().read())
              .sum();
      inputs.checkTotal(input, read);
    }
    return new RestoreResult(counts, metadata, outcomes.stream().anyMatch(FileOutcome::again));
  }

  /**
   * What to do after an error of a restore.
   *
   * @param first what comes first; may be empty
   */
  public static String hint(FileRun run, String first) {
    if (!run.hasJournal()) {
      return first;
    }
    String resume = "go on with the same flags and --resume";
    return first.isEmpty() ? resume : first + "; then " + resume;
  }

  /** The error of a restore that has failed, with how it goes on. */
  public static WorkException failed(FileRun run, Failure failure) {
    WorkException error = WorkException.of(failure);
    return error.code() == ErrorCode.STOPPED
        ? error
        : new WorkException(error.code(), error.getMessage(), hint(run, error.hint()));
  }

  /** The error of a restore that was stopped. */
  public static WorkException stopped(FileRun run, RecordCounts counts) {
    return new WorkException(
        ErrorCode.STOPPED,
        "the restore was stopped; at least " + counts.inserted() + " records were written",
        run.hasJournal()
            ? hint(run, "")
            : "run it again: records that are there are passed over as fresher");
  }
}
