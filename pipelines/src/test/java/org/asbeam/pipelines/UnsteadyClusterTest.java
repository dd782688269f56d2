package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.asbeam.aerospike.ScanRetries;
import org.asbeam.embedded.Fault;
import org.asbeam.storage.Compression;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.ReadSettings;
import org.asbeam.transforms.work.WorkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that die and partitions that move while a backup runs: nothing lost, nothing twice. */
@Timeout(120)
class UnsteadyClusterTest {
  @TempDir Path temp;

  @Test
  void aNodeThatDiesCostsNoRecordButTheProof() throws Exception {
    try (Fixture fixture = Fixture.start(3).fill(6_000)) {
      Path folder = temp.resolve("backup");
      BackupSpec spec = Fixture.allowingUnstable(fixture.backup(folder, Compression.NONE, 2));
      slowScans(fixture);
      Job<BackupReport> job = BackupPipeline.start(spec, false, Fixture.direct());
      awaitRecords(job);
      fixture.cluster.killNode(2);
      BackupReport report = job.await();
      assertThat(report.manifest().records()).isEqualTo(6_000);
      assertThat(report.manifest().complete()).isFalse();
      assertThat(report.manifest().warnings())
          .anySatisfy(line -> assertThat(line).contains("not proved complete"));
      VerifyReport verified = Fixture.verify(folder);
      assertThat(verified.findings()).isEmpty();
      assertThat(verified.records()).isEqualTo(6_000);
      assertThat(verified.promises())
          .anySatisfy(line -> assertThat(line).contains("not proved complete"));
      RestorePipeline.start(fixture.restore(folder), Fixture.direct()).await();
      fixture.targetEqualsSource();
    }
  }

  @Test
  void aNodeThatDiesFailsABackupThatMustBeProved() throws Exception {
    try (Fixture fixture = Fixture.start(3).fill(6_000)) {
      Path folder = temp.resolve("backup");
      slowScans(fixture);
      Job<BackupReport> job =
          BackupPipeline.start(
              fixture.backup(folder, Compression.NONE, 2), false, Fixture.direct());
      awaitRecords(job);
      fixture.cluster.killNode(2);
      WorkException failure = catchThrowableOfType(WorkException.class, job::await);
      assertThat(failure.code()).isEqualTo(ErrorCode.UNSTABLE);
      assertThat(failure).hasMessageContaining("changed during the backup");
      assertThat(folder.resolve("backup.manifest.json")).doesNotExist();
      assertThat(folder.resolve("000_UNFINISHED.asb")).exists();
    }
  }

  @Test
  void partitionsThatMoveAreReadOnce() throws Exception {
    try (Fixture fixture = Fixture.start(2).fill(6_000)) {
      Path folder = temp.resolve("backup");
      slowScans(fixture);
      Job<BackupReport> job =
          BackupPipeline.start(
              fixture.backup(folder, Compression.NONE, 2), false, Fixture.direct());
      awaitRecords(job);
      for (int pid = 0; pid < 4096; pid++) {
        fixture.cluster.movePartition(
            Fixture.SOURCE, pid, 1 - fixture.cluster.masterOf(Fixture.SOURCE, pid));
      }
      assertThat(job.progress().slicesDone()).as("moved in the middle").isLessThan(33);
      BackupReport report = job.await();
      assertThat(report.manifest().records()).isEqualTo(6_000);
      assertThat(Fixture.verify(folder).records()).isEqualTo(6_000);
      RestorePipeline.start(fixture.restore(folder), Fixture.direct()).await();
      fixture.targetEqualsSource();
    }
  }

  @Test
  void aPartitionThatNobodyServesFailsTheBackup() throws Exception {
    try (Fixture fixture = Fixture.start(2).fill(1_000)) {
      fixture.cluster.namespace(Fixture.SOURCE).unavailable(77, true);
      BackupSpec spec =
          fixture.backup(temp.resolve("proved"), Compression.NONE, 2).withWaitStable(Duration.ZERO);
      WorkException unstable = failure(spec);
      assertThat(unstable.code()).isEqualTo(ErrorCode.UNSTABLE);
      assertThat(unstable).hasMessageContaining("unavailable");

      // Allowing an unstable cluster is no leave to pass over partitions.
      Path folder = temp.resolve("allowed");
      WorkException stalled =
          failure(
              Fixture.allowingUnstable(fixture.backup(folder, Compression.NONE, 2))
                  .withReading(
                      new ReadSettings(
                          ScanRetries.DEFAULT.withStallTimeout(Duration.ofSeconds(2)), false)));
      assertThat(stalled.code()).isEqualTo(ErrorCode.CLUSTER);
      assertThat(stalled).hasMessageContaining("77");
      assertThat(folder.resolve("backup.manifest.json")).doesNotExist();
      assertThat(folder.resolve("000_UNFINISHED.asb")).exists();

      fixture.cluster.namespace(Fixture.SOURCE).unavailable(77, false);
      BackupReport report =
          BackupPipeline.start(fixture.backup(folder, Compression.NONE, 2), true, Fixture.direct())
              .await();
      assertThat(report.manifest().records()).isEqualTo(1_000);
    }
  }

  private static WorkException failure(BackupSpec spec) {
    return catchThrowableOfType(
        WorkException.class, () -> BackupPipeline.start(spec, false, Fixture.direct()).await());
  }

  @Test
  void aStoppedBackupIsFinishedByResuming() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(6_000)) {
      Path folder = temp.resolve("backup");
      BackupSpec spec = fixture.backup(folder, Compression.ZSTD, 2);
      slowScans(fixture);
      Job<BackupReport> job = BackupPipeline.start(spec, false, Fixture.direct());
      awaitRecords(job);
      job.stop();
      WorkException stopped = catchThrowableOfType(WorkException.class, job::await);
      assertThat(stopped.code()).isEqualTo(ErrorCode.STOPPED);
      assertThat(stopped.hint()).contains("--resume");
      fixture.cluster.clearFaults();

      WorkException refused =
          catchThrowableOfType(
              WorkException.class, () -> BackupPipeline.start(spec, false, Fixture.direct()));
      assertThat(refused.code()).isEqualTo(ErrorCode.UNFINISHED);
      assertThat(catchThrowableOfType(WorkException.class, () -> Fixture.verify(folder)).code())
          .isEqualTo(ErrorCode.UNFINISHED);

      BackupReport report = BackupPipeline.start(spec, true, Fixture.direct()).await();
      assertThat(report.resumed()).isPositive();
      assertThat(report.manifest().records()).isEqualTo(6_000);
      assertThat(Fixture.verify(folder).findings()).isEmpty();
      try (var hidden = Files.list(folder.resolve(".asbeam"))) {
        assertThat(hidden.map(path -> path.getFileName().toString()))
            .containsExactlyInAnyOrder("index", "manifest-copy.json");
      }
    }
  }

  /** Lets the backup last long enough for what happens to it to happen in its middle. */
  private static void slowScans(Fixture fixture) {
    fixture.cluster.inject(Fault.on(Fault.Target.SCAN).always().delay(Duration.ofMillis(20)));
  }

  /** Until the scan is under way; progress is counted when blocks are written. */
  private static void awaitRecords(Job<?> job) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    while (job.progress().slicesDone() < 3) {
      never.await(1, TimeUnit.MILLISECONDS);
    }
  }
}
