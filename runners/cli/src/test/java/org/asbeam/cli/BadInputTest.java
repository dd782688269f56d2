package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.asbeam.embedded.EmbeddedCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people get wrong: one line with what, where and what to do, and an exit code of its own. */
class BadInputTest {
  @TempDir static Path backups;
  private static EmbeddedCluster cluster;
  private static Path master;

  @TempDir Path scratch;
  private Path folder;

  @BeforeAll
  static void backUp() {
    cluster = EmbeddedCluster.builder().namespace("test").start();
    DemoData.fill(cluster, "test", 300);
    master = backups.resolve("master");
    Asbeam.run("backup", "-p", cluster.port(0), "-n", "test", "-d", master, "-w", "1").succeeds();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void copy() throws IOException {
    folder = scratch.resolve("backup");
    try (Stream<Path> files = Files.walk(master)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(master.relativize(file).toString()));
      }
    }
  }

  private Asbeam.Result backup(Object... more) {
    return Asbeam.run(Stream.concat(Stream.of("backup", "-n", "test"), Stream.of(more)).toArray());
  }

  private Asbeam.Result restore(String namespaces, Path from) {
    return Asbeam.run("restore", "-p", cluster.port(0), "-n", namespaces, "-d", from);
  }

  private Path dataFile() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("test_.*\\.asb"))
          .filter(file -> file.toFile().length() > 1000)
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void noSuchHost() {
    backup("-h", "no-such-host.invalid", "-d", scratch.resolve("x"))
        .fails(20, "no-such-host.invalid");
    assertThat(scratch.resolve("x")).doesNotExist();
  }

  @Test
  void refusedConnection() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    backup("-p", free, "-d", scratch.resolve("x")).fails(21, "127.0.0.1:" + free);
    assertThat(scratch.resolve("x")).doesNotExist();
  }

  @Test
  void unknownNamespace() {
    Asbeam.run("backup", "-p", cluster.port(0), "-n", "nosuch", "-d", scratch.resolve("x"))
        .fails(22, "nosuch");
    assertThat(scratch.resolve("x")).doesNotExist();
  }

  @Test
  void anUnknownNamespaceDoesNotCostTheOldBackup() {
    Asbeam.run("backup", "-p", cluster.port(0), "-n", "nosuch", "-d", folder, "-r")
        .fails(22, "nosuch");
    Asbeam.run("verify", folder).succeeds();
  }

  @Test
  void noSuchFolder() {
    Path missing = scratch.resolve("missing");
    restore("test", missing).fails(10, missing.toString());
    Asbeam.run("verify", missing).fails(10, missing.toString());
  }

  @Test
  void folderNotEmpty() throws IOException {
    Path other = Files.createDirectory(scratch.resolve("photos"));
    Path photo = Files.writeString(other.resolve("cat.jpg"), "meow");
    backup("-p", cluster.port(0), "-d", other).fails(11, other.toString());
    assertThat(photo).hasContent("meow");
    assertThat(other.toFile().list()).containsExactly("cat.jpg");
  }

  @Test
  void folderWithoutABackup() throws IOException {
    Path other = Files.createDirectory(scratch.resolve("photos"));
    Files.writeString(other.resolve("cat.jpg"), "meow");
    restore("test", other).fails(10, other.toString());
    Asbeam.run("verify", other).fails(10, other.toString());
  }

  @Test
  void aFileInsteadOfAFolder() throws IOException {
    Path file = Files.writeString(scratch.resolve("file"), "x");
    assertOneLine(restore("test", file));
    assertOneLine(backup("-p", cluster.port(0), "-d", file));
    assertOneLine(backup("-p", cluster.port(0), "-d", file.resolve("below")));
    assertThat(file).hasContent("x");
  }

  private static void assertOneLine(Asbeam.Result result) {
    assertThat(result.code()).as("%s", result).isBetween(10, 19);
    assertThat(result.errors()).as("%s", result).hasSize(1);
  }

  @Test
  void notAnAsbFile() throws IOException {
    Path foreign = Files.createDirectory(scratch.resolve("foreign"));
    Files.writeString(foreign.resolve("x.asb"), "Dear diary,\n");
    Asbeam.Result result = restore("test", foreign);
    assertThat(result.code()).as("%s", result).isEqualTo(15);
    assertThat(result.errors()).singleElement().asString().contains("x.asb", "no backup file");
  }

  @Test
  void wrongVersion() throws IOException {
    Path foreign = Files.createDirectory(scratch.resolve("foreign"));
    Files.writeString(foreign.resolve("x.asb"), "Version 9.7\n# namespace test\n# first-file\n");
    Asbeam.Result result = restore("test", foreign);
    assertThat(result.code()).as("%s", result).isEqualTo(16);
    assertThat(result.errors()).singleElement().asString().contains("x.asb", "9.7", "3.1");
  }

  @Test
  void cutFile() throws IOException {
    Path file = dataFile();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 7));
    restore("test", folder).fails(14, file.getFileName().toString());
    Asbeam.Result verified = Asbeam.run("verify", folder).fails(14, folder.toString());
    assertThat(verified.out())
        .anyMatch(
            line -> line.startsWith("damaged: ") && line.contains(file.getFileName().toString()));
  }

  @Test
  void flippedBit() throws IOException {
    Path file = dataFile();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    Asbeam.Result verified = Asbeam.run("verify", folder).fails(14, folder.toString());
    assertThat(verified.out()).anyMatch(line -> line.contains(file.getFileName().toString()));
    restore("test", folder).fails(14, file.getFileName().toString());
  }

  @Test
  void missingFile() throws IOException {
    Path file = dataFile();
    Files.delete(file);
    Asbeam.Result verified = Asbeam.run("verify", folder);
    assertThat(verified.code()).as("%s", verified).isEqualTo(14);
    assertThat(String.join("\n", verified.out()) + verified.errors())
        .contains(file.getFileName().toString());
    Asbeam.Result restored = restore("test", folder);
    assertThat(restored.code()).as("%s", restored).isEqualTo(29);
    assertThat(restored.errors()).hasSize(1);
  }

  @Test
  void noPermission() throws IOException {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may do anything");
    Path locked = Files.createDirectory(scratch.resolve("locked"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
    backup("-p", cluster.port(0), "-d", locked.resolve("x")).fails(17, locked.toString());
    Files.setPosixFilePermissions(dataFile(), PosixFilePermissions.fromString("---------"));
    restore("test", folder).fails(17, folder.toString());
  }

  @Test
  void aNamespaceThatTheTargetLacks() {
    restore("test,nosuch", folder).fails(22, "nosuch");
  }

  @Test
  void aNamespaceThatTheBackupIsNotOf() {
    restore("other,test", folder).fails(28, "test", "other");
  }

  @Test
  void theFullDisk() {
    Path full = Path.of("/dev/full");
    assertOneLine(backup("-p", cluster.port(0), "-d", full.resolve("x")));
  }
}
