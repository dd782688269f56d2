package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.asbeam.embedded.EmbeddedCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code asbeam backup} does besides backing up, and {@code restore} besides restoring. */
class BackupModesTest {
  private static EmbeddedCluster cluster;

  @TempDir Path scratch;

  @BeforeAll
  static void start() {
    cluster = EmbeddedCluster.builder().namespace("test").start();
    DemoData.fill(cluster, "test", 300);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static Asbeam.Result backup(Object... more) {
    Object[] words = new Object[more.length + 5];
    System.arraycopy(new Object[] {"backup", "-p", cluster.port(0), "-n", "test"}, 0, words, 0, 5);
    System.arraycopy(more, 0, words, 5, more.length);
    return Asbeam.run(words);
  }

  @Test
  void estimatesWithoutWriting() {
    Asbeam.Result result = backup("--estimate", "--estimate-samples", "100").succeeds();
    assertThat(result.number("records")).isEqualTo(300);
    assertThat(result.number("sampled")).isBetween(100L, 300L);
    assertThat(result.number("bytes"))
        .isBetween(result.number("bytes_low"), result.number("bytes_high"));
    backup("--estimate", "-d", scratch).fails(2, "--estimate and --directory contradict");
    assertThat(scratch.toFile().list()).isEmpty();
  }

  @Test
  void anEstimateIsAboutWhatWouldBeBackedUp() {
    assertThat(backup("-e", "-a", "2100-01-01").succeeds().number("bytes")).isZero();
  }

  @Test
  void removesABackupAndMakesNone() {
    Path folder = scratch.resolve("b");
    backup("-d", folder).succeeds();
    // No cluster is needed for that, nor a namespace.
    Asbeam.Result result = Asbeam.run("backup", "--remove-artifacts", "-d", folder, "-p", 1);
    assertThat(result.succeeds().number("files")).isPositive();
    Asbeam.run("verify", folder).fails(10, folder.toString());
    assertThat(Asbeam.run("backup", "--remove-artifacts", "-d", folder).succeeds().number("files"))
        .isZero();
  }

  @Test
  void removesASingleFile() throws IOException {
    Path file = Files.writeString(scratch.resolve("one.asb"), "Version 3.1\n");
    Path other = Files.writeString(scratch.resolve("other.asb"), "Version 3.1\n");
    assertThat(Asbeam.run("backup", "--remove-artifacts", "-o", file).succeeds().number("files"))
        .isEqualTo(1);
    assertThat(file).doesNotExist();
    assertThat(other).exists();
    assertThat(Asbeam.run("backup", "--remove-artifacts", "-o", file).succeeds().number("files"))
        .isZero();
  }

  @Test
  void anIncrementBeginsWhereABackupEnds() {
    Path first = scratch.resolve("first");
    Asbeam.Result none =
        backup("-d", scratch.resolve("x"), "--modified-after-backup", scratch.resolve("none"));
    assertThat(none.code()).as("%s", none).isEqualTo(10);
    backup("-d", first).succeeds();
    Asbeam.Result second =
        backup("-d", scratch.resolve("second"), "--modified-after-backup", first).succeeds();
    assertThat(second.err())
        .anyMatch(
            line -> line.matches("asbeam: note: only records last updated at 20.*Z or later"));
    backup("-d", scratch.resolve("y"), "--modified-after-backup", first, "-b", "3d")
        .fails(2, "--modified-before", "not later");
  }

  @Test
  void aPersonSeesTheResolvedTimes() {
    Asbeam.Result result =
        backup("-d", scratch.resolve("t"), "-a", "2h", "-b", "2030-01-31T13:00:00+01:00");
    assertThat(result.succeeds().err())
        .anyMatch(
            line -> line.matches("asbeam: note: .*Z or later, and before 2030-01-31T12:00:00Z"));
  }

  @Test
  void validatesWithoutACluster() {
    Path folder = scratch.resolve("v");
    backup("-d", folder).succeeds();
    Asbeam.Result result = Asbeam.run("restore", "--validate", "-d", folder, "-p", 1, "-u");
    assertThat(result.succeeds().number("records")).isEqualTo(300);
    Asbeam.run("restore", "--validate", "-d", folder, "-z", "zstd")
        .fails(2, "compression ZSTD was said");
    Asbeam.run("verify", folder, "-z", "zstd").fails(2, "compression ZSTD was said");
  }
}
