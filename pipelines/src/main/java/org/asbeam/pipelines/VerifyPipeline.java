package org.asbeam.pipelines;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptions;
import org.asbeam.transforms.ReportFiles;
import org.asbeam.transforms.VerifySlices;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.FileOutcome;
import org.asbeam.transforms.work.FolderAudit;
import org.asbeam.transforms.work.RealBackends;
import org.asbeam.transforms.work.RunStop;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.WorkException;

/** Verifies a backup: {@code Read(FileSource) -> VerifySlices -> ReportFiles}. */
public final class VerifyPipeline {
  private VerifyPipeline() {}

  /**
   * Starts a verification.
   *
   * @throws WorkException if the folder holds no backup
   */
  public static Job<VerifyReport> start(VerifySpec spec, PipelineOptions options)
      throws WorkException {
    String runId = "verify-" + UUID.randomUUID();
    RealBackends backends = new RealBackends();
    try {
      FolderToRead folder =
          FolderToRead.open(backends, spec.input().directories().get(0), spec.slots());
      return RunningJob.start(
          runId,
          folder.slices(),
          new RunningJob.Totals(0, folder.bytes()),
          () -> {},
          pipeline(spec, runId, folder, options),
          elapsed -> report(spec, runId, folder, backends, elapsed));
    } catch (IOException e) {
      throw RunningJob.failure(e);
    }
  }

  /** Step names are stable: runners show them. */
  static Pipeline pipeline(
      VerifySpec spec, String runId, FolderToRead folder, PipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Read slices", Read.from(folder.source()))
        .apply("Verify slices", VerifySlices.of(spec, runId))
        .apply("Report", ReportFiles.of(runId));
    return pipeline;
  }

  private static VerifyReport report(
      VerifySpec spec, String runId, FolderToRead folder, RealBackends backends, Duration elapsed)
      throws IOException, WorkException {
    List<FileOutcome> outcomes = FolderToRead.outcomes(runId, folder);
    if (RunStop.of(runId).requested()) {
      throw new WorkException(ErrorCode.STOPPED, "the verification was stopped", "");
    }
    long records = 0;
    int indexes = 0;
    int udfs = 0;
    List<String> findings = new ArrayList<>();
    for (FileOutcome outcome : outcomes) {
      records += outcome.records().read();
      indexes += outcome.indexes();
      udfs += outcome.udfs();
      findings.addAll(outcome.findings());
    }
    FolderAudit audit =
        FolderAudit.of(backends, spec.input().directories().get(0), folder.contents());
    findings.addAll(audit.findings(records, indexes, udfs));
    return new VerifyReport(
        spec.input().directories().get(0),
        folder.contents().manifest(),
        folder.files(),
        folder.bytes(),
        records,
        indexes,
        udfs,
        findings,
        audit.promises(findings.isEmpty()),
        folder.warnings(),
        elapsed);
  }
}
