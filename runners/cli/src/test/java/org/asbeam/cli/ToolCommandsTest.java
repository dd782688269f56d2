package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.NewRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** verify, cleanup, demo and node. */
class ToolCommandsTest {
  @TempDir Path scratch;

  @Test
  void theDemoProvesItself() throws IOException {
    Path folder = scratch.resolve("demo");
    Asbeam.Result result = Asbeam.run("demo", "--records", 2000, "--directory", folder).succeeds();
    String out = String.join("\n", result.out());
    assertThat(out)
        .contains("asbeam-demo ok records=2000 different=0")
        .contains("asbeam verify " + folder);
    assertThat(folder.resolve("backup.manifest.json")).exists();
    Asbeam.run("verify", folder, "--parallel", "1").succeeds();
    Asbeam.run("demo", "-d", folder).fails(11, folder.toString());
  }

  @Test
  void aComparisonFindsADifference() {
    try (EmbeddedCluster cluster =
        EmbeddedCluster.builder().namespace("a").namespace("b").start()) {
      DemoData.fill(cluster, "a", 50);
      cluster.namespace("a").forEach(record -> cluster.namespace("b").put(record));
      cluster.namespace("a").indexes().forEach(cluster.namespace("b")::createIndex);
      cluster.namespace("b").put("extra", 1L);
      cluster.namespace("a").put("users", 4L);
      NamespaceComparison comparison =
          NamespaceComparison.of(cluster.namespace("a"), cluster.namespace("b"));
      assertThat(comparison.different()).isEqualTo(2);
      assertThat(comparison.differences()).hasSize(2);
      assertThat(comparison.late()).isZero();
    }
  }

  @Test
  void aComparisonMindsVoidTimes() {
    try (EmbeddedCluster cluster =
        EmbeddedCluster.builder().namespace("a").namespace("b").start()) {
      long later = 3_000_000_000L;
      long[][] pairs = {{0, 0}, {later, later}, {later, later + 1}, {later, later - 1}, {0, later}};
      for (int i = 0; i < pairs.length; i++) {
        cluster.namespace("a").put(NewRecord.of("s", (long) i).voidTime(pairs[i][0]).bin("b", 1));
        cluster.namespace("b").put(NewRecord.of("s", (long) i).voidTime(pairs[i][1]).bin("b", 1));
      }
      NamespaceComparison comparison =
          NamespaceComparison.of(cluster.namespace("a"), cluster.namespace("b"));
      assertThat(comparison.equal()).isEqualTo(3);
      assertThat(comparison.late()).isEqualTo(1);
      assertThat(comparison.different()).isEqualTo(2);
    }
  }

  @Test
  void verifyTakesTheFolderEitherWay() {
    Path folder = scratch.resolve("demo");
    Asbeam.run("demo", "--records", 100, "--directory", folder).succeeds();
    Asbeam.Result result = Asbeam.run("verify", folder).succeeds();
    assertThat(result.number("records")).isEqualTo(100);
    assertThat(result.number("indexes")).isEqualTo(3);
    assertThat(result.fact("manifest")).isEqualTo("true");
    assertThat(Asbeam.run("verify", "--directory", folder).succeeds().number("udfs")).isEqualTo(1);
  }

  @Test
  void verifySaysWhatItCannotPromise() throws IOException {
    Path folder = scratch.resolve("demo");
    Asbeam.run("demo", "--records", 100, "--directory", folder).succeeds();
    Path bare = Files.createDirectory(scratch.resolve("bare"));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".asb")).toList()) {
        Files.copy(file, bare.resolve(file.getFileName()));
      }
    }
    Asbeam.Result result = Asbeam.run("verify", bare).succeeds();
    assertThat(result.fact("manifest")).isEqualTo("false");
    assertThat(result.number("records")).isEqualTo(100);
    assertThat(String.join("\n", result.out())).containsIgnoringCase("manifest");
  }

  @Test
  void cleanupIsDryUnlessForced() throws IOException {
    Path folder = scratch.resolve("demo");
    Asbeam.run("demo", "--records", 100, "--directory", folder).succeeds();
    Path left = Files.writeString(folder.resolve("test_3_1_0123abcd.asb"), "half a file");
    Asbeam.Result dry = Asbeam.run("cleanup", folder).succeeds();
    assertThat(dry.out()).contains("may go: test_3_1_0123abcd.asb");
    assertThat(dry.number("files")).isEqualTo(1);
    assertThat(left).exists();
    Asbeam.Result forced = Asbeam.run("cleanup", folder, "--force").succeeds();
    assertThat(forced.out()).contains("removed: test_3_1_0123abcd.asb");
    assertThat(left).doesNotExist();
    Asbeam.run("verify", folder).succeeds();
    assertThat(Asbeam.run("cleanup", folder).succeeds().number("files")).isZero();
  }

  @Test
  void aNodeServesUntilItIsEnded() throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    AtomicInteger code = new AtomicInteger(-1);
    Thread node =
        new Thread(
            () ->
                code.set(
                    Main.run(
                        new String[] {
                          "node", "-p", "0", "--nodes", "2", "-n", "a,b", "--demo-data"
                        },
                        Map.of(),
                        lines(lines),
                        System.err)));
    node.start();
    String line;
    do {
      line = lines.poll(60, TimeUnit.SECONDS);
      assertThat(line).isNotNull();
    } while (!line.contains("listens at"));
    Matcher ports = Pattern.compile("127\\.0\\.0\\.1:(\\d+)").matcher(line);
    assertThat(ports.find()).isTrue();
    int port = Integer.parseInt(ports.group(1));
    assertThat(ports.find()).isTrue();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      assertThat(socket.isConnected()).isTrue();
    }
    Asbeam.Result backup =
        Asbeam.run("backup", "-p", port, "-n", "a", "-d", scratch.resolve("x"), "--no-records");
    assertThat(backup.succeeds().number("indexes")).isEqualTo(3);
    node.interrupt();
    node.join(30_000);
    assertThat(code.get()).isEqualTo(130);
  }

  private static PrintStream lines(BlockingQueue<String> lines) {
    return new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
      @Override
      public void println(String line) {
        lines.add(line);
      }
    };
  }

  @Test
  void aNodeNeedsAFreePort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      Asbeam.run("node", "--port", taken.getLocalPort()).fails(2, "--port " + taken.getLocalPort());
    }
    Asbeam.run("node", "-p", "65535", "--nodes", "3").fails(2, "--port 65535");
    Asbeam.run("node", "-p", "0", "-n", "").fails(2, "--namespace");
  }
}
