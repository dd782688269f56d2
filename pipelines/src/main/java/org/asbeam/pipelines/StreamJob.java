package org.asbeam.pipelines;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StreamWriter;
import org.asbeam.storage.crypto.FileEncryption;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.storage.journal.PartitionSlice;
import org.asbeam.storage.secrets.Secrets;
import org.asbeam.transforms.work.Backends;
import org.asbeam.transforms.work.BackupOutput;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.ClusterView;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.RecordSource;
import org.asbeam.transforms.work.RunStop;
import org.asbeam.transforms.work.StreamBackup;
import org.asbeam.transforms.work.Surroundings;
import org.asbeam.transforms.work.WorkException;

/**
 * Backs up into a single file or standard output. Without a pipeline: one stream has one writer,
 * and that is this process.
 */
final class StreamJob {
  private final BackupSpec spec;
  private final Backends backends;
  private final List<PartitionSlice> slices;
  private final String runId = "stream-" + UUID.randomUUID();
  private final AtomicReference<Manifest> outcome = new AtomicReference<>();

  /** The file's folder; null for standard output. */
  private Store store;

  private StreamJob(BackupSpec spec, Backends backends, List<PartitionSlice> slices) {
    this.spec = spec;
    this.backends = backends;
    this.slices = slices;
  }

  /**
   * Starts the backup.
   *
   * @param cluster as the launcher sees it
   * @throws WorkException if the file is there and not to be replaced
   */
  static Job<BackupReport> start(BackupSpec spec, Backends backends, ClusterView cluster)
      throws IOException, WorkException {
    StreamJob job =
        new StreamJob(spec, backends, StreamBackup.slices(spec, cluster.masters()::get));
    FileEncryption encryption = spec.output().encryption().open(Secrets.of(spec.secretAgent()));
    StreamWriter stream = job.open(encryption);
    return new RunningJob<BackupReport>(
            job.runId, job.slices.size(), BackupPipeline.totals(spec, cluster))
        .start(
            () -> {},
            () -> job.run(stream),
            elapsed ->
                new BackupReport(
                    spec.output().file(), job.outcome.get(), job.slices.size(), 0, elapsed));
  }

  private StreamWriter open(FileEncryption encryption) throws IOException, WorkException {
    String file = spec.output().file();
    if (file.equals(BackupOutput.STANDARD_OUTPUT)) {
      return new StreamWriter(
          backends.standardOutput(), "standard output", spec.output().compression(), encryption);
    }
    int slash = file.lastIndexOf('/');
    String folder = slash < 0 ? "." : file.substring(0, slash + 1);
    store = backends.openStore(folder);
    try {
      return new StreamWriter(
          store.createWhole(file.substring(slash + 1), spec.output().removeFiles()),
          spec.output().compression(),
          encryption);
    } catch (StoreException e) {
      store.close();
      if (e.kind() == StoreException.Kind.EXISTS) {
        throw new WorkException(
            ErrorCode.NOT_EMPTY,
            e.getMessage(),
            "name another file, or replace it with --remove-files",
            e);
      }
      throw e;
    }
  }

  private void run(StreamWriter stream) throws IOException, WorkException {
    try (stream;
        RecordSource source = backends.openSource(spec)) {
      outcome.set(
          StreamBackup.run(
              spec,
              runId,
              slices,
              stream,
              source,
              Surroundings.real(),
              RunStop.of(runId)::requested));
    } finally {
      if (store != null) {
        store.close();
      }
    }
  }
}
