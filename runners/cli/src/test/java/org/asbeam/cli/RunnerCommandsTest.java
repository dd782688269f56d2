package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.asbeam.embedded.EmbeddedCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runners by the command: Flink in this process, a cluster, and looking on from elsewhere. */
class RunnerCommandsTest {
  private static final int SLOTS = 3;

  private static FlinkInProcess flink;
  private static EmbeddedCluster node;

  @TempDir Path scratch;

  @BeforeAll
  static void start() throws Exception {
    flink = FlinkInProcess.start(SLOTS);
    node = EmbeddedCluster.builder().namespace("test").namespace("copy").start();
    DemoData.fill(node, "test", 1000);
  }

  @AfterAll
  static void stop() throws Exception {
    node.close();
    flink.close();
  }

  private static String master() {
    return flink.master();
  }

  private static Asbeam.Result run(String command, String runner, Object... more) throws Exception {
    return Asbeam.run(
        Stream.of(Stream.of(command), Stream.of(runner.split(" ")), Stream.of(more))
            .flatMap(words -> words)
            .toArray());
  }

  private void doesAll(String runner) throws Exception {
    node.namespace("copy").clear();
    Path folder = scratch.resolve("backup");
    Asbeam.Result backup =
        run("backup", runner, "-h", node.seeds(), "-n", "test", "-d", folder).succeeds();
    assertThat(backup.number("records")).isEqualTo(1000);
    assertThat(run("verify", runner, "-d", folder).succeeds().number("records")).isEqualTo(1000);
    Asbeam.Result restore =
        run("restore", runner, "-h", node.seeds(), "-n", "test,copy", "-d", folder).succeeds();
    assertThat(restore.number("inserted")).isEqualTo(1000);
    // Of the runner before they are still there.
    assertThat(restore.number("indexes_created") + restore.number("indexes_kept")).isEqualTo(3);
    NamespaceComparison comparison =
        NamespaceComparison.of(node.namespace("test"), node.namespace("copy"));
    assertThat(comparison.differences()).isEmpty();
  }

  @Test
  void flinkInThisProcessDoesAll() throws Exception {
    doesAll("--runner flink-local");
    Asbeam.Result told =
        run(
                "backup",
                "--runner flink-local -v",
                "-h",
                node.seeds(),
                "-n",
                "test",
                "-d",
                scratch.resolve("told"))
            .succeeds();
    assertThat(told.err()).as("who does the work").anyMatch(line -> line.contains("FlinkRunner"));
  }

  @Test
  void aClusterDoesAll() throws Exception {
    doesAll("--runner flink --flink-master " + master());
    Asbeam.Result slots =
        run(
                "backup",
                "--runner flink --flink-master " + master(),
                "-h",
                node.seeds(),
                "-n",
                "test",
                "-d",
                scratch.resolve("b"))
            .succeeds();
    assertThat(slots.number("slices")).as("as the cluster has slots").isEqualTo(16 * SLOTS + 1);
    assertThat(slots.err()).noneMatch(line -> line.contains("restart strategy"));
  }

  @Test
  void aJobIsHandedOverAndSeenFromElsewhere() throws Exception {
    Path folder = scratch.resolve("backup");
    Asbeam.Result handed =
        run(
                "backup",
                "--runner flink --detached --flink-master " + master(),
                "-h",
                node.seeds(),
                "-n",
                "test",
                "-d",
                folder)
            .succeeds();
    assertThat(handed.out()).anyMatch(line -> line.startsWith("asbeam-backup submitted"));
    Asbeam.Result status = Asbeam.run("status", folder, "--watch").succeeds();
    assertThat(status.out()).anyMatch(line -> line.startsWith("asbeam-status done"));
    assertThat(status.number("records")).isEqualTo(1000);
    assertThat(status.fact("run")).isEqualTo(handed.fact("run"));
    Asbeam.run("verify", folder).succeeds();
  }

  @Test
  void theJournalOfAVerificationLiesWhereItIsSaid() throws Exception {
    Path folder = scratch.resolve("backup");
    Asbeam.run("backup", "-h", node.seeds(), "-n", "test", "-d", folder).succeeds();
    Path state = Files.createDirectory(scratch.resolve("state"));
    run(
            "verify",
            "--runner flink --detached --flink-master " + master(),
            "-d",
            folder,
            "--state-directory",
            state)
        .succeeds();
    assertThat(Asbeam.run("status", state, "--watch").succeeds().fact("kind"))
        .isEqualTo("verification");
    assertThat(folder.resolve(".asbeam/verifications")).doesNotExist();
  }

  @Test
  void statusTellsOfAFolder() throws Exception {
    Path folder = scratch.resolve("backup");
    Asbeam.run("status", folder).fails(10, folder.toString(), "no job works here");
    Asbeam.run("backup", "-h", node.seeds(), "-n", "test", "-d", folder).succeeds();
    Asbeam.Result done = Asbeam.run("status", folder).succeeds();
    assertThat(done.out()).anyMatch(line -> line.contains("of test: done"));
    assertThat(done.number("records")).isEqualTo(1000);
    Path damaged = anyBackupFile(folder);
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[bytes.length - 5] ^= 1;
    Files.write(damaged, bytes);
    run("verify", "--runner flink --detached --flink-master " + master(), "-d", folder).succeeds();
    Asbeam.Result found = Asbeam.run("status", folder, "--watch");
    assertThat(found.code()).isEqualTo(14);
    assertThat(found.out()).anyMatch(line -> line.contains("damaged: " + damaged));
    node.namespace("copy").clear();
    run(
            "restore",
            "--runner flink --detached --flink-master " + master(),
            "-h",
            node.seeds(),
            "-n",
            "test,copy",
            "-d",
            folder)
        .succeeds();
    Asbeam.Result failed = Asbeam.run("status", folder, "--watch");
    assertThat(failed.code()).isEqualTo(14);
    assertThat(failed.fact("kind")).isEqualTo("restore");
    assertThat(failed.out())
        .anyMatch(line -> line.startsWith("restore ") && line.contains(": failed"))
        .anyMatch(line -> line.startsWith("asbeam-status failed"));
  }

  private static Path anyBackupFile(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      List<Path> all =
          files
              .filter(file -> file.getFileName().toString().matches("test_\\d.*\\.asb"))
              .sorted()
              .toList();
      return all.get(all.size() / 2);
    }
  }

  @Test
  void aClusterThatIsNotThereIsNamed() {
    Path folder = scratch.resolve("backup");
    Asbeam.run(
            "backup",
            "--runner",
            "flink",
            "--flink-master",
            "127.0.0.1:1",
            "-h",
            node.seeds(),
            "-n",
            "test",
            "-d",
            folder)
        .fails(21, "no JobManager of Flink answers at 127.0.0.1:1", "--flink-master");
    assertThat(folder).doesNotExist();
  }
}
