package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.InjectedFault;
import org.asbeam.embedded.NewRecord;
import org.asbeam.embedded.StoredRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the options of a backup do, by the records that are in it and those that are not. */
@Timeout(120)
class BackupEffectsTest {
  private static final int RECORDS = 240;
  private static final int TIMEOUT = 9;

  /** Milliseconds from 2010 to 2024-01-01 and to 2025-01-01. */
  private static final long YEAR_2024 = 441_763_200_000L;

  private static final long YEAR_2025 = 473_385_600_000L;

  /** or(setName == "a", setName == "b") */
  private static final String A_OR_B =
      Base64.getEncoder()
          .encodeToString(HexFormat.of().parseHex("9311" + "93019146a20361" + "93019146a20362"));

  private static EmbeddedCluster cluster;
  private static Map<String, StoredRecord> all;

  @TempDir static Path temp;
  private Path scratch;

  @BeforeAll
  static void start() {
    cluster =
        EmbeddedCluster.builder()
            .nodes(3)
            .racks(1, 2, 2)
            .replicationFactor(2)
            .namespace("test")
            .namespace("wide")
            .start();
    EmbeddedNamespace namespace = cluster.namespace("test");
    String[] sets = {"a", "b", "c", ""};
    for (int i = 0; i < RECORDS; i++) {
      NewRecord record =
          NewRecord.of(sets[i % 4], "key " + i)
              .bin("n", i)
              .lastUpdate(i % 3 == 0 ? YEAR_2024 : YEAR_2025);
      if (i % 5 == 0) {
        record.bin("text", "words");
      }
      namespace.put(i % 7 == 0 ? record.voidTime(3_000_000_000L) : record);
    }
    all = new TreeMap<>();
    namespace.forEach(record -> all.put(digest(record), record));
    assertThat(all).hasSize(RECORDS);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void makeRoom() throws IOException {
    scratch = Files.createTempDirectory(temp, "test");
  }

  @AfterEach
  void clearFaults() {
    cluster.clearFaults();
  }

  private static String digest(StoredRecord record) {
    return Base64.getEncoder().encodeToString(record.digest());
  }

  private Path folder() {
    return scratch.resolve("backup");
  }

  private Asbeam.Result backup(String flags) {
    List<Object> words = new ArrayList<>(List.of("backup", "-h", cluster.seeds(), "-d", folder()));
    if (!flags.contains("--resume") && !flags.contains("--continue")) {
      words.addAll(List.of("-n", "test"));
    }
    words.addAll(Arrays.asList(flags.strip().split(" +")));
    return Asbeam.run(words.toArray());
  }

  /** Digest and lines of bins of each record in the folder. */
  private Map<String, List<String>> found() throws IOException {
    Map<String, List<String>> records = new TreeMap<>();
    List<String> bins = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder())) {
      for (Path file : files.filter(one -> one.toString().endsWith(".asb")).toList()) {
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
          if (line.startsWith("+ d ")) {
            bins = new ArrayList<>();
            assertThat(records.put(line.substring(4), bins)).as("twice").isNull();
          } else if (line.startsWith("- ")) {
            bins.add(line);
          }
        }
      }
    }
    return records;
  }

  /** Exactly these records are backed up, which are some and not all. */
  private void holds(String flags, Predicate<StoredRecord> wanted) throws IOException {
    Asbeam.Result result = backup(flags).succeeds();
    List<String> expected =
        all.entrySet().stream()
            .filter(entry -> wanted.test(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    assertThat(expected).as(flags).isNotEmpty().hasSizeLessThan(RECORDS);
    assertThat(found().keySet()).as(flags).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(result.number("records")).isEqualTo(expected.size());
  }

  private static boolean in(StoredRecord record, String... sets) {
    return List.of(sets).contains(record.set());
  }

  private static StoredRecord middle() {
    return all.values().stream()
        .filter(record -> record.partition() > 1_800)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isBehind(StoredRecord record, StoredRecord mark) {
    return record.partition() > mark.partition()
        || record.partition() == mark.partition()
            && Arrays.compareUnsigned(record.digest(), mark.digest()) < 0;
  }

  private static boolean isOf(StoredRecord record, int... nodes) {
    int master = cluster.masterOf("test", record.partition());
    return Arrays.stream(nodes).anyMatch(node -> node == master);
  }

  private static boolean has(StoredRecord record, String bin) {
    return record.bins().stream().anyMatch(one -> one.name().equals(bin));
  }

  static Stream<Arguments> filters() {
    Predicate<StoredRecord> none = record -> true;
    StoredRecord mark = middle();
    return Stream.of(
        filter("", none),
        filter("--set a", record -> in(record, "a")),
        filter("--set-list b,c,no-such-set", record -> in(record, "b", "c")),
        filter("--bin-list text,no-such-bin", record -> has(record, "text")),
        filter(
            "-X 0-1000,1001,3000-500," + digest(mark),
            record ->
                record.partition() <= 1_001 && record.partition() != 1_000
                    || record.partition() >= 3_000 && record.partition() < 3_500
                    || record.partition() == mark.partition()),
        filter("--after-digest " + digest(mark), record -> isBehind(record, mark)),
        filter(
            "--node-list " + cluster.nodeName(0) + ",127.0.0.1:" + cluster.port(2),
            record -> isOf(record, 0, 2)),
        filter("--rack-list 2", record -> isOf(record, 1, 2)),
        filter("--modified-after 2024-06-01", record -> record.lastUpdate() == YEAR_2025),
        filter("-b 2024-06-01T00:00:00Z", record -> record.lastUpdate() == YEAR_2024),
        filter("-a 2023-12-31_23:00:00 -b 2024-12-30", record -> record.lastUpdate() == YEAR_2024),
        filter("--no-ttl-only", record -> record.voidTime() == 0));
  }

  private static Arguments filter(String flags, Predicate<StoredRecord> wanted) {
    return Arguments.of(flags, wanted);
  }

  @ParameterizedTest
  @MethodSource("filters")
  void eachFilterAloneAndWithAnExpression(String flags, Predicate<StoredRecord> wanted)
      throws IOException {
    if (!flags.isEmpty()) {
      holds(flags, wanted);
    }
    holds(flags + " -r --filter-exp " + A_OR_B, wanted.and(record -> in(record, "a", "b")));
  }

  @Test
  void allFiltersTogether() throws IOException {
    holds(
        "-f " + A_OR_B + " -s a,c --no-ttl-only -a 2024-06-01 -B n -X 0-4000",
        record ->
            in(record, "a")
                && record.voidTime() == 0
                && record.lastUpdate() == YEAR_2025
                && record.partition() < 4_000);
  }

  @Test
  void binListKeepsOtherBinsOut() throws IOException {
    backup("-B text").succeeds();
    assertThat(found().values())
        .isNotEmpty()
        .allSatisfy(bins -> assertThat(bins).singleElement().asString().contains(" text "));
  }

  @Test
  void noBinsLeavesRecordsOnly() throws IOException {
    backup("--no-bins -f " + A_OR_B).succeeds();
    assertThat(found())
        .hasSize(RECORDS / 2)
        .allSatisfy((digest, bins) -> assertThat(bins).isEmpty());
  }

  @Test
  void maxRecordsCountsForTheWholeBackup() throws IOException {
    backup("--max-records 17 -w 3 -f " + A_OR_B).succeeds();
    assertThat(found()).hasSize(17);
    assertThat(found().keySet()).allMatch(digest -> in(all.get(digest), "a", "b"));
    backup("--max-records 0 -r").succeeds();
    assertThat(found()).hasSize(RECORDS);
  }

  @Test
  void anIncrementHoldsWhatCameSince() throws IOException {
    Path first = scratch.resolve("first");
    Asbeam.run("backup", "-h", cluster.seeds(), "-n", "wide", "-d", first).succeeds();
    EmbeddedNamespace wide = cluster.namespace("wide");
    wide.put(NewRecord.of("s", "old").bin("n", 1).lastUpdate(YEAR_2025));
    wide.put(NewRecord.of("s", "new").bin("n", 2));
    try {
      Asbeam.run(
              "backup",
              "-h",
              cluster.seeds(),
              "-n",
              "wide",
              "-d",
              folder(),
              "--modified-after-backup",
              first)
          .succeeds();
      assertThat(found().keySet()).containsExactly(digest(wide.get("s", "new").orElseThrow()));
    } finally {
      wide.clear();
    }
  }

  /** Requests of scans to each node. */
  private static List<InjectedFault> count() {
    return Stream.of(0, 1, 2)
        .map(
            node ->
                cluster.inject(
                    Fault.on(Fault.Target.SCAN).node(node).always().delay(Duration.ZERO)))
        .toList();
  }

  @Test
  void preferredRacksAreRead() {
    List<InjectedFault> counts = count();
    assertThat(backup("--prefer-racks 1").succeeds().number("records")).isEqualTo(RECORDS);
    assertThat(counts).extracting(InjectedFault::hits).element(0).isNotEqualTo(0);
    // With three nodes and two copies, each record has one on rack 1, which is node 0.
    assertThat(counts.get(1).hits() + counts.get(2).hits()).isZero();
  }

  @Test
  void otherNodesAndRacksAreNotAsked() {
    List<InjectedFault> counts = count();
    backup("--rack-list 1").succeeds();
    backup("-r --node-list " + cluster.nodeName(0)).succeeds();
    assertThat(counts.get(0).hits()).isPositive();
    assertThat(counts.get(1).hits() + counts.get(2).hits()).isZero();
    Asbeam.run("backup", "-h", cluster.seeds(), "-n", "test", "-d", folder(), "-r", "-l", "BAD")
        .fails(2, "BAD");
    assertThat(Asbeam.run("verify", folder()).succeeds().number("records")).isPositive();
  }

  @Test
  void parallelNodesWorksOnASliceForEachNode() {
    for (boolean allAtOnce : new boolean[] {false, true}) {
      try (EmbeddedCluster silent =
          EmbeddedCluster.builder().nodes(3).replicationFactor(1).namespace("test").start()) {
        for (int i = 0; i < RECORDS; i++) {
          silent.namespace("test").put(NewRecord.of("s", i).bin("n", i));
        }
        List<InjectedFault> faults =
            Stream.of(0, 1, 2)
                .map(
                    node -> silent.inject(Fault.on(Fault.Target.SCAN).node(node).always().freeze()))
                .toList();
        Asbeam.Result result =
            Asbeam.run(
                Stream.concat(
                        Stream.of("backup", "-h", silent.seeds(), "-n", "test", "-d", folder()),
                        Stream.of(
                            "-w",
                            "1",
                            "-r",
                            "--socket-timeout",
                            "2s",
                            "--max-retries",
                            "0",
                            allAtOnce ? "--parallel-nodes" : "--wait-stable=1s"))
                    .toArray());
        assertThat(result.code()).as("%s", result).isNotZero();
        // One request for each slice that was begun before the first gave up.
        assertThat(faults.stream().mapToInt(InjectedFault::hits).sum())
            .as("%s", result)
            .isBetween(allAtOnce ? 2 : 1, allAtOnce ? 3 : 1);
      }
    }
  }

  @Test
  void aPartitionIsAskedForAsOftenAsWanted() {
    InjectedFault fault =
        cluster.inject(Fault.on(Fault.Target.SCAN).partition(1).always().resultCode(TIMEOUT));
    backup("-X 1 --max-retries 2 --sleep-between-retries 1").fails(24, "1 time and 2 retries");
    assertThat(fault.hits()).isEqualTo(3);
    backup("-r -X 1 --max-retries 0").fails(24, "partition 1");
    assertThat(fault.hits()).isEqualTo(4);
  }

  @Test
  void thePauseBetweenRetriesIsAsLongAsWanted() {
    Fault once = Fault.on(Fault.Target.SCAN).partition(1).resultCode(TIMEOUT);
    InjectedFault fault = cluster.inject(once);
    // An hour's pause doesn't fit into a second.
    backup("-X 1 --sleep-between-retries 1h --total-timeout 1s").fails(24, "total timeout");
    assertThat(fault.hits()).isEqualTo(1);
    cluster.inject(once);
    backup("-r -X 1 --sleep-between-retries 1 --total-timeout 30s").succeeds();
  }

  @Test
  void aSilentNodeGetsTheSocketTimeout() {
    cluster.inject(Fault.on(Fault.Target.SCAN).partition(1).freeze());
    backup("-X 1 --socket-timeout 300 --max-retries 1 --sleep-between-retries 1").succeeds();
    cluster.inject(Fault.on(Fault.Target.SCAN).partition(1).freeze().always());
    backup("-r -X 1 --socket-timeout 300 --max-retries 0").fails(24, "partition 1");
  }

  @Test
  void theTotalTimeoutEndsARequestThatGoesOn() {
    cluster.inject(Fault.on(Fault.Target.SCAN).partition(1).freeze().always());
    backup("-X 1 --total-timeout 400").fails(24, "total timeout of 400 ms");
  }

  @Test
  void theStallTimeoutEndsWhatGetsNowhere() {
    cluster.inject(Fault.on(Fault.Target.SCAN).partition(1).always().resultCode(TIMEOUT));
    Asbeam.Result result = backup("-X 1 --stall-timeout 300ms");
    result.fails(24, "partition");
    cluster.clearFaults();
    backup("--resume").succeeds();
  }

  @Test
  void goesOnByThePeersNamesAndSaysWhatDoesNotCount() throws IOException {
    InjectedFault fault =
        cluster.inject(Fault.on(Fault.Target.SCAN).partition(4_090).always().resultCode(TIMEOUT));
    backup("-s a,b -w 1 --max-retries 0 --state-file-dst state").fails(24, "partition 4090");
    fault.close();
    Asbeam.Result result = backup("--continue state -n test -s c -z ZSTD -L 1000000").succeeds();
    assertThat(result.number("resumed")).isPositive();
    assertThat(found().keySet())
        .hasSize(RECORDS / 2)
        .allMatch(digest -> in(all.get(digest), "a", "b"));
    assertThat(result.err())
        .filteredOn(line -> line.startsWith("asbeam: warning: "))
        .singleElement()
        .asString()
        .contains("--continue", "--set, --compress", "when it began")
        .doesNotContain("--namespace", "--records-per-second", "--directory");
  }

  @Test
  void anEstimateMindsFiltersAndLimits() {
    List<Object> words = List.of("backup", "-h", cluster.seeds(), "-n", "test", "-e");
    Asbeam.Result part = run(words, "--no-indexes", "--no-udfs", "-s", "a", "-L", "10");
    assertThat(part.number("records")).isEqualTo(RECORDS / 4);
    assertThat(part.fact("seconds")).startsWith("6.0");
    Asbeam.Result whole = run(words, "--no-indexes", "--no-udfs", "--estimate-samples", "50");
    assertThat(whole.number("sampled")).isBetween(50L, (long) RECORDS - 1);
    long bytes = whole.number("text_bytes");
    Asbeam.Result slow = run(words, "--no-indexes", "--no-udfs", "--nice", bytes / 10 + "B/s");
    assertThat(Double.parseDouble(slow.fact("seconds"))).isBetween(7.0, 13.0);
  }

  private static Asbeam.Result run(List<Object> words, Object... more) {
    return Asbeam.run(Stream.concat(words.stream(), Stream.of(more)).toArray()).succeeds();
  }
}
