package org.asbeam.pipelines;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptions;
import org.asbeam.connectors.FileSource;
import org.asbeam.transforms.ReportFiles;
import org.asbeam.transforms.VerifySlices;
import org.asbeam.transforms.work.Backends;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.FileOutcome;
import org.asbeam.transforms.work.FolderAudit;
import org.asbeam.transforms.work.LentBackends;
import org.asbeam.transforms.work.OpenInputs;
import org.asbeam.transforms.work.RunStop;
import org.asbeam.transforms.work.Thaw;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.VerifyWorker;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.WorkerName;

/** Verifies a backup: {@code Read(FileSource) -> VerifySlices -> ReportFiles}. */
public final class VerifyPipeline {
  private VerifyPipeline() {}

  /**
   * Starts a verification.
   *
   * @throws WorkException if an input holds no backup
   */
  public static Job<VerifyReport> start(VerifySpec spec, PipelineOptions options)
      throws WorkException {
    return start(spec, options, line -> {}, () -> false, LentBackends.REAL);
  }

  /**
   * @param news gets what a person should know of before the work begins, line by line
   * @param stopping ends the preparation soon after it turns true
   * @param lent an id of {@link LentBackends}
   */
  static Job<VerifyReport> start(
      VerifySpec spec,
      PipelineOptions options,
      Consumer<String> news,
      BooleanSupplier stopping,
      String lent)
      throws WorkException {
    spec.input().checkDistinct();
    String runId = "verify-" + UUID.randomUUID();
    Backends backends = LentBackends.of(lent).withStoreAccess(spec.access());
    try {
      Thaw.await(spec.input(), backends, news, stopping);
      OpenInputs inputs = OpenInputs.openToVerify(spec.input(), spec.secretAgent(), backends);
      int slices = inputs.slices(spec.slots()).size();
      Outcomes outcomes = new Outcomes(runId, spec.input().text(), slices);
      return RunningJob.start(
          runId,
          slices,
          new RunningJob.Totals(0, inputs.bytes()),
          () -> {},
          inputs.isStream()
              ? () -> verifyStream(spec, runId, backends, inputs, outcomes)
              : RunningJob.running(runId, pipeline(spec, runId, inputs, lent, options)),
          elapsed -> report(spec, runId, inputs, outcomes.all(), elapsed));
    } catch (IOException e) {
      throw RunningJob.failure(e);
    }
  }

  /** Step names are stable: runners show them. */
  static Pipeline pipeline(
      VerifySpec spec, String runId, OpenInputs inputs, String lent, PipelineOptions options) {
    int slices = inputs.slices(spec.slots()).size();
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(
            "Read slices",
            Read.from(
                FileSource.of(
                    spec.input().parts(), spec.slots(), inputs.edition(), slices, spec.access())))
        .apply("Verify slices", VerifySlices.of(spec, runId).withBackends(lent))
        .apply("Report", ReportFiles.of(runId));
    return pipeline;
  }

  private static void verifyStream(
      VerifySpec spec, String runId, Backends backends, OpenInputs inputs, Outcomes outcomes)
      throws IOException {
    try (VerifyWorker worker =
        VerifyWorker.join(spec, runId, backends, WorkerName.ofThisProcess())) {
      outcomes.put(worker.run(inputs.slices(1).get(0)));
    }
  }

  private static VerifyReport report(
      VerifySpec spec,
      String runId,
      OpenInputs inputs,
      List<FileOutcome> outcomes,
      Duration elapsed)
      throws IOException, WorkException {
    try (inputs) {
      if (RunStop.of(runId).requested()) {
        throw new WorkException(ErrorCode.STOPPED, "the verification was stopped", "");
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
      return new VerifyReport(
          spec.input().text(),
          inputs.manifests(),
          inputs.files(),
          inputs.bytes(),
          outcomes.stream().mapToLong(o -> o.records().read()).sum(),
          outcomes.stream().mapToInt(FileOutcome::indexes).sum(),
          outcomes.stream().mapToInt(FileOutcome::udfs).sum(),
          findings,
          FolderAudit.promises(audits, findings.isEmpty()),
          inputs.warnings(),
          elapsed);
    }
  }
}
