package org.asbeam.transforms.work;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.aerospike.RowHandler;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.secrets.SecretAgentSpec;

/** Backends whose scans keep to a limit that they share with others. */
record LimitedBackends(Backends backends, ScanLimit limit) implements Backends {
  @Override
  public Store openStore(String directory) throws IOException {
    return backends.openStore(directory);
  }

  @Override
  public Backends withStoreAccess(StoreAccess access) {
    return new LimitedBackends(backends.withStoreAccess(access), limit);
  }

  @Override
  public RecordSource openSource(BackupSpec spec) throws IOException {
    return new LimitedSource(backends.openSource(spec), limit);
  }

  @Override
  public RecordSink openSink(RestoreSpec spec, String runId) throws IOException {
    return backends.openSink(spec, runId);
  }

  @Override
  public TargetView lookAtTarget(RestoreSpec spec) throws IOException {
    return backends.lookAtTarget(spec);
  }

  @Override
  public InputStream standardInput() {
    return backends.standardInput();
  }

  @Override
  public OutputStream standardOutput() {
    return backends.standardOutput();
  }

  @Override
  public BackupSpec resolve(BackupSpec spec) throws IOException, WorkException {
    return backends.resolve(spec);
  }

  @Override
  public ClusterView look(ConnectionSpec connection, SecretAgentSpec agent, String namespace)
      throws IOException {
    return backends.look(connection, agent, namespace);
  }

  private record LimitedSource(RecordSource source, ScanLimit limit) implements RecordSource {
    @Override
    public long scan(PartitionSet partitions, RowHandler handler, BooleanSupplier stop)
        throws IOException {
      limit.enter(stop);
      try {
        return source.scan(partitions, handler, stop);
      } finally {
        limit.leave();
      }
    }

    @Override
    public List<SecondaryIndex> secondaryIndexes() throws IOException {
      return source.secondaryIndexes();
    }

    @Override
    public List<UdfModule> udfModules() throws IOException {
      return source.udfModules();
    }

    @Override
    public Map<String, Object> describe() throws IOException {
      return source.describe();
    }

    @Override
    public ClusterSnapshot awaitStable(BooleanSupplier stop) throws IOException {
      return source.awaitStable(stop);
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
