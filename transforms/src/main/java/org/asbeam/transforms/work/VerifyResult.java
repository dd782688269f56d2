package org.asbeam.transforms.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a verification came to.
 *
 * @param records records read
 * @param indexes secondary indexes read
 * @param udfs UDF modules read
 * @param findings damage, one line each; empty: the backup is sound
 * @param promises what the backup is proved to be, one line each
 */
public record VerifyResult(
    long records, int indexes, int udfs, List<String> findings, List<String> promises) {
  /**
   * Adds outcomes up, and holds them against what the folders say.
   *
   * @throws WorkException if a slice was given up or has no outcome
   */
  public static VerifyResult of(
      FileRun run, VerifySpec spec, OpenInputs inputs, List<FileOutcome> outcomes)
      throws IOException, WorkException {
    if (RunStop.of(run.id()).requested()) {
      throw new WorkException(ErrorCode.STOPPED, "the verification was stopped", "");
    }
    if (outcomes.size() != run.slices()) {
      throw incomplete(run, spec, outcomes.size());
    }
    List<String> findings = new ArrayList<>();
    outcomes.forEach(outcome -> findings.addAll(outcome.findings()));
    List<FolderAudit> audits = FolderAudit.of(inputs);
    for (int i = 0; i < audits.size(); i++) {
      int input = i;
      List<FileOutcome> its = outcomes.stream().filter(o -> o.input() == input).toList();
      findings.addAll(
          audits
              .get(i)
              .findings(
                  its.stream().mapToLong(o -> o.records().read()).sum(),
                  its.stream().mapToInt(FileOutcome::indexes).sum(),
                  its.stream().mapToInt(FileOutcome::udfs).sum()));
    }
    return new VerifyResult(
        outcomes.stream().mapToLong(o -> o.records().read()).sum(),
        outcomes.stream().mapToInt(FileOutcome::indexes).sum(),
        outcomes.stream().mapToInt(FileOutcome::udfs).sum(),
        findings,
        FolderAudit.promises(audits, findings.isEmpty()));
  }

  /** The error of a verification that has ended without all of its slices. */
  public static WorkException incomplete(FileRun run, VerifySpec spec, int done) {
    return new WorkException(
        ErrorCode.INCOMPLETE,
        spec.input().text()
            + ": "
            + done
            + " of "
            + run.slices()
            + " slices were done, though the job ended",
        "run it again");
  }
}
