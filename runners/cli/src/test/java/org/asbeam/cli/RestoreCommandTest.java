package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.InjectedFault;
import org.asbeam.embedded.NewRecord;
import org.asbeam.embedded.StoredIndex;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each option of a restore, by what it does. */
class RestoreCommandTest {
  private static final int RECORDS = 300;

  @TempDir static Path scratch;
  private static Path folder;
  private static EmbeddedCluster source;

  private EmbeddedCluster cluster;

  @BeforeAll
  static void backUp() {
    folder = scratch.resolve("backup");
    source = EmbeddedCluster.builder().namespace("test").start();
    DemoData.fill(source, "test", RECORDS);
    Asbeam.run("backup", "-p", source.port(0), "-n", "test", "-d", folder, "-w", "2").succeeds();
  }

  @AfterAll
  static void stopSource() {
    source.close();
  }

  @BeforeEach
  void start() {
    cluster = EmbeddedCluster.builder().namespace("test").namespace("copy").start();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private Asbeam.Result restore(Object... more) {
    Stream<Object> all =
        Stream.concat(
            Stream.of("restore", "-h", "127.0.0.1", "-p", cluster.port(0), "-d", folder),
            Stream.of(more));
    return Asbeam.run(all.toArray());
  }

  private EmbeddedNamespace copy() {
    return cluster.namespace("copy");
  }

  @Test
  void restoresIntoTheSameNamespace() {
    Asbeam.Result result = restore("-n", "test").succeeds();
    assertThat(result.number("read")).isEqualTo(RECORDS);
    assertThat(result.number("inserted")).isEqualTo(RECORDS);
    assertThat(result.number("indexes_created")).isEqualTo(3);
    NamespaceComparison comparison =
        NamespaceComparison.of(source.namespace("test"), cluster.namespace("test"));
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.equal()).isEqualTo(RECORDS);
  }

  @Test
  void restoresIntoAnotherNamespace() {
    Asbeam.Result result = restore("--namespace", "test,copy", "--parallel", "1").succeeds();
    assertThat(result.number("udfs_created")).isEqualTo(1);
    assertThat(copy().count()).isEqualTo(RECORDS);
    assertThat(copy().indexes()).hasSize(3);
    assertThat(cluster.namespace("test").count()).isZero();
    assertThat(result.err()).isEmpty();
  }

  @Test
  void countersExplainEveryRecord() {
    copy().put(NewRecord.of("users", 0L).generation(60_000).bin("n", 1));
    Asbeam.Result result = restore("-n", "test,copy").succeeds();
    assertThat(result.number("fresher")).isEqualTo(1);
    assertThat(result.number("inserted")).isEqualTo(RECORDS - 1);
    long sum = 0;
    for (String part : "inserted expired skipped ignored fresher existed rejected".split(" ")) {
      sum += result.number(part);
    }
    assertThat(sum).isEqualTo(result.number("read"));
    assertThat(result.out()).anyMatch(line -> line.matches("  = read +300  records"));
  }

  @Test
  void mergesReplacesOrLeavesWhatExists() {
    NewRecord old = NewRecord.of("users", 0L).bin("n", 1).bin("stale", 7);
    copy().put(old);
    assertThat(restore("-n", "test,copy", "--unique").succeeds().number("existed")).isEqualTo(1);
    assertThat(copy().get("users", 0L).orElseThrow().bins()).hasSize(2);
    copy().clear();
    copy().put(old);
    restore("-n", "test,copy", "-g").succeeds();
    assertThat(copy().get("users", 0L).orElseThrow().bins())
        .extracting(bin -> bin.name())
        .contains("stale", "text");
    copy().clear();
    copy().put(old);
    restore("-n", "test,copy", "--replace", "-g").succeeds();
    assertThat(copy().get("users", 0L).orElseThrow().bins())
        .extracting(bin -> bin.name())
        .contains("text")
        .doesNotContain("stale");
  }

  @Test
  void refusedRecordsHaveAnExitCodeAndAFolderOfTheirOwn() {
    Path rejects = scratch.resolve("rejects");
    cluster.inject(Fault.on(Fault.Target.WRITE).set("users").always().resultCode(13));
    Asbeam.Result result =
        restore("-n", "test,copy", "--on-record-error", "reject", "--rejects", rejects)
            .fails(34, "records were not restored", "Record too big", rejects.toString());
    long rejected = result.number("rejected");
    assertThat(rejected).isPositive().isEqualTo(RECORDS - copy().count());
    assertThat(result.out()).anyMatch(line -> line.startsWith(rejected + " records were not"));
    cluster.clearFaults();
    Asbeam.Result repair =
        Asbeam.run("restore", "-p", cluster.port(0), "-n", "test,copy", "-d", rejects).succeeds();
    assertThat(repair.number("inserted")).isEqualTo(rejected);
    assertThat(copy().count()).isEqualTo(RECORDS);
  }

  @Test
  void generationsDecideUnlessTold() {
    copy().put(NewRecord.of("users", 0L).generation(60_000).bin("n", 1));
    assertThat(restore("-n", "test,copy").succeeds().number("fresher")).isEqualTo(1);
    assertThat(restore("-n", "test,copy", "--no-generation").succeeds().number("inserted"))
        .isEqualTo(RECORDS);
  }

  @Test
  void batchSizeSetsTheNumberOfBatches() {
    int few = batches("--batch-size", 1000);
    int many = batches("--batch-size", 1, "--max-async-batches", 1);
    assertThat(many).isGreaterThanOrEqualTo(RECORDS);
    assertThat(few).isLessThan(many / 2);
  }

  /** Counts batches with a fault that does nothing. */
  private int batches(Object... more) {
    copy().clear();
    try (InjectedFault count =
        cluster.inject(Fault.on(Fault.Target.BATCH).always().delay(java.time.Duration.ZERO))) {
      restore(Stream.concat(Stream.of("-n", "test,copy", "-w", "1"), Stream.of(more)).toArray())
          .succeeds();
      return count.hits();
    }
  }

  @Test
  void partsMayBeLeftOut() {
    Asbeam.Result result = restore("-n", "test,copy", "--no-records").succeeds();
    assertThat(copy().count()).isZero();
    assertThat(result.number("skipped")).isEqualTo(result.number("read"));
    cluster.close();
    start();
    restore("-n", "test,copy", "--no-indexes").succeeds();
    assertThat(copy().indexes()).isEmpty();
    assertThat(cluster.udfs()).hasSize(1);
    cluster.close();
    start();
    restore("-n", "test,copy", "--no-udfs").succeeds();
    assertThat(cluster.udfs()).isEmpty();
    assertThat(copy().indexes()).hasSize(3);
  }

  @Test
  void aWrongCompressionIsAMixUp() {
    restore("-n", "test,copy", "--compress", "ZSTD").fails(2, "compression ZSTD", "not compressed");
    assertThat(copy().count()).isZero();
    restore("-n", "test,copy", "--compress", "none").succeeds();
  }

  @Test
  void differentMetadataIsAnErrorUnlessReplaced() {
    copy()
        .createIndex(
            new StoredIndex("copy", "users", "users_age", "other", "string", "default", "", ""));
    cluster.putUdf("demo.lua", "-- another\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Asbeam.Result failed = restore("-n", "test,copy");
    failed.fails(26, "--replace-metadata");
    Asbeam.Result replaced = restore("-n", "test,copy", "--replace-metadata").succeeds();
    assertThat(replaced.number("indexes_replaced")).isEqualTo(1);
    assertThat(replaced.number("udfs_replaced")).isEqualTo(1);
    Asbeam.Result again = restore("-n", "test,copy").succeeds();
    assertThat(again.number("indexes_kept")).isEqualTo(3);
    assertThat(again.number("udfs_kept")).isEqualTo(1);
  }

  @Test
  void aRecordThatTheClusterRefusesIsNamed() {
    cluster.inject(Fault.on(Fault.Target.WRITE).set("orders").always().resultCode(22));
    Asbeam.Result result = restore("-n", "test,copy");
    assertThat(result.code()).as("%s", result).isIn(24, 25);
    assertThat(result.errors()).hasSize(1);
  }
}
