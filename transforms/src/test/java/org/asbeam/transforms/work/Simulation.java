package org.asbeam.transforms.work;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.format.PartitionSet;
import org.asbeam.storage.Compression;
import org.asbeam.storage.Store;
import org.asbeam.storage.journal.Journal;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.storage.journal.PartitionSlice;
import org.asbeam.storage.secrets.SecretAgentSpec;

/**
 * A backup from one thread and one seed: the core without Beam, network, disk or clock. A process
 * of it is a call of {@link #attempt}, which may die of a {@link MemoryStore.Crash}.
 */
final class Simulation {
  private final Random random;
  final FakeCluster cluster;
  final BackupSpec spec;
  MemoryStore store = MemoryStore.empty();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  Simulation(long seed, Compression compression) {
    random = new Random(seed);
    int partitions = 1 + random.nextInt(40);
    cluster = FakeCluster.random(random, random.nextInt(400), partitions);
    spec =
        BackupSpec.of(
                ConnectionSpec.of("127.0.0.1"),
                "test",
                BackupOutput.folder("memory")
                    .withFileLimit(random.nextBoolean() ? 0 : 1 + random.nextInt(20_000))
                    .withCompact(random.nextBoolean())
                    .withCompression(compression))
            .withScope(BackupScope.everything().withPartitions(PartitionSet.range(0, partitions)))
            .withSlots(1 + random.nextInt(4))
            .withWaitStable(Duration.ZERO);
  }

  Surroundings surroundings() {
    return new Surroundings(() -> now, random, (period, name, task) -> () -> {});
  }

  Backends backends() {
    return new Backends() {
      @Override
      public Store openStore(String directory) {
        return store;
      }

      @Override
      public RecordSource openSource(BackupSpec ignored) {
        return cluster;
      }

      @Override
      public RecordSink openSink(RestoreSpec ignored, String runId) {
        throw new UnsupportedOperationException();
      }

      @Override
      public TargetView lookAtTarget(RestoreSpec spec) {
        throw new UnsupportedOperationException();
      }

      @Override
      public BackupSpec resolve(BackupSpec asked) {
        return asked;
      }

      @Override
      public ClusterView look(ConnectionSpec connection, SecretAgentSpec agent, String namespace) {
        throw new UnsupportedOperationException();
      }
    };
  }

  Random random() {
    return random;
  }

  /** A process that starts or resumes the backup and works on all slices, in random order. */
  Optional<Manifest> attempt(boolean resume) throws IOException, WorkException {
    // Long enough for the last process to count as dead.
    now = now.plusSeconds(3600);
    BackupLaunch launch = new BackupLaunch(backends(), surroundings());
    BackupLaunch.Launched run =
        resume
            ? launch.resume(spec, "launcher")
            : launch.start(spec, id -> "A" + id % 2, "launcher");
    return work(run.runId());
  }

  /** Does all slices of a run, and the commit. */
  Optional<Manifest> work(String runId) throws IOException, WorkException {
    RunStop.forget(runId);
    BackupWorker worker = BackupWorker.join("memory", runId, backends(), surroundings(), "worker");
    List<PartitionSlice> slices = new ArrayList<>(new Journal(store, runId).plan().slices());
    Collections.shuffle(slices, random);
    for (PartitionSlice slice : slices) {
      if (worker.run(slice).isEmpty()) {
        return Optional.empty();
      }
    }
    return worker.commit();
  }
}
