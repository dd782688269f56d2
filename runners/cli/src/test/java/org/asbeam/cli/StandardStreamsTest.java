package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.asbeam.embedded.EmbeddedCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup to standard output and a restore from standard input, in processes of their own. */
class StandardStreamsTest {
  private static final int RECORDS = 2_000;

  @TempDir Path scratch;

  private void run(ProcessBuilder builder) throws Exception {
    Path err = scratch.resolve("err");
    Process process = builder.redirectError(err.toFile()).start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(err)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "ZSTD"})
  void aPipeCarriesANamespace(String codec) throws Exception {
    try (EmbeddedCluster cluster =
        EmbeddedCluster.builder().namespace("test").namespace("copy").start()) {
      DemoData.fill(cluster, "test", RECORDS);
      Path pipe = scratch.resolve("pipe");
      int port = cluster.port(0);
      run(
          Asbeam.process(scratch, "backup", "-p", port, "-n", "test", "-o", "-", "-z", codec)
              .redirectOutput(pipe.toFile()));
      assertThat(Files.readString(scratch.resolve("err"), StandardCharsets.UTF_8))
          .contains("asbeam-backup ok records=" + RECORDS);

      run(
          Asbeam.process(scratch, "restore", "-p", port, "-n", "test,copy", "-i", "-")
              .redirectInput(pipe.toFile())
              .redirectOutput(scratch.resolve("out").toFile()));
      NamespaceComparison comparison =
          NamespaceComparison.of(cluster.namespace("test"), cluster.namespace("copy"));
      assertThat(comparison.differences()).isEmpty();
      assertThat(comparison.equal()).isEqualTo(RECORDS);
    }
  }

  @Test
  void aSingleFileIsWholeOrNotThere() throws Exception {
    try (EmbeddedCluster cluster = EmbeddedCluster.builder().namespace("test").start()) {
      DemoData.fill(cluster, "test", 100);
      Path file = scratch.resolve("one.asb");
      Asbeam.run("backup", "-p", cluster.port(0), "-n", "test", "-o", file).succeeds();
      byte[] first = Files.readAllBytes(file);

      Asbeam.run("backup", "-p", cluster.port(0), "-n", "test", "-o", file)
          .fails(11, file.toString(), "--remove-files");
      assertThat(Files.readAllBytes(file)).isEqualTo(first);

      DemoData.fill(cluster, "test", 200);
      Asbeam.run("backup", "-p", cluster.port(0), "-n", "test", "-o", file, "-r").succeeds();
      assertThat(Files.size(file)).isGreaterThan(first.length);
      assertThat(Asbeam.run("verify", "-i", file).succeeds().number("records")).isEqualTo(200);
      try (var files = Files.list(scratch)) {
        assertThat(files).containsExactly(file);
      }
    }
  }
}
