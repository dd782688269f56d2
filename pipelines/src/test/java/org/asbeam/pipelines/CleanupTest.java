package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.asbeam.storage.Compression;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.journal.BackupFolder;
import org.asbeam.storage.journal.Heartbeat;
import org.asbeam.storage.journal.Journal;
import org.asbeam.storage.journal.Lock;
import org.asbeam.storage.journal.Removal;
import org.asbeam.transforms.work.BackupLaunch;
import org.asbeam.transforms.work.BackupOutput;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.FolderCleanup;
import org.asbeam.transforms.work.RealBackends;
import org.asbeam.transforms.work.Surroundings;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.WorkerName;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanupTest {
  @TempDir Path temp;

  @Test
  void whatADeadRunLeftGoesAndTheFolderIsFreeAgain() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(200)) {
      Path folder = temp.resolve("backup");
      BackupSpec spec = fixture.backup(folder, Compression.NONE, 2);
      BackupLaunch.Launched dead =
          new BackupLaunch(new RealBackends(), Surroundings.real())
              .start(spec, id -> "", deadProcess());
      String tag = dead.runId().substring(dead.runId().length() - 4);
      Files.writeString(folder.resolve("source_1_1_" + tag + "0000.asb"), "half a fi");
      Files.writeString(folder.resolve("notes.txt"), "mine");

      FolderCleanup.Leftovers found = FolderCleanup.find(new RealBackends(), folder.toString());
      assertThat(found.inUse()).isFalse();
      assertThat(found.state()).contains("unfinished", dead.runId());
      assertThat(found.files())
          .contains("000_UNFINISHED.asb", "source_1_1_" + tag + "0000.asb")
          .doesNotContain("notes.txt");
      assertThat(names(folder)).as("finding removes nothing").contains("000_UNFINISHED.asb");

      FolderCleanup.remove(new RealBackends(), folder.toString());
      assertThat(names(folder)).containsExactly("notes.txt");
      Files.delete(folder.resolve("notes.txt"));
      BackupPipeline.start(spec, false, Fixture.direct()).await();
    }
  }

  @Test
  void removingArtifactsTakesTheBackupAndNothingElse() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(200)) {
      Path folder = temp.resolve("backup");
      BackupSpec spec = fixture.backup(folder, Compression.NONE, 2);
      BackupPipeline.start(spec, false, Fixture.direct()).await();
      Files.writeString(folder.resolve("notes.txt"), "mine");
      BackupLaunch launch = new BackupLaunch(new RealBackends(), Surroundings.real());

      assertThat(launch.remove(folder.toString())).isPositive();
      assertThat(names(folder)).contains("notes.txt").noneMatch(name -> name.endsWith(".asb"));
      Files.delete(folder.resolve("notes.txt"));
      assertThat(launch.remove(folder.toString())).isZero();
      BackupPipeline.start(spec, false, Fixture.direct()).await();
    }
  }

  @Test
  void aRunAtWorkKeepsOthersOut() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(200)) {
      Path folder = temp.resolve("backup");
      BackupSpec spec = fixture.backup(folder, Compression.NONE, 2);
      new BackupLaunch(new RealBackends(), Surroundings.real())
          .start(spec, id -> "", WorkerName.ofThisProcess());
      for (BackupSpec other : List.of(spec, spec.withOutput(spec.output().withRemoveFiles(true)))) {
        assertThat(refusal(() -> BackupPipeline.start(other, false, Fixture.direct())))
            .isEqualTo(ErrorCode.IN_USE);
      }
      assertThat(refusal(() -> BackupPipeline.start(spec, true, Fixture.direct())))
          .isEqualTo(ErrorCode.IN_USE);
      assertThat(refusal(() -> FolderCleanup.remove(new RealBackends(), folder.toString())))
          .isEqualTo(ErrorCode.IN_USE);
      assertThat(names(folder)).contains("000_UNFINISHED.asb");
    }
  }

  @Test
  void aRunThatBeginsMeanwhileKeepsItsLock() throws Exception {
    MapStore store = new MapStore("bucket");
    Lock other = new Lock("other", "elsewhere", Instant.now(), Removal.DELETES);
    try (Fixture fixture = Fixture.start(1).fill(50);
        Asbeam first = Asbeam.create().withStores(name -> store);
        Asbeam second =
            Asbeam.create()
                .withStores(
                    name ->
                        new Delegate(store) {
                          @Override
                          public boolean putIfAbsent(String file, byte[] content)
                              throws StoreException {
                            if (file.endsWith("/probe.json")) {
                              new Journal(store, other.runId())
                                  .signs()
                                  .beat(new Heartbeat("elsewhere_1_1", Instant.now(), 0, 0, 0));
                              new BackupFolder(store).take(other);
                            }
                            return super.putIfAbsent(file, content);
                          }
                        })) {
      BackupSpec spec =
          BackupSpec.of(
              fixture.connection(), Fixture.SOURCE, BackupOutput.folder(first.folder("monday")));
      first.backup(spec).await();
      BackupSpec over =
          spec.withOutput(BackupOutput.folder(second.folder("monday")).withRemoveFiles(true));
      assertThat(refusal(() -> second.backup(over).await())).isEqualTo(ErrorCode.IN_USE);
      assertThat(new BackupFolder(store).lock()).contains(other);
    }
  }

  private static ErrorCode refusal(ThrowingCallable call) {
    return catchThrowableOfType(WorkException.class, call).code();
  }

  /** A process of this host that is known to be gone. */
  private static String deadProcess() {
    return WorkerName.ofThisProcess().replaceAll("_\\d+$", "_999999999");
  }

  @Test
  void aFinishedBackupStaysWhole() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(200)) {
      Path folder = temp.resolve("backup");
      BackupPipeline.start(fixture.backup(folder, Compression.ZSTD, 2), false, Fixture.direct())
          .await();
      List<String> before = names(folder);
      assertThat(FolderCleanup.remove(new RealBackends(), folder.toString()).files()).isEmpty();
      assertThat(names(folder)).isEqualTo(before);
      assertThat(Fixture.verify(folder).findings()).isEmpty();
    }
  }

  private static List<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
