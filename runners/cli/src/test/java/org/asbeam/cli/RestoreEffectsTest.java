package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.InjectedFault;
import org.asbeam.embedded.NewRecord;
import org.asbeam.embedded.StoredRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the options of a restore do, by the records that it leaves and the requests that it sends.
 */
@Timeout(120)
class RestoreEffectsTest {
  private static final int RECORDS = 120;
  private static final int DEVICE_OVERLOAD = 18;

  /** A year from now, in seconds since 2010. */
  private static final long VOID_TIME =
      System.currentTimeMillis() / 1_000 - 1_262_304_000L + 365L * 24 * 3_600;

  @TempDir static Path temp;
  private Path scratch;
  private EmbeddedCluster cluster;
  private Path folder;

  @BeforeEach
  void backUp() throws IOException {
    scratch = Files.createTempDirectory(temp, "test");
    cluster =
        EmbeddedCluster.builder().clusterName("blue").namespace("test").namespace("copy").start();
    for (int i = 0; i < RECORDS; i++) {
      NewRecord record = NewRecord.of(i % 3 == 0 ? "a" : "b", i).bin("n", i).generation(3);
      if (i % 4 == 0) {
        record.bin("text", "words");
      }
      cluster.namespace("test").put(i % 2 == 0 ? record.voidTime(VOID_TIME) : record);
    }
    cluster.putUdf("one.lua", "return 1\n".getBytes(StandardCharsets.UTF_8));
    folder = scratch.resolve("backup");
    Asbeam.run("backup", "-p", cluster.port(0), "-n", "test", "-d", folder, "-w", 2).succeeds();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private Asbeam.Result restore(String flags) {
    List<Object> words =
        new ArrayList<>(List.of("restore", "-p", cluster.port(0), "-n", "test,copy"));
    if (!flags.contains("-i ")) {
      words.addAll(List.of("-d", folder));
    }
    return Asbeam.run(
        Stream.concat(
                words.stream(), Arrays.stream(flags.split(" +")).filter(word -> !word.isEmpty()))
            .toArray());
  }

  private EmbeddedNamespace copy() {
    return cluster.namespace("copy");
  }

  private InjectedFault count(Fault.Target target) {
    return cluster.inject(Fault.on(target).always().delay(Duration.ZERO));
  }

  private Fault refusal(int code) {
    return Fault.on(Fault.Target.WRITE).namespace("copy").always().resultCode(code);
  }

  @Test
  void onlyRecordsOfTheSets() {
    long skipped = restore("--set-list a,none").succeeds().number("skipped");
    assertThat(copy().count()).isEqualTo(copy().count("a")).isEqualTo(RECORDS / 3);
    assertThat(skipped).isEqualTo(RECORDS - RECORDS / 3);
  }

  @Test
  void onlyTheBins() {
    restore("-B text,none").succeeds();
    assertThat(copy().count()).isEqualTo(RECORDS / 4);
    copy()
        .forEach(
            record ->
                assertThat(record.bins())
                    .singleElement()
                    .satisfies(bin -> assertThat(bin.name()).isEqualTo("text")));
  }

  @Test
  void extraTimeIsForRecordsThatExpire() {
    restore("--extra-ttl 1d").succeeds();
    copy()
        .forEach(
            record -> {
              long was = cluster.namespace("test").get(record.digest()).orElseThrow().voidTime();
              long wanted = was == 0 ? 0 : was + 86_400;
              assertThat(record.voidTime()).isBetween(wanted - 2, wanted + 2);
            });
  }

  @ParameterizedTest
  @CsvSource({"13", "19", "21", "10", "22", "12", "17"})
  void ignoresEachOfThePeersSevenErrors(int code) {
    cluster.inject(refusal(code).set("a"));
    Asbeam.Result kept = restore("");
    assertThat(kept.code()).as("%s", kept).isEqualTo(25);
    copy().clear();
    Asbeam.Result result = restore("--ignore-record-error");
    result.fails(34, RECORDS / 3 + " records were not restored");
    assertThat(result.number("ignored")).isEqualTo(RECORDS / 3);
    assertThat(result.number("inserted")).isEqualTo(copy().count()).isEqualTo(copy().count("b"));
  }

  @Test
  void ignoresNoOtherError() {
    cluster.inject(refusal(4).set("a"));
    assertThat(restore("--ignore-record-error").code()).isEqualTo(25);
  }

  @Test
  void moreRejectsThanAllowedEndTheRestore() {
    cluster.inject(refusal(13).set("a"));
    Path rejects = scratch.resolve("rejects");
    String rejecting = "--on-record-error REJECT --rejects " + rejects;
    restore(rejecting + " --max-rejects 5").fails(35, "more than 5 records");
    assertThat(Asbeam.run("verify", rejects).code()).isZero();
    copy().clear();
    Path others = scratch.resolve("others");
    restore("--on-record-error reject --max-rejects 1000 --rejects " + others)
        .fails(34, "were not restored");
    assertThat(Asbeam.run("verify", others).succeeds().number("records")).isEqualTo(RECORDS / 3);
  }

  @Test
  void singleWritesSendNoBatch() {
    try (InjectedFault batches = count(Fault.Target.BATCH);
        InjectedFault writes = count(Fault.Target.WRITE)) {
      restore("--disable-batch-writes").succeeds();
      assertThat(batches.hits()).isZero();
      assertThat(writes.hits()).isEqualTo(RECORDS);
    }
    assertThat(copy().count()).isEqualTo(RECORDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void asManyBatchesAreUnderWayAsWanted(int most) {
    Path file = scratch.resolve("one.asb");
    Asbeam.run("backup", "-p", cluster.port(0), "-n", "test", "-o", file).succeeds();
    InjectedFault silent = cluster.inject(Fault.on(Fault.Target.BATCH).always().freeze());
    Asbeam.Result result =
        restore(
            "-w 1 -i "
                + file
                + " --batch-size 2 --max-retries 0 --retry-max-retries 0 --socket-timeout 1s --max-async-batches "
                + most);
    assertThat(result.code()).as("%s", result).isEqualTo(24);
    assertThat(silent.hits()).isEqualTo(most);
  }

  @ParameterizedTest
  @CsvSource({
    "--retry-max-retries 0, true, 1",
    "--retry-max-attempts 2, true, 3",
    "--retry-max-retries 0 --max-retries 0, false, 1",
    "--retry-max-retries 0 --max-retries 3, false, 4",
    "--retry-max-retries 2 --max-retries 1, false, 6"
  })
  void aWriteIsRepeatedAsOftenAsWanted(String flags, boolean answered, int attempts) {
    Fault each = Fault.on(Fault.Target.BATCH).always();
    InjectedFault fault =
        cluster.inject(answered ? each.resultCode(DEVICE_OVERLOAD) : each.dropConnection());
    Asbeam.Result result =
        restore("-w 1 --max-async-batches 1 --batch-size 1000 --retry-base-timeout 1 " + flags);
    assertThat(result.code()).as("%s", result).isEqualTo(24);
    assertThat(fault.hits()).isEqualTo(attempts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--socket-timeout 300", "--total-timeout 300ms"})
  void aSilentNodeGetsNoLongerThanWanted(String flags) {
    cluster.inject(Fault.on(Fault.Target.BATCH).freeze().times(2));
    restore(flags + " --retry-base-timeout 1").succeeds();
    assertThat(copy().count()).isEqualTo(RECORDS);
  }

  @Test
  void theStallTimeoutEndsResumably() throws IOException {
    Path state = scratch.resolve("state");
    InjectedFault full = cluster.inject(refusal(DEVICE_OVERLOAD).skip(RECORDS / 2).always());
    restore("-w 1 --batch-size 1 --stall-timeout 300ms --state-directory " + state)
        .fails(24, "--resume");
    assertThat(copy().count()).isEqualTo(RECORDS / 2);
    full.close();
    assertThat(Files.exists(folder.resolve(".asbeam/restores"))).isFalse();
    restore("--resume").fails(10, "--resume");
    Asbeam.Result resumed = restore("--resume --state-directory " + state).succeeds();
    assertThat(resumed.number("resumed")).isPositive();
    assertThat(copy().count()).isEqualTo(RECORDS);
  }

  @Test
  void metadataComesBeforeOrAfterTheRecords() {
    cluster.putUdf("one.lua", "return 2\n".getBytes(StandardCharsets.UTF_8));
    restore("").fails(26, "one.lua");
    assertThat(copy().count()).isZero();
    restore("--apply-metadata-last").fails(26, "one.lua");
    assertThat(copy().count()).isEqualTo(RECORDS);
  }

  @Test
  void theClusterMustHaveTheName() {
    restore("--cluster-name green").fails(36, "green");
    assertThat(copy().count()).isZero();
    restore("--cluster-name blue").succeeds();
    assertThat(copy().count()).isEqualTo(RECORDS);
  }

  @Test
  void theTargetMustBeEmpty() {
    restore("--require-empty").succeeds();
    List<StoredRecord> before = new ArrayList<>();
    copy().forEach(before::add);
    restore("-g --require-empty").fails(36, "records already");
    List<StoredRecord> after = new ArrayList<>();
    copy().forEach(after::add);
    assertThat(after).isEqualTo(before);
  }

  @Test
  void parallelCutsMoreSlices() {
    long one = restore("-w 1").succeeds().number("slices");
    copy().clear();
    assertThat(restore("-w 8").succeeds().number("slices")).isGreaterThanOrEqualTo(one);
  }

  @Test
  void bothWordsForTheModeMeanTheseFiles() {
    restore("--mode ASB").succeeds();
    restore("--mode auto -g").succeeds();
    restore("--mode asbx").fails(2, "asbx");
  }
}
