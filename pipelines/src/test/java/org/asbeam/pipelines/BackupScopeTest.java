package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.asbeam.aerospike.ScanFilter;
import org.asbeam.format.AsbDecoder;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.Partitions;
import org.asbeam.storage.BackupFileReader;
import org.asbeam.storage.Compression;
import org.asbeam.storage.LocalStore;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.transforms.work.BackupScope;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.Increment;
import org.asbeam.transforms.work.RealBackends;
import org.asbeam.transforms.work.WorkException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every part of a scope, on data that must and must not be in the backup. */
class BackupScopeTest {
  private static final int RECORDS = 900;

  private static Fixture fixture;
  private static Map<String, Row> all;

  @TempDir Path temp;

  /** What a record is known by, beside its digest. */
  private record Row(String set, boolean expires, Set<String> bins) {}

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    fixture = Fixture.start(3).fill(RECORDS);
    all = read(folder, back(folder, UnaryOperator.identity()));
    assertThat(all).hasSize(RECORDS);
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  private static Manifest back(Path folder, UnaryOperator<BackupScope> scope) throws Exception {
    BackupSpec spec = fixture.backup(folder, Compression.NONE, 2);
    return BackupPipeline.start(spec.withScope(scope.apply(spec.scope())), false, Fixture.direct())
        .await()
        .manifest();
  }

  private static Map<String, Row> read(Path folder, Manifest manifest) throws Exception {
    Map<String, Row> rows = new TreeMap<>();
    BackupFileReader reader = new BackupFileReader(new LocalStore(folder));
    for (FileReceipt file : manifest.files()) {
      try (InputStream text = reader.text(file.name())) {
        AsbDecoder decoder = new AsbDecoder(text, file.name());
        for (AsbDecoder.Item item = decoder.next();
            item != AsbDecoder.Item.END;
            item = decoder.next()) {
          if (item == AsbDecoder.Item.RECORD) {
            Set<String> bins = new TreeSet<>();
            while (decoder.record().nextBin()) {
              bins.add(decoder.record().binName());
            }
            String digest = HexFormat.of().formatHex(decoder.record().digest());
            Row row = new Row(decoder.record().set(), decoder.record().voidTime() != 0, bins);
            assertThat(rows.put(digest, row)).as("twice: " + digest).isNull();
          }
        }
      }
    }
    assertThat(manifest.records()).isEqualTo(rows.size());
    return rows;
  }

  private Map<String, Row> backUp(UnaryOperator<BackupScope> scope) throws Exception {
    Path folder = temp.resolve("backup");
    return read(folder, back(folder, scope));
  }

  private static Set<String> digests(Predicate<Map.Entry<String, Row>> wanted) {
    Set<String> digests = new TreeSet<>();
    all.entrySet().stream().filter(wanted).forEach(entry -> digests.add(entry.getKey()));
    return digests;
  }

  private static int partition(String digest) {
    return Partitions.of(HexFormat.of().parseHex(digest));
  }

  private static UnaryOperator<BackupScope> filter(ScanFilter.Builder filter) {
    return scope -> scope.withFilter(filter.build());
  }

  @Test
  void oneSetAndSeveral() throws Exception {
    assertThat(backUp(filter(ScanFilter.builder().sets(List.of("set1")))).keySet())
        .isEqualTo(digests(row -> row.getValue().set().equals("set1")))
        .isNotEmpty();
    assertThat(
            read(
                    temp.resolve("two"),
                    back(
                        temp.resolve("two"),
                        filter(ScanFilter.builder().sets(List.of("set0", "set2", "none")))))
                .keySet())
        .isEqualTo(digests(row -> List.of("set0", "set2").contains(row.getValue().set())))
        .isNotEmpty();
  }

  @Test
  void noTtlOnly() throws Exception {
    assertThat(backUp(filter(ScanFilter.builder().noTtlOnly(true))).keySet())
        .isEqualTo(digests(row -> !row.getValue().expires()))
        .isNotEmpty();
  }

  @Test
  void modifiedBeforeAndAfter() throws Exception {
    Instant future = Instant.now().plusSeconds(3_600);
    assertThat(backUp(filter(ScanFilter.builder().modifiedAfter(future)))).isEmpty();
    Path folder = temp.resolve("before");
    assertThat(read(folder, back(folder, filter(ScanFilter.builder().modifiedBefore(future)))))
        .hasSize(RECORDS);
  }

  @Test
  void expressionWithSetAndPartitions() throws Exception {
    // or(setName == "set1", setName == "set2")
    String expression =
        Base64.getEncoder()
            .encodeToString(
                HexFormat.of().parseHex("9311" + "93019146a50373657431" + "93019146a50373657432"));
    Map<String, Row> found =
        backUp(
            scope ->
                scope
                    .withFilter(
                        ScanFilter.builder()
                            .expression(expression)
                            .sets(List.of("set0", "set1"))
                            .build())
                    .withPartitions(PartitionSet.range(100, 2_000)));
    assertThat(found.keySet())
        .isEqualTo(
            digests(
                row ->
                    row.getValue().set().equals("set1")
                        && partition(row.getKey()) >= 100
                        && partition(row.getKey()) < 2_100))
        .isNotEmpty();
  }

  @Test
  void bins() throws Exception {
    Map<String, Row> found = backUp(scope -> scope.withBins(List.of("int", "no-such-bin")));
    assertThat(found.keySet()).isEqualTo(all.keySet());
    assertThat(found.values()).allMatch(row -> row.bins().equals(Set.of("int")));
  }

  @Test
  void recordsWithoutTheBinsAreLeftOut() throws Exception {
    assertThat(backUp(scope -> scope.withBins(List.of("no-such-bin")))).isEmpty();
  }

  @Test
  void noBins() throws Exception {
    Map<String, Row> found = backUp(scope -> scope.withNoBins(true));
    assertThat(found.keySet()).isEqualTo(all.keySet());
    assertThat(found.values()).allMatch(row -> row.bins().isEmpty());
  }

  @Test
  void maxRecordsCountsForTheWholeJob() throws Exception {
    assertThat(backUp(scope -> scope.withMaxRecords(123))).hasSize(123);
  }

  @Test
  void afterADigest() throws Exception {
    String digest = all.keySet().stream().skip(RECORDS / 2).findFirst().orElseThrow();
    Map<String, Row> found =
        backUp(
            scope ->
                scope.withAfterDigest(
                    Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digest))));
    int partition = partition(digest);
    assertThat(found.keySet())
        .isEqualTo(
            digests(
                row ->
                    partition(row.getKey()) > partition
                        || partition(row.getKey()) == partition
                            && row.getKey().compareTo(digest) < 0))
        .isNotEmpty();
  }

  @Test
  void nodesAreThePartitionsTheyAreMastersOf() throws Exception {
    Set<String> found = new TreeSet<>();
    long sum = 0;
    for (int i = 0; i < 3; i++) {
      String node = fixture.cluster.nodeName(i);
      Path folder = temp.resolve(node);
      Map<String, Row> rows = read(folder, back(folder, scope -> scope.withNodes(List.of(node))));
      assertThat(rows.size()).isBetween(1, RECORDS - 1);
      sum += rows.size();
      found.addAll(rows.keySet());
    }
    assertThat(sum).isEqualTo(RECORDS);
    assertThat(found).isEqualTo(all.keySet());
  }

  @Test
  void anUnknownNodeTouchesNothing() {
    WorkException e =
        catchThrowableOfType(
            WorkException.class, () -> backUp(scope -> scope.withNodes(List.of("BAD1"))));
    assertThat(e).hasMessageContaining("BAD1");
    assertThat(temp.resolve("backup")).doesNotExist();
  }

  @Test
  void noRecordsNoIndexesNoUdfs() throws Exception {
    Path folder = temp.resolve("b");
    Manifest manifest =
        back(folder, scope -> scope.withRecords(false).withIndexes(false).withUdfs(true));
    assertThat(manifest.records()).isZero();
    assertThat(manifest.indexes()).isZero();
  }

  @Test
  void theManifestSaysWhatWasSelected() throws Exception {
    Manifest manifest =
        back(
            temp.resolve("b"),
            scope ->
                scope
                    .withBins(List.of("int"))
                    .withFilter(ScanFilter.builder().sets(List.of("set1")).build()));
    assertThat(manifest.selection().path("bins").get(0).asText()).isEqualTo("int");
    assertThat(manifest.selection().path("filter").path("sets").get(0).asText()).isEqualTo("set1");
    JsonNode cluster =
        new ObjectMapper().readTree(Files.readAllBytes(temp.resolve("b/cluster.json")));
    assertThat(cluster.isObject()).isTrue();
    assertThat(cluster.toString()).contains("replication");
  }

  @Test
  void theNextIncrementBeginsBeforeThisBackupDid() throws Exception {
    Instant before = Instant.now();
    Manifest manifest = back(temp.resolve("full"), UnaryOperator.identity());
    Instant bound =
        Increment.after(new RealBackends(), temp.resolve("full").toString(), Fixture.SOURCE);
    assertThat(bound).isEqualTo(manifest.nextModifiedAfter()).isBefore(before);

    back(temp.resolve("limited"), scope -> scope.withMaxRecords(1));
    WorkException e =
        catchThrowableOfType(
            WorkException.class,
            () ->
                Increment.after(
                    new RealBackends(), temp.resolve("limited").toString(), Fixture.SOURCE));
    assertThat(e).hasMessageContaining("--max-records");
    assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
  }
}
