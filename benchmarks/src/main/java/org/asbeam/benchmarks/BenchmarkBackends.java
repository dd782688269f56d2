package org.asbeam.benchmarks;

import java.util.Collections;
import java.util.function.Supplier;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.format.Partitions;
import org.asbeam.storage.Store;
import org.asbeam.storage.secrets.SecretAgentSpec;
import org.asbeam.transforms.work.Backends;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.ClusterView;
import org.asbeam.transforms.work.RecordSink;
import org.asbeam.transforms.work.RecordSource;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.TargetView;

/** The ends of the work that a benchmark puts in the place of cluster and folder. */
record BenchmarkBackends(Supplier<Store> store, RecordSource source, RecordSink sink)
    implements Backends {
  @Override
  public Store openStore(String directory) {
    return store.get();
  }

  @Override
  public RecordSource openSource(BackupSpec spec) {
    return source;
  }

  @Override
  public RecordSink openSink(RestoreSpec spec, String runId) {
    return sink;
  }

  @Override
  public TargetView lookAtTarget(RestoreSpec spec) {
    throw new UnsupportedOperationException("no launcher looks at a benchmark's target");
  }

  @Override
  public BackupSpec resolve(BackupSpec asked) {
    return asked;
  }

  @Override
  public ClusterView look(ConnectionSpec connection, SecretAgentSpec agent, String namespace) {
    return new ClusterView(Collections.nCopies(Partitions.COUNT, ""), 0);
  }
}
