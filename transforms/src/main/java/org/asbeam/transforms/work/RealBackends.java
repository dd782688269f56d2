package org.asbeam.transforms.work;

import java.io.IOException;
import org.asbeam.aerospike.ClusterClient;
import org.asbeam.aerospike.ClusterClients;
import org.asbeam.aerospike.ClusterState;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.aerospike.NodeState;
import org.asbeam.aerospike.TargetState;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.Stores;
import org.asbeam.storage.secrets.SecretAgentSpec;
import org.asbeam.storage.secrets.Secrets;

/**
 * Real clusters and real folders.
 *
 * @param stores what the folders' stores are opened with
 */
public record RealBackends(StoreAccess stores) implements Backends {
  /** With stores that need no settings. */
  public RealBackends() {
    this(StoreAccess.DEFAULT);
  }

  @Override
  public Backends withStoreAccess(StoreAccess access) {
    return new RealBackends(access);
  }

  @Override
  public Store openStore(String directory) throws IOException {
    return Stores.open(directory, stores);
  }

  @Override
  public RecordSource openSource(BackupSpec spec) throws IOException {
    return ClusterSource.open(spec);
  }

  @Override
  public RecordSink openSink(RestoreSpec spec, String runId) throws IOException {
    return ClusterSink.open(spec, runId);
  }

  @Override
  public TargetView lookAtTarget(RestoreSpec spec) throws IOException {
    try (ClusterClient client =
        ClusterClients.acquire(spec.connection(), Secrets.of(spec.secretAgent())::resolve)) {
      return TargetViews.of(
          spec,
          TargetState.read(client, spec.targetNamespace()),
          ClusterState.read(client, spec.targetNamespace()).nodes().stream()
              .map(NodeState::name)
              .sorted()
              .toList());
    }
  }

  @Override
  public BackupSpec resolve(BackupSpec spec) throws IOException, WorkException {
    try (ClusterClient client =
        ClusterClients.acquire(spec.connection(), Secrets.of(spec.secretAgent())::resolve)) {
      return ScopeResolver.resolve(spec, client);
    }
  }

  @Override
  public ClusterView look(ConnectionSpec connection, SecretAgentSpec agent, String namespace)
      throws IOException {
    try (ClusterClient client = ClusterClients.acquire(connection, Secrets.of(agent)::resolve)) {
      return new ClusterView(
          ClusterState.masters(client, namespace),
          ClusterState.read(client, namespace).masterObjects());
    }
  }
}
