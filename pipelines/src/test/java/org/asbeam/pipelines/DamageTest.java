package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.asbeam.storage.Compression;
import org.asbeam.storage.Stores;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.journal.FileJournal;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.storage.journal.ManifestFile;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.FileOutcome;
import org.asbeam.transforms.work.FileRun;
import org.asbeam.transforms.work.FolderAudit;
import org.asbeam.transforms.work.OpenInputs;
import org.asbeam.transforms.work.RealBackends;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.Surroundings;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.VerifyWorker;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.Workers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of damage to a finished backup: verify finds it, restore does not report success. */
class DamageTest {
  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void name() {
    folder = temp.resolve("backup");
  }

  private void backUp(Fixture fixture, Compression compression) throws Exception {
    BackupPipeline.start(fixture.backup(folder, compression, 1), false, Fixture.direct()).await();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "zstd"})
  void everyFlippedBitAndEveryCutIsFound(String compression) throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(300)) {
      backUp(fixture, Compression.parse(compression));
      assertThat(findings()).isEmpty();
      Random random = new Random(7);
      for (Path file : dataFiles()) {
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < 40; i++) {
          byte[] flipped = whole.clone();
          int bit = random.nextInt(8 * whole.length);
          flipped[bit / 8] ^= (byte) (1 << bit % 8);
          Files.write(file, flipped);
          assertThat(findings()).as("bit " + bit + " of " + file.getFileName()).isNotEmpty();
          Files.write(file, Arrays.copyOf(whole, random.nextInt(whole.length)));
          assertThat(findings()).as("a cut of " + file.getFileName()).isNotEmpty();
        }
        Files.write(file, whole);
      }
      assertThat(findings()).isEmpty();
    }
  }

  @Test
  void allDamageIsFoundNotOnlyTheFirst() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(300)) {
      backUp(fixture, Compression.NONE);
      List<Path> files = dataFiles();
      for (Path file : files.subList(0, 3)) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
      Files.delete(files.get(4));
      Files.copy(files.get(5), folder.resolve("stranger.asb"));
      VerifyReport report = Fixture.verify(folder);
      assertThat(report.sound()).isFalse();
      for (int i : new int[] {0, 1, 2, 4}) {
        assertThat(report.findings())
            .anySatisfy(line -> assertThat(line).contains(files.get(i).getFileName().toString()));
      }
      assertThat(report.findings())
          .anySatisfy(line -> assertThat(line).contains("stranger.asb"))
          .anySatisfy(line -> assertThat(line).contains("300 were written"));
      assertThat(report.promises())
          .noneSatisfy(line -> assertThat(line).contains("is in the backup"));
    }
  }

  @Test
  void restoreRefusesDamage() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(300)) {
      backUp(fixture, Compression.NONE);
      Path file = dataFiles().get(2);
      byte[] whole = Files.readAllBytes(file);
      byte[] flipped = whole.clone();
      flipped[whole.length / 2] ^= 4;
      Files.write(file, flipped);
      assertThat(restoreFails(fixture).code()).isEqualTo(ErrorCode.DAMAGED);
      Files.write(file, Arrays.copyOf(whole, whole.length - 1));
      assertThat(restoreFails(fixture).code()).isEqualTo(ErrorCode.DAMAGED);
      Files.delete(file);
      WorkException missing = restoreFails(fixture);
      assertThat(missing).hasMessageContaining(file.getFileName().toString());
    }
  }

  @Test
  void aLostIndexIsAFindingButTheRecordsComeBack() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(300)) {
      backUp(fixture, Compression.ZSTD);
      Path index = folder.resolve(".asbeam/index");
      try (Stream<Path> files = Files.list(index)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      VerifyReport report = Fixture.verify(folder);
      assertThat(report.findings()).isNotEmpty();
      assertThat(report.records()).isEqualTo(300);
      RestorePipeline.start(fixture.restore(folder), Fixture.direct()).await();
      fixture.targetEqualsSource();
    }
  }

  @Test
  void aLostOrDamagedManifestIsReadFromItsCopy() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(300)) {
      backUp(fixture, Compression.NONE);
      Path manifest = folder.resolve(ManifestFile.NAME);
      byte[] whole = Files.readAllBytes(manifest);
      byte[] flipped = whole.clone();
      flipped[100] ^= 1;
      Files.write(manifest, flipped);
      assertThat(findings()).anySatisfy(line -> assertThat(line).contains("manifest is damaged"));
      Files.delete(manifest);
      assertThat(findings()).anySatisfy(line -> assertThat(line).contains("is missing"));
      RestorePipeline.start(fixture.restore(folder), Fixture.direct()).await();
      fixture.targetEqualsSource();
      Files.write(manifest, Arrays.copyOf(whole, whole.length / 2));
      Files.copy(manifest, folder.resolve(ManifestFile.COPY), StandardCopyOption.REPLACE_EXISTING);
      assertThat(catchThrowableOfType(WorkException.class, () -> Fixture.verify(folder)).code())
          .isEqualTo(ErrorCode.DAMAGED);
    }
  }

  private WorkException restoreFails(Fixture fixture) {
    return catchThrowableOfType(
        WorkException.class,
        () -> RestorePipeline.start(fixture.restore(folder), Fixture.direct()).await());
  }

  private List<Path> dataFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".asb")).sorted().toList();
    }
  }

  /**
   * What verify finds, by the plain classes: a pipeline for each of a thousand flips takes long.
   */
  private List<String> findings() throws Exception {
    RealBackends backends = new RealBackends();
    VerifySpec spec = VerifySpec.of(RestoreInput.folder(folder.toString()), 1);
    BackupContents contents = BackupContents.of(Stores.open(spec.input().directories().get(0)));
    FileRun run =
        new FileRun(FileJournal.Kind.VERIFICATIONS, "damage-test", "", 1, 0, "", Workers.HERE);
    try (VerifyWorker worker =
        VerifyWorker.join(spec, run, backends, Surroundings.real(), "test")) {
      AtomicInteger records = new AtomicInteger();
      List<String> findings = new java.util.ArrayList<>();
      int udfs = 0;
      for (FileSlice slice : contents.slices(1)) {
        FileOutcome outcome = worker.run(slice);
        records.addAndGet((int) outcome.records().read());
        udfs += outcome.udfs();
        findings.addAll(outcome.findings());
      }
      try (OpenInputs inputs = OpenInputs.open(spec.input(), null, backends)) {
        findings.addAll(FolderAudit.of(inputs).get(0).findings(records.get(), 0, udfs));
      }
      return findings;
    }
  }
}
