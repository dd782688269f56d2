package org.asbeam.transforms.work;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.asbeam.aerospike.ClusterClient;
import org.asbeam.aerospike.ClusterClients;
import org.asbeam.aerospike.ClusterDescription;
import org.asbeam.aerospike.ClusterException;
import org.asbeam.aerospike.ClusterState;
import org.asbeam.aerospike.MetadataReader;
import org.asbeam.aerospike.NodeState;
import org.asbeam.aerospike.PartitionCursors;
import org.asbeam.aerospike.PartitionScanner;
import org.asbeam.aerospike.RowHandler;
import org.asbeam.aerospike.ScanOutcome;
import org.asbeam.aerospike.ScanSpec;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.Partitions;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;
import org.asbeam.storage.secrets.Secrets;

/** The cluster that is backed up, over the shared client of this process. */
final class ClusterSource implements RecordSource {
  private final BackupSpec spec;
  private final ClusterClient client;

  private ClusterSource(BackupSpec spec, ClusterClient client) {
    this.spec = spec;
    this.client = client;
  }

  static ClusterSource open(BackupSpec spec) throws IOException {
    return new ClusterSource(
        spec, ClusterClients.acquire(spec.connection(), Secrets.of(spec.secretAgent())::resolve));
  }

  @Override
  public long scan(PartitionSet partitions, RowHandler handler, BooleanSupplier stop)
      throws IOException {
    ScanOutcome outcome =
        new PartitionScanner(client, scanSpec(spec)).scan(cursors(partitions), handler, stop);
    if (outcome.stopped()) {
      throw new StoppedException();
    }
    return outcome.retries();
  }

  /** How the records of a backup are scanned. */
  static ScanSpec scanSpec(BackupSpec spec) {
    BackupScope scope = spec.scope();
    return ScanSpec.of(spec.namespace())
        .withFilter(scope.filter())
        .withBins(scope.bins())
        .withNoBins(scope.noBins())
        .withMaxRecords(scope.maxRecords())
        .withPreferredRacks(spec.connection().preferRacks())
        .withRetries(spec.reading().retries());
  }

  private PartitionCursors cursors(PartitionSet partitions) {
    byte[] after = Base64.getDecoder().decode(spec.scope().afterDigest());
    return after.length > 0 && partitions.contains(Partitions.of(after))
        ? PartitionCursors.startAfter(partitions, after)
        : PartitionCursors.start(partitions);
  }

  @Override
  public List<SecondaryIndex> secondaryIndexes() throws IOException {
    return new MetadataReader(client).secondaryIndexes(spec.namespace());
  }

  @Override
  public List<UdfModule> udfModules() throws IOException {
    return new MetadataReader(client).udfs();
  }

  @Override
  public ClusterSnapshot awaitStable(BooleanSupplier stop) throws IOException {
    try {
      return snapshot(ClusterState.awaitStable(client, spec.namespace(), spec.waitStable(), stop));
    } catch (ClusterException e) {
      if (e.kind() == ClusterException.Kind.UNSTABLE && spec.allowUnstable()) {
        return snapshot(ClusterState.read(client, spec.namespace()));
      }
      throw e;
    }
  }

  @Override
  public Map<String, Object> describe() throws IOException {
    return ClusterDescription.read(client, spec.namespace());
  }

  private static ClusterSnapshot snapshot(ClusterState state) {
    long latest = state.nodes().stream().mapToLong(NodeState::currentTime).max().orElse(0);
    long spread = 1000 * (latest - state.earliestTime());
    long reported = state.nodes().stream().mapToLong(NodeState::clusterSkewMillis).max().orElse(0);
    return new ClusterSnapshot(
        state.clusterName(),
        state.clusterKey(),
        state.nodes().stream().map(NodeState::name).sorted().toList(),
        state.nodes().stream().map(NodeState::build).distinct().sorted().toList(),
        state.replicationFactor(),
        state.masterObjects(),
        Instant.ofEpochSecond(state.earliestTime()),
        Duration.ofMillis(Math.max(spread, reported)),
        state.reasonsNotStable());
  }

  @Override
  public void close() {
    client.close();
  }
}
