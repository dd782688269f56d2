package org.asbeam.pipelines;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptions;
import org.asbeam.transforms.ReportFiles;
import org.asbeam.transforms.RestoreSlices;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.FileOutcome;
import org.asbeam.transforms.work.MetadataOutcome;
import org.asbeam.transforms.work.RealBackends;
import org.asbeam.transforms.work.RecordCounts;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.RestoreWorker;
import org.asbeam.transforms.work.RunStop;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.WorkerName;

/**
 * Restores a backup: {@code Read(FileSource) -> RestoreSlices -> ReportFiles}, after a step that
 * creates secondary indexes and UDF modules.
 */
public final class RestorePipeline {
  private RestorePipeline() {}

  /**
   * Starts a restore.
   *
   * @throws WorkException if the folder holds no backup, or the cluster can't be reached
   */
  public static Job<RestoreReport> start(RestoreSpec spec, PipelineOptions options)
      throws WorkException {
    String runId = "restore-" + UUID.randomUUID();
    RealBackends backends = new RealBackends();
    try {
      FolderToRead folder =
          FolderToRead.open(backends, spec.input().directories().get(0), spec.slots());
      folder.checkNamespace(spec.sourceNamespace());
      backends.look(spec.connection(), spec.secretAgent(), spec.targetNamespace());
      AtomicReference<MetadataOutcome> metadata = new AtomicReference<>(MetadataOutcome.NONE);
      return RunningJob.start(
          runId,
          folder.slices(),
          new RunningJob.Totals(0, folder.bytes()),
          () -> metadata.set(restoreMetadata(spec, runId, backends)),
          pipeline(spec, runId, folder, options),
          elapsed -> report(spec, runId, folder, metadata.get(), elapsed));
    } catch (IOException e) {
      throw RunningJob.failure(e);
    }
  }

  private static MetadataOutcome restoreMetadata(
      RestoreSpec spec, String runId, RealBackends backends) throws IOException {
    try (RestoreWorker worker =
        RestoreWorker.join(spec, runId, backends, WorkerName.ofThisProcess())) {
      return worker.restoreMetadata();
    }
  }

  /** Step names are stable: runners show them. */
  static Pipeline pipeline(
      RestoreSpec spec, String runId, FolderToRead folder, PipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Read slices", Read.from(folder.source()))
        .apply("Restore slices", RestoreSlices.of(spec, runId))
        .apply("Report", ReportFiles.of(runId));
    return pipeline;
  }

  private static RestoreReport report(
      RestoreSpec spec,
      String runId,
      FolderToRead folder,
      MetadataOutcome metadata,
      Duration elapsed)
      throws WorkException {
    List<FileOutcome> outcomes = FolderToRead.outcomes(runId, folder);
    RecordCounts counts = RecordCounts.NONE;
    for (FileOutcome outcome : outcomes) {
      counts = counts.plus(outcome.records());
    }
    for (FileOutcome outcome : outcomes) {
      if (outcome.failed().isPresent()) {
        throw new WorkException(
            ErrorCode.valueOf(outcome.failure().code()),
            outcome.failure().message(),
            outcome.failure().hint());
      }
    }
    if (RunStop.of(runId).requested()) {
      throw new WorkException(
          ErrorCode.STOPPED,
          "the restore was stopped; at least " + counts.inserted() + " records were written",
          "run it again: records that are there are passed over as fresher");
    }
    if (!counts.addsUp()) {
      throw new WorkException(
          ErrorCode.INTERNAL, "the counts of the records don't add up: " + counts, "report this");
    }
    folder.checkTotal(counts.read());
    List<String> warnings = new ArrayList<>(folder.warnings());
    warnings.addAll(metadata.warnings());
    return new RestoreReport(
        spec.input().text(), folder.files(), folder.bytes(), counts, metadata, warnings, elapsed);
  }
}
