package org.asbeam.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.storage.Compression;
import org.asbeam.storage.Store;
import org.asbeam.storage.journal.Journal;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.storage.journal.PartitionSlice;
import org.asbeam.transforms.work.BackupLaunch;
import org.asbeam.transforms.work.BackupOutput;
import org.asbeam.transforms.work.BackupScope;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.BackupWorker;
import org.asbeam.transforms.work.Progress;
import org.asbeam.transforms.work.RunStop;
import org.asbeam.transforms.work.Surroundings;

/**
 * A backup from a synthetic source, by the same classes as a real one, without Beam: plan, slices,
 * commit.
 */
final class BackupRun {
  private final BenchmarkBackends backends;
  private final BackupSpec spec;

  /** What a run wrote, and how long its slices took; start and commit are not timed. */
  record Result(Stopwatch time, long records, long textBytes, long storedBytes) {}

  BackupRun(BenchmarkBackends backends, int threads, Compression compression) {
    this.backends = backends;
    this.spec =
        BackupSpec.of(
                ConnectionSpec.of("127.0.0.1"),
                "test",
                BackupOutput.folder("benchmark").withCompression(compression))
            .withScope(BackupScope.everything().withIndexes(false).withUdfs(false))
            .withSlots(threads);
  }

  Result run() throws Exception {
    BackupLaunch.Launched launched =
        new BackupLaunch(backends, Surroundings.real()).start(spec, id -> "", "benchmark");
    String runId = launched.runId();
    try (Store store = backends.openStore("");
        BackupWorker worker =
            BackupWorker.join("benchmark", runId, backends, Surroundings.real(), "benchmark")) {
      List<PartitionSlice> slices = new Journal(store, runId).plan().slices();
      AtomicInteger next = new AtomicInteger();
      Stopwatch time =
          Stopwatch.time(
              spec.slots(),
              () -> {
                for (int i = next.getAndIncrement();
                    i < slices.size();
                    i = next.getAndIncrement()) {
                  if (worker.run(slices.get(i)).isEmpty()) {
                    throw failed(store, runId);
                  }
                }
                return null;
              });
      Manifest manifest = worker.commit().orElseThrow(() -> failed(store, runId));
      return new Result(time, manifest.records(), manifest.textBytes(), manifest.bytes());
    } finally {
      RunStop.forget(runId);
      Progress.forget(runId);
    }
  }

  private static IllegalStateException failed(Store store, String runId) {
    try {
      return new IllegalStateException(
          "the backup failed: " + new Journal(store, runId).signs().failure());
    } catch (IOException e) {
      return new IllegalStateException("the backup failed", e);
    }
  }
}
