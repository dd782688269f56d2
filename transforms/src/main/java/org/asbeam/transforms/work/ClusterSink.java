package org.asbeam.transforms.work;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.asbeam.aerospike.BatchWriter;
import org.asbeam.aerospike.ClusterClient;
import org.asbeam.aerospike.ClusterClients;
import org.asbeam.aerospike.MetadataSpec;
import org.asbeam.aerospike.MetadataWriter;
import org.asbeam.aerospike.RefusalWatch;
import org.asbeam.aerospike.RejectHandler;
import org.asbeam.aerospike.WriteCounts;
import org.asbeam.aerospike.WriteSpec;
import org.asbeam.format.RecordView;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;
import org.asbeam.storage.secrets.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster that is restored to, over the shared client of this process. */
final class ClusterSink implements RecordSink {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterSink.class);

  /** All lanes of a process together hold about this much on its way. */
  private static final long BYTES_IN_FLIGHT = 64L << 20;

  private final RestoreSpec spec;
  private final ClusterClient client;
  private final RefusalWatch watch;
  private final Progress progress;

  private ClusterSink(
      RestoreSpec spec, ClusterClient client, RefusalWatch watch, Progress progress) {
    this.progress = progress;
    this.spec = spec;
    this.client = client;
    this.watch = watch;
  }

  static ClusterSink open(RestoreSpec spec, String runId) throws IOException {
    return new ClusterSink(
        spec,
        ClusterClients.acquire(spec.connection(), Secrets.of(spec.secretAgent())::resolve),
        RefusalWatch.ofJob(runId),
        Progress.of(runId));
  }

  @Override
  public Lane lane(RejectHandler refused, BooleanSupplier stop) throws IOException {
    BatchWriter writer = new BatchWriter(client, writes(), refused, watch, stop);
    LongSupplier unanswered = () -> writer.counts().unfinished();
    progress.laneOpened(unanswered);
    return new BatchLane(writer, spec.writing().existence(), () -> progress.laneClosed(unanswered));
  }

  private WriteSpec writes() {
    WriteSettings writing = spec.writing();
    return WriteSpec.of(spec.targetNamespace())
        .withSourceNamespace(spec.sourceNamespace())
        .withSets(Set.copyOf(spec.scope().sets()))
        .withBins(Set.copyOf(spec.scope().bins()))
        .withExists(
            switch (writing.existence()) {
              case MERGE -> WriteSpec.Exists.UPDATE;
              case UNIQUE -> WriteSpec.Exists.CREATE_ONLY;
              case REPLACE -> WriteSpec.Exists.REPLACE;
            })
        .withCheckGeneration(writing.generations())
        .withExtraTtlSeconds(writing.extraTtlSeconds())
        .withIgnoreRecordErrors(writing.ignoreRecordErrors())
        .withBatchWrites(writing.batchWrites())
        .withTimeouts(millis(writing.totalTimeout()), millis(writing.socketTimeout()))
        .withMaxRetries(writing.requestRetries())
        .withRetryPolicy(writing.retryPolicy())
        .withStallTimeout(writing.stallTimeout())
        .withBatches(
            writing.batchSize(),
            Math.max(1, writing.maxAsyncBatches() / spec.slots()),
            Math.max(1, BYTES_IN_FLIGHT / spec.slots()));
  }

  private static int millis(Duration time) {
    return (int) Math.min(Integer.MAX_VALUE, time.toMillis());
  }

  @Override
  public MetadataOutcome restore(
      List<SecondaryIndex> indexes, List<UdfModule> udfs, BooleanSupplier stop) throws IOException {
    MetadataWriter writer =
        new MetadataWriter(
            client,
            MetadataSpec.of(spec.targetNamespace())
                .withReplace(spec.replaceMetadata())
                .withStallTimeout(spec.writing().stallTimeout()),
            LOG::info,
            stop);
    org.asbeam.aerospike.MetadataOutcome modules = writer.writeUdfs(udfs);
    org.asbeam.aerospike.MetadataOutcome built = writer.writeIndexes(indexes);
    List<String> warnings = new ArrayList<>(modules.warnings());
    warnings.addAll(built.warnings());
    return new MetadataOutcome(
        built.created(),
        built.kept(),
        built.replaced(),
        built.skipped(),
        modules.created(),
        modules.kept(),
        modules.replaced(),
        warnings);
  }

  @Override
  public void close() {
    client.close();
  }

  private record BatchLane(BatchWriter writer, WriteSettings.Existence existence, Runnable atEnd)
      implements Lane {
    @Override
    public void write(RecordView row) throws IOException {
      writer.write(row);
    }

    @Override
    public RecordCounts finish() throws IOException {
      writer.flush();
      WriteCounts counts = writer.counts();
      // What was refused after a lost answer was refused for one of two reasons.
      boolean existing = existence == WriteSettings.Existence.UNIQUE;
      long unsure = counts.retriedInDoubt();
      return new RecordCounts(
          counts.given(),
          counts.inserted(),
          counts.expired(),
          counts.skipped(),
          counts.ignored(),
          counts.fresher() + (existing ? 0 : unsure),
          counts.existed() + (existing ? unsure : 0),
          counts.rejected(),
          unsure,
          counts.refusalsByCause());
    }

    @Override
    public void close() {
      writer.close();
      atEnd.run();
    }
  }
}
