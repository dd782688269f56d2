package org.asbeam.benchmarks;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.storage.Store;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.journal.FileJournal;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.transforms.work.FileOutcome;
import org.asbeam.transforms.work.FileRun;
import org.asbeam.transforms.work.Progress;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.RestoreScope;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.RestoreWorker;
import org.asbeam.transforms.work.RunStop;
import org.asbeam.transforms.work.Surroundings;
import org.asbeam.transforms.work.Workers;

/** A restore into a sink that keeps nothing, by the same classes as a real one, without Beam. */
final class RestoreRun {
  private static final String RUN = "benchmark";

  private final BenchmarkBackends backends;
  private final RestoreSpec spec;

  /** What a run read, and how long its slices took. */
  record Result(Stopwatch time, long records, long textBytes) {}

  RestoreRun(BenchmarkBackends backends, int threads) {
    this.backends = backends;
    this.spec =
        RestoreSpec.of(ConnectionSpec.of("127.0.0.1"), "test", RestoreInput.folder("benchmark"))
            .withScope(RestoreScope.everything().withIndexes(false).withUdfs(false))
            .withSlots(threads);
  }

  Result run() throws Exception {
    AtomicInteger next = new AtomicInteger();
    try (Store store = backends.openStore("");
        RestoreWorker worker =
            RestoreWorker.join(
                spec,
                new FileRun(FileJournal.Kind.RESTORES, RUN, "", spec.slots(), 0, "", Workers.HERE),
                backends,
                Surroundings.real(),
                RUN)) {
      BackupContents contents = BackupContents.of(store);
      List<FileSlice> slices = contents.slices(spec.slots());
      Stopwatch time =
          Stopwatch.time(
              spec.slots(),
              () -> {
                for (int i = next.getAndIncrement();
                    i < slices.size();
                    i = next.getAndIncrement()) {
                  FileOutcome outcome = worker.run(slices.get(i));
                  if (outcome.failed().isPresent()) {
                    throw new IllegalStateException("the restore failed: " + outcome.failed());
                  }
                }
                return null;
              });
      return new Result(
          time,
          contents.files().stream().mapToLong(FileReceipt::records).sum(),
          contents.files().stream().mapToLong(FileReceipt::textBytes).sum());
    } finally {
      RunStop.forget(RUN);
      Progress.forget(RUN);
    }
  }
}
