package org.asbeam.transforms;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.asbeam.connectors.JsonCoder;
import org.asbeam.transforms.work.FileOutcome;

/**
 * Gathers the outcomes of a restore or a verification for the launcher, which is in the same
 * process on the direct runner and on in-JVM Flink.
 */
public final class ReportFiles extends PTransform<PCollection<FileOutcome>, PDone> {
  private static final long serialVersionUID = 1L;
  private static final Map<String, List<FileOutcome>> GATHERED = new ConcurrentHashMap<>();

  private final String runId;

  private ReportFiles(String runId) {
    this.runId = runId;
  }

  /**
   * @param runId names the job among those of this process
   */
  public static ReportFiles of(String runId) {
    return new ReportFiles(runId);
  }

  /** Takes what a finished job has gathered; empty: it did not come that far. */
  public static Optional<List<FileOutcome>> take(String runId) {
    return Optional.ofNullable(GATHERED.remove(runId));
  }

  @Override
  public PDone expand(PCollection<FileOutcome> outcomes) {
    outcomes
        .apply("Key by run", WithKeys.of(runId))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), JsonCoder.of(FileOutcome.class)))
        .apply("Wait for all slices", GroupByKey.create())
        .apply("Gather", ParDo.of(new GatherFn()));
    return PDone.in(outcomes.getPipeline());
  }

  private static final class GatherFn extends DoFn<KV<String, Iterable<FileOutcome>>, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<String, Iterable<FileOutcome>> run) {
      List<FileOutcome> outcomes = new ArrayList<>();
      run.getValue().forEach(outcomes::add);
      GATHERED.put(run.getKey(), outcomes);
    }
  }
}
