package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.asbeam.storage.Compression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A namespace travels cluster, files, cluster on every runner, and every record comes back. */
class RoundTripTest {
  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "direct, none",
    "direct, zstd",
    "BATCH, zstd",
    "PIPELINED, none",
  })
  void everyRecordComesBack(String runner, String compression) throws Exception {
    try (Fixture fixture = Fixture.start(2).fill(5_000)) {
      PipelineOptions options =
          runner.equals("direct") ? Fixture.direct() : Fixture.flink(runner, 2);
      Path folder = temp.resolve("backup");
      BackupReport backup =
          BackupPipeline.start(
                  fixture.backup(folder, Compression.parse(compression), 2), false, options)
              .await();
      assertThat(backup.manifest().records()).isEqualTo(5_000);
      assertThat(backup.manifest().complete()).isTrue();
      assertThat(backup.manifest().sets()).containsKeys("", "set0", "set1", "set2");
      assertThat(folder.resolve(".asbeam/lock.json")).doesNotExist();

      VerifyReport verified = Fixture.verify(folder);
      assertThat(verified.findings()).isEmpty();
      assertThat(verified.records()).isEqualTo(5_000);

      RestoreReport restored = RestorePipeline.start(fixture.restore(folder), options).await();
      assertThat(restored.records().inserted()).isEqualTo(5_000);
      assertThat(restored.records().addsUp()).isTrue();
      assertThat(restored.metadata().udfsKept()).isEqualTo(1);
      fixture.targetEqualsSource();
    }
  }

  @Test
  void anEmptyNamespaceIsABackupToo() throws Exception {
    try (Fixture fixture = Fixture.start(1)) {
      Path folder = temp.resolve("empty");
      BackupReport backup =
          BackupPipeline.start(fixture.backup(folder, Compression.NONE, 2), false, Fixture.direct())
              .await();
      assertThat(backup.manifest().records()).isZero();
      assertThat(Fixture.verify(folder).findings()).isEmpty();
      assertThat(
              RestorePipeline.start(fixture.restore(folder), Fixture.direct())
                  .await()
                  .records()
                  .read())
          .isZero();
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .anyMatch(name -> name.matches("metadata_source_1_[0-9a-f]{8}\\.asb"));
      }
    }
  }

  @Test
  void restoringTwiceSaysFresher() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(500)) {
      Path folder = temp.resolve("backup");
      BackupPipeline.start(fixture.backup(folder, Compression.NONE, 2), false, Fixture.direct())
          .await();
      RestorePipeline.start(fixture.restore(folder), Fixture.direct()).await();
      RestoreReport again =
          RestorePipeline.start(fixture.restore(folder), Fixture.direct()).await();
      // A restored record has generation 1; the backup's generations go from 1 to 7.
      assertThat(again.records().fresher()).isPositive();
      assertThat(again.records().addsUp()).isTrue();
      fixture.targetEqualsSource();
    }
  }
}
