package org.asbeam.transforms.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.asbeam.aerospike.BatchWriter;
import org.asbeam.aerospike.ClusterClient;
import org.asbeam.aerospike.ClusterClients;
import org.asbeam.aerospike.MetadataSpec;
import org.asbeam.aerospike.MetadataWriter;
import org.asbeam.aerospike.WriteCounts;
import org.asbeam.aerospike.WriteSpec;
import org.asbeam.format.RecordView;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster that is restored to, over the shared client of this process. */
final class ClusterSink implements RecordSink {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterSink.class);

  /** All lanes of a process together hold about this much on its way. */
  private static final long BYTES_IN_FLIGHT = 64L << 20;

  private final RestoreSpec spec;
  private final ClusterClient client;

  private ClusterSink(RestoreSpec spec, ClusterClient client) {
    this.spec = spec;
    this.client = client;
  }

  static ClusterSink open(RestoreSpec spec) throws IOException {
    return new ClusterSink(spec, ClusterClients.acquire(spec.connection()));
  }

  @Override
  public Lane lane(BooleanSupplier stop) throws IOException {
    WriteSpec writes =
        WriteSpec.of(spec.targetNamespace())
            .withSourceNamespace(spec.sourceNamespace())
            .withExists(
                switch (spec.writing().existence()) {
                  case MERGE -> WriteSpec.Exists.UPDATE;
                  case UNIQUE -> WriteSpec.Exists.CREATE_ONLY;
                  case REPLACE -> WriteSpec.Exists.REPLACE;
                })
            .withCheckGeneration(spec.writing().generations())
            .withStallTimeout(spec.writing().stallTimeout())
            .withBatches(
                spec.writing().batchSize(),
                Math.max(1, spec.writing().maxAsyncBatches() / spec.slots()),
                Math.max(1, BYTES_IN_FLIGHT / spec.slots()));
    return new BatchLane(new BatchWriter(client, writes, stop));
  }

  @Override
  public MetadataOutcome restore(
      List<SecondaryIndex> indexes, List<UdfModule> udfs, BooleanSupplier stop) throws IOException {
    MetadataWriter writer =
        new MetadataWriter(
            client,
            MetadataSpec.of(spec.targetNamespace()).withReplace(spec.replaceMetadata()),
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

  private record BatchLane(BatchWriter writer) implements Lane {
    @Override
    public void write(RecordView row) throws IOException {
      writer.write(row);
    }

    @Override
    public RecordCounts finish() throws IOException {
      writer.flush();
      WriteCounts counts = writer.counts();
      return new RecordCounts(
          counts.given(),
          counts.inserted(),
          counts.expired(),
          counts.skipped(),
          counts.fresher(),
          counts.existed(),
          counts.retriedInDoubt());
    }

    @Override
    public void close() {
      writer.close();
    }
  }
}
