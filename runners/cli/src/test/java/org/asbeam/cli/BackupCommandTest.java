package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.NewRecord;
import org.asbeam.embedded.StoredBin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each option of a backup, by what it does. */
class BackupCommandTest {
  private static final int RECORDS = 300;
  @TempDir Path scratch;
  private EmbeddedCluster cluster;

  @BeforeEach
  void start() {
    cluster = EmbeddedCluster.builder().namespace("test").namespace("big").start();
    DemoData.fill(cluster, "test", RECORDS);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private Path folder() {
    return scratch.resolve("backup");
  }

  private Asbeam.Result backup(Object... more) {
    Stream<Object> all =
        Stream.concat(
            Stream.of("backup", "-h", "127.0.0.1", "-p", cluster.port(0), "-d", folder()),
            Stream.of(more));
    return Asbeam.run(all.toArray());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(file -> file.toString().endsWith(".asb")).sorted().toList();
    }
  }

  private String text() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : files()) {
      text.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }
    return text.toString();
  }

  @Test
  void backsUpANamespace() throws IOException {
    Asbeam.Result result = backup("-n", "test").succeeds();
    assertThat(result.number("records")).isEqualTo(RECORDS);
    assertThat(result.number("indexes")).isEqualTo(3);
    assertThat(result.number("udfs")).isEqualTo(1);
    assertThat(result.number("files")).isEqualTo(files().size());
    assertThat(result.fact("complete")).isEqualTo("true");
    assertThat(result.fact("namespace")).isEqualTo("test");
    assertThat(files())
        .allMatch(file -> file.getFileName().toString().matches("(metadata_)?test_.*"));
    assertThat(result.err()).isEmpty();
    assertThat(text().lines().filter(line -> line.startsWith("+ d "))).hasSize(RECORDS);
  }

  @Test
  void seedsMayNameTheirPorts() {
    Asbeam.run("backup", "--host", cluster.seeds(), "--port", "1", "-n", "test", "-d", folder())
        .succeeds();
  }

  @Test
  void theEnvironmentGivesWhatFlagsDoNot() {
    Map<String, String> environment =
        Map.of(
            "ASBEAM_HOST",
            cluster.seeds(),
            "ASBEAM_NAMESPACE",
            "test",
            "ASBEAM_DIRECTORY",
            folder().toString());
    Asbeam.run(environment, "backup").succeeds();
  }

  @Test
  void parallelMakesMoreSlices() {
    long one = backup("-n", "test", "--parallel", "1").succeeds().number("slices");
    long three = backup("-n", "test", "-w", "3", "-r").succeeds().number("slices");
    assertThat(three).isGreaterThan(one);
  }

  @Test
  void fileLimitStartsNewFiles() throws IOException {
    byte[] blob = new byte[900_000];
    for (int i = 0; i < 12; i++) {
      // All in partition 0, so in one slice.
      byte[] digest = new byte[20];
      digest[5] = (byte) i;
      cluster.namespace("big").put(NewRecord.ofDigest("s", digest).bin(StoredBin.of("b", blob)));
    }
    long whole = backup("-n", "big", "-F", "0").succeeds().number("files");
    long rotated = backup("-n", "big", "--file-limit", "1MiB", "-r").succeeds().number("files");
    assertThat(rotated).isGreaterThan(whole);
    assertThat(backup("-n", "big", "-r").succeeds().number("files")).isEqualTo(whole);
  }

  @Test
  void prefixBeginsTheNamesOfFiles() throws IOException {
    backup("-n", "test", "--output-file-prefix", "monday").succeeds();
    assertThat(files())
        .allMatch(file -> file.getFileName().toString().matches("(monday|metadata_).*"))
        .anyMatch(file -> file.getFileName().toString().startsWith("monday_"));
  }

  @Test
  void removeFilesMakesRoom() throws IOException {
    backup("-n", "test").succeeds();
    List<Path> old = files();
    backup("-n", "test").fails(11, folder().toString(), "--remove-files");
    assertThat(files()).isEqualTo(old);
    backup("-n", "test", "--remove-files").succeeds();
    assertThat(files()).doesNotContainAnyElementsOf(old);
  }

  @Test
  void partsMayBeLeftOut() {
    Asbeam.Result noRecords = backup("-n", "test", "--no-records").succeeds();
    assertThat(noRecords.number("records")).isZero();
    assertThat(noRecords.number("indexes")).isEqualTo(3);
    Asbeam.Result noIndexes = backup("-n", "test", "--no-indexes", "-r").succeeds();
    assertThat(noIndexes.number("indexes")).isZero();
    assertThat(noIndexes.number("udfs")).isEqualTo(1);
    Asbeam.Result noUdfs = backup("-n", "test", "--no-udfs", "-r").succeeds();
    assertThat(noUdfs.number("udfs")).isZero();
    assertThat(noUdfs.number("records")).isEqualTo(RECORDS);
  }

  @Test
  void compressesAtALevel() throws IOException {
    Asbeam.Result fast =
        backup("-n", "test", "--compress", "zstd", "--compression-level", "-7").succeeds();
    assertThat(files())
        .allSatisfy(
            file -> assertThat(Files.readAllBytes(file)).startsWith(0x28, 0xb5, 0x2f, 0xfd));
    Asbeam.Result small =
        backup("-n", "test", "-z", "ZSTD", "--compression-level", "19", "-r").succeeds();
    assertThat(small.number("bytes")).isLessThan(fast.number("bytes"));
    assertThat(small.number("text_bytes")).isEqualTo(fast.number("text_bytes"));
  }

  @Test
  void compactWritesRawBlobs() throws IOException {
    backup("-n", "test").succeeds();
    assertThat(text()).contains("- B bytes ").doesNotContain("- B! bytes ");
    backup("-n", "test", "--compact", "-r").succeeds();
    assertThat(text()).contains("- B! bytes ").doesNotContain("- B bytes ");
  }

  @Test
  void resumeFinishesWhatFailed() {
    // In the last partition, so that slices before it are done.
    byte[] digest = new byte[20];
    digest[0] = (byte) 0xff;
    digest[1] = 0x0f;
    NewRecord record = NewRecord.ofDigest("odd", digest);
    cluster.namespace("test").put(record.bin(StoredBin.raw("vector", 99, new byte[3])));
    backup("-n", "test", "-w", "1").fails(27, "vector", "odd");
    Asbeam.run("verify", folder()).fails(12, folder().toString(), "--resume");
    cluster.namespace("test").put(NewRecord.ofDigest("odd", digest).bin("plain", 1));
    backup("-n", "test").fails(12, "--resume");
    backup("--resume", "-n", "other").fails(2, "namespace test, not of other");
    Asbeam.Result resumed = backup("--resume").succeeds();
    assertThat(resumed.number("records")).isEqualTo(cluster.namespace("test").count());
    assertThat(resumed.number("resumed")).isPositive();
    Asbeam.run("verify", folder()).succeeds();
    backup("--resume").fails(10, "no unfinished backup");
  }

  @Test
  void waitsForAStableCluster() {
    cluster.namespace("test").migrating(7);
    backup("-n", "test", "--wait-stable", "1ms").fails(23, "migrations", "--allow-unstable");
    CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
        .execute(() -> cluster.namespace("test").migrating(0));
    Object[] rest = Files.exists(folder()) ? new Object[] {"-r"} : new Object[0];
    Asbeam.Result waited =
        backup(
            Stream.concat(Stream.of("-n", "test", "--wait-stable", "60s"), Stream.of(rest))
                .toArray());
    assertThat(waited.succeeds().fact("complete")).isEqualTo("true");
  }

  @Test
  void goesOnWithAnUnstableClusterIfAllowed() {
    cluster.namespace("test").migrating(7);
    Asbeam.Result result =
        backup("-n", "test", "--wait-stable", "1ms", "--allow-unstable").succeeds();
    assertThat(result.fact("complete")).isEqualTo("false");
    assertThat(result.out()).anyMatch(line -> line.contains("Not proved complete"));
    Asbeam.Result verified = Asbeam.run("verify", folder()).succeeds();
    assertThat(String.join("\n", verified.out())).contains("not proved");
  }

  @Test
  void verboseShowsWhereAnErrorComesFrom() {
    Asbeam.Result result = backup("-n", "nosuch", "--verbose");
    assertThat(result.code()).isEqualTo(22);
    assertThat(result.err()).anyMatch(line -> line.startsWith("\tat "));
    assertThat(backup("-n", "nosuch").err()).hasSize(1);
  }
}
