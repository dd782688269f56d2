package org.asbeam.benchmarks;

import java.util.function.Supplier;
import org.asbeam.storage.Store;
import org.asbeam.transforms.work.Backends;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.RecordSink;
import org.asbeam.transforms.work.RecordSource;
import org.asbeam.transforms.work.RestoreSpec;

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
}
