package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup in a process of its own that is ended in the middle. */
class SignalsTest {
  private static final int RECORDS = 2000;

  @TempDir Path scratch;
  private EmbeddedCluster cluster;
  private Path folder;

  @BeforeEach
  void start() {
    cluster = EmbeddedCluster.builder().namespace("test").namespace("copy").start();
    DemoData.fill(cluster, "test", RECORDS);
    folder = scratch.resolve("backup");
    // So slow that it can't end before it is ended.
    cluster.inject(Fault.on(Fault.Target.SCAN).always().after(20).delay(Duration.ofSeconds(2)));
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  /** A backup that has written its first records. */
  private Process backupAtWork() throws IOException {
    Process process =
        Asbeam.process(
                scratch, "backup", "-p", cluster.port(0), "-n", "test", "-d", folder, "-w", "1")
            .start();
    BufferedReader err =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    StringBuilder seen = new StringBuilder();
    while (!seen.toString().matches("(?s).*[1-9][0-9]* records .*")) {
      int c = err.read();
      assertThat(c).as("the end of %s", seen).isNotNegative();
      seen.append((char) c);
    }
    return process;
  }

  private static String rest(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalStopsIt(String signal) throws Exception {
    // Shells start jobs in the background with SIGINT ignored, and children inherit that.
    assumeFalse(signal.equals("INT") && ignoresInterrupts(), "SIGINT is ignored here");
    Process process = backupAtWork();
    assertThat(
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor())
        .isZero();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(rest(process))
        .contains("asbeam: stopped - ")
        .contains(folder.toString())
        .contains("asbeam backup --resume");
    goesOn();
  }

  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  @Test
  void aKillLeavesWhatResumeFinishes() throws Exception {
    Process process = backupAtWork();
    process.destroyForcibly();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    goesOn();
  }

  private void goesOn() {
    cluster.clearFaults();
    Asbeam.run("verify", folder).fails(12, folder.toString());
    Asbeam.run("restore", "-p", cluster.port(0), "-n", "test,copy", "-d", folder)
        .fails(12, folder.toString());
    Asbeam.Result resumed =
        Asbeam.run("backup", "--resume", "-p", cluster.port(0), "-d", folder).succeeds();
    assertThat(resumed.number("records")).isEqualTo(RECORDS);
    Asbeam.run("verify", folder).succeeds();
    Asbeam.run("restore", "-p", cluster.port(0), "-n", "test,copy", "-d", folder).succeeds();
    NamespaceComparison comparison =
        NamespaceComparison.of(cluster.namespace("test"), cluster.namespace("copy"));
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.equal()).isEqualTo(RECORDS);
  }
}
