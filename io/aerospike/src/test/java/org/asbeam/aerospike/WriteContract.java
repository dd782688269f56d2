package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aerospike.client.Bin;
import com.aerospike.client.Key;
import com.aerospike.client.Record;
import com.aerospike.client.ResultCode;
import com.aerospike.client.policy.WritePolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.aerospike.WriteSpec.Exists;
import org.asbeam.format.ParticleType;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.RecordView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a writer does on every server. */
abstract class WriteContract {
  private static final String SET = "aerospike_write";

  private final Rows rows = new Rows();
  private Fixture fixture;
  private String set;

  abstract String start() throws Exception;

  abstract void stop();

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture(start());
    // A set of its own for each test: a truncate of the one before may still be going on.
    set = SET + System.nanoTime() % 1_000_000;
  }

  @AfterEach
  void empty() {
    fixture.delete(set);
    fixture.close();
    stop();
  }

  @Test
  void writesManyRecords() throws Exception {
    int count = 5000;
    WriteCounts counts =
        write(
            spec().withBatches(64, 4, 1 << 20),
            writer -> {
              for (int i = 0; i < count; i++) {
                writer.write(i % 3 == 0 ? rows.keyed(key(i), i) : rows.plain(key(i), i));
              }
            });
    assertThat(counts.given()).isEqualTo(count);
    assertThat(counts.inserted()).isEqualTo(count);
    assertThat(counts.unfinished()).isZero();
    assertThat(fixture.digests(set)).hasSize(count);
    for (int i = 0; i < count; i += 501) {
      Record record = fixture.oracle.get(null, key(i));
      assertThat(record.getLong("i")).isEqualTo(i);
      assertThat(record.generation).isEqualTo(1);
      assertThat(record.expiration).isZero();
    }
  }

  /** Keyed and key-less ones in the same batch, and batches of a single record. */
  @Test
  void storesTheKeysThatTheBackupHas() throws Exception {
    for (int batchSize : new int[] {1, 7}) {
      write(
          spec().withBatches(batchSize, 2, 1 << 20),
          writer -> {
            for (int i = 0; i < 20; i++) {
              writer.write(i % 2 == 0 ? rows.keyed(key(i), i) : rows.plain(key(i), i));
            }
          });
      List<String> keys = new ArrayList<>();
      scan(
          row ->
              keys.add(
                  row.hasKey()
                      ? new String(row.buffer(), row.keyOffset(), row.keyLength())
                      : "none"));
      assertThat(keys).hasSize(20);
      assertThat(keys).filteredOn("none"::equals).hasSize(10);
      assertThat(keys).contains("key 0", "key 18").doesNotContain("key 1");
    }
  }

  /** A scan's rows written back elsewhere give the same rows: all particle types, byte for byte. */
  @Test
  void writesParticlesAsTheyAre() throws Exception {
    String[][] particles = {
      {"1", "fffffffffffffffb"},
      {"2", "7ff8000000000001"},
      {"3", "c3a9ff"},
      {"4", "00010a20"},
      {"7", "aced0005"},
      {"8", "01"},
      {"9", "02"},
      {"10", "03"},
      {"11", "04"},
      {"12", "05"},
      {"17", "01"},
      {"19", "82a20361c0a2036201"},
      {"20", "93010203"},
    };
    write(
        spec(),
        writer ->
            writer.write(
                rows.row(
                    key(1),
                    "",
                    3,
                    0,
                    false,
                    bins -> {
                      for (String[] particle : particles) {
                        bins.bin(
                            Integer.parseInt(particle[0]),
                            "t" + particle[0],
                            HexFormat.of().parseHex(particle[1]));
                      }
                    })));
    List<String> read = new ArrayList<>();
    scan(
        row -> {
          while (row.nextBin()) {
            read.add(
                row.binName()
                    + "="
                    + HexFormat.of()
                        .formatHex(
                            row.buffer(),
                            row.valueOffset(),
                            row.valueOffset() + row.valueLength()));
          }
        });
    List<String> written = new ArrayList<>();
    for (String[] particle : particles) {
      written.add("t" + particle[0] + "=" + particle[1]);
    }
    assertThat(read).containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void mergesBinsByDefault() throws Exception {
    fixture.oracle.put(null, key(1), new Bin("other", 1));
    assertThat(write(spec(), writer -> writer.write(rows.plain(key(1), 9))).inserted())
        .isEqualTo(1);
    assertThat(fixture.oracle.get(null, key(1)).bins).containsOnlyKeys("i", "other");
  }

  @Test
  void replacesWhenTold() throws Exception {
    fixture.oracle.put(null, key(1), new Bin("other", 1));
    WriteCounts counts =
        write(spec().withExists(Exists.REPLACE), writer -> writer.write(rows.plain(key(1), 9)));
    assertThat(counts.inserted()).isEqualTo(1);
    assertThat(fixture.oracle.get(null, key(1)).bins).containsOnlyKeys("i");
  }

  @Test
  void leavesWhatIsThereWhenTold() throws Exception {
    fixture.oracle.put(null, key(1), new Bin("other", 1));
    WriteCounts counts =
        write(
            spec().withExists(Exists.CREATE_ONLY),
            writer -> {
              writer.write(rows.plain(key(1), 9));
              writer.write(rows.plain(key(2), 9));
            });
    assertThat(counts.existed()).isEqualTo(1);
    assertThat(counts.inserted()).isEqualTo(1);
    assertThat(fixture.oracle.get(null, key(1)).bins).containsOnlyKeys("other");
  }

  @Test
  void leavesWhatIsFresher() throws Exception {
    for (int i = 0; i < 5; i++) {
      fixture.oracle.put(null, key(1), new Bin("i", 100 + i));
    }
    assertThat(write(spec(), writer -> writer.write(rows.plain(key(1), 9))).fresher())
        .as("generation 5 is not greater than 5")
        .isEqualTo(1);
    assertThat(fixture.oracle.get(null, key(1)).getInt("i")).isEqualTo(104);
    WriteSpec always = spec().withCheckGeneration(false);
    assertThat(write(always, writer -> writer.write(rows.plain(key(1), 9))).inserted())
        .isEqualTo(1);
    assertThat(fixture.oracle.get(null, key(1)).getInt("i")).isEqualTo(9);
  }

  @Test
  void givesRecordsTheirTimeToLive() throws Exception {
    long now = System.currentTimeMillis() / 1000 - NodeState.EPOCH_SECONDS;
    WriteCounts counts =
        write(
            spec(),
            writer -> {
              writer.write(expiring(1, now + 1000));
              writer.write(expiring(2, 0));
              writer.write(expiring(3, now - 1));
            });
    assertThat(counts.inserted()).isEqualTo(2);
    assertThat(counts.expired()).isEqualTo(1);
    assertThat(fixture.oracle.get(null, key(1)).expiration)
        .isBetween((int) now + 998, (int) now + 1002);
    assertThat(fixture.oracle.get(null, key(2)).expiration).isZero();
    assertThat(fixture.oracle.get(null, key(3))).isNull();
    assertThat(
            write(spec().withExtraTtlSeconds(500), writer -> writer.write(expiring(3, now - 1)))
                .inserted())
        .isEqualTo(1);
    assertThat(fixture.oracle.get(null, key(3)).expiration)
        .isBetween((int) now + 497, (int) now + 501);
  }

  @Test
  void refusesATimeToLiveThatServersRefuse() throws Exception {
    long tooLong =
        System.currentTimeMillis() / 1000 - NodeState.EPOCH_SECONDS + 315_360_000L + 86_400;
    assertThatThrownBy(() -> write(spec(), writer -> writer.write(expiring(1, tooLong))))
        .isInstanceOf(RecordWriteException.class)
        .hasMessageContaining("ten years");
    assertThatThrownBy(
            () ->
                write(
                    spec().withIgnoreRecordErrors(true),
                    writer -> writer.write(expiring(1, tooLong))))
        .as("not among what the peers ignore")
        .isInstanceOf(RecordWriteException.class);
  }

  @Test
  void skipsRecordsWithoutBins() throws Exception {
    WriteCounts counts =
        write(spec(), writer -> writer.write(rows.row(key(1), "", 1, 0, false, bins -> {})));
    assertThat(counts.skipped()).isEqualTo(1);
    assertThat(fixture.oracle.exists(null, key(1))).isFalse();
  }

  @Test
  void refusesRecordsOfAnotherNamespace() {
    WriteSpec spec = spec().withSourceNamespace("elsewhere");
    assertThatThrownBy(() -> write(spec, writer -> writer.write(rows.plain(key(1), 1))))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.WRONG_NAMESPACE))
        .hasMessageContaining("'test'")
        .hasMessageContaining("'elsewhere'");
  }

  @Test
  void mapsANamespaceToAnother() throws Exception {
    WriteSpec spec = spec().withSourceNamespace("elsewhere");
    WriteCounts counts =
        write(
            spec,
            writer -> {
              writer.write(row("elsewhere", 1));
              writer.write(row("", 2));
            });
    assertThat(counts.inserted()).isEqualTo(2);
    assertThat(fixture.oracle.exists(null, key(1))).isTrue();
  }

  @Test
  void refusesANamespaceThatIsNotThere() {
    assertThatThrownBy(() -> write(WriteSpec.of("nowhere"), writer -> {}))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_SUCH_NAMESPACE));
  }

  @Test
  void failsWithTheRecordThatIsTooBig() throws Exception {
    assertThatThrownBy(() -> write(spec(), writer -> writer.write(big(1))))
        .isInstanceOfSatisfying(
            RecordWriteException.class,
            e -> {
              assertThat(e.resultCode()).isEqualTo(ResultCode.RECORD_TOO_BIG);
              assertThat(e.digest()).isEqualTo(key(1).digest);
              assertThat(e.set()).isEqualTo(set);
            })
        .hasMessageContaining(Fixture.hex(key(1).digest))
        .hasMessageContaining("max-record-size");
  }

  @Test
  void countsAndLeavesOutRefusedRecordsWhenTold() throws Exception {
    fixture.oracle.put(keyed(), key(3), new Bin("i", 1));
    WriteCounts counts =
        write(
            spec().withIgnoreRecordErrors(true),
            writer -> {
              writer.write(rows.plain(key(1), 1));
              writer.write(big(2));
              writer.write(
                  rows.row(
                      key(3),
                      "",
                      9,
                      0,
                      false,
                      bins -> {
                        bins.key(ParticleType.STRING, new byte[] {'x'}, 0, 1);
                        Rows.bin(bins, "i", 4);
                      }));
              writer.write(rows.plain(key(4), 1));
            });
    assertThat(counts.inserted()).isEqualTo(2);
    assertThat(counts.ignored()).isEqualTo(2);
    assertThat(counts.refusals())
        .isEqualTo(Map.of(ResultCode.RECORD_TOO_BIG, 1L, ResultCode.KEY_MISMATCH, 1L));
    assertThat(fixture.oracle.exists(null, key(2))).isFalse();
    assertThat(fixture.oracle.get(null, key(3)).getInt("i")).isEqualTo(1);
  }

  @Test
  void refusesToGoOnAfterAFailure() throws Exception {
    try (BatchWriter writer = new BatchWriter(fixture.client, spec(), () -> false)) {
      writer.write(big(1));
      assertThatThrownBy(writer::flush).isInstanceOf(RecordWriteException.class);
      assertThatThrownBy(() -> writer.write(rows.plain(key(2), 1)))
          .isInstanceOf(RecordWriteException.class);
      assertThat(writer.counts().failed()).isEqualTo(1);
      assertThat(writer.counts().inserted()).isZero();
    }
  }

  @Test
  void countsWhatWasNotFlushedAsUnfinished() throws Exception {
    BatchWriter writer = new BatchWriter(fixture.client, spec(), () -> false);
    writer.write(rows.plain(key(1), 1));
    writer.close();
    assertThat(writer.counts().unfinished()).isEqualTo(1);
    assertThatThrownBy(() -> writer.write(rows.plain(key(2), 1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void writesOnlyTheSetsAndBinsThatAreSelected(boolean batchWrites) throws Exception {
    WriteSpec spec =
        spec()
            .withBatchWrites(batchWrites)
            .withSets(Set.of(set, set + "2"))
            .withBins(Set.of("i", "k"));
    WriteCounts counts =
        write(
            spec,
            writer -> {
              writer.write(bins(key(1), "i", "j", "k"));
              writer.write(bins(key(2), "j"));
              writer.write(bins(key(3), "ii", "I"));
              writer.write(bins(Fixture.key(set + "2", 4), "k"));
              writer.write(bins(Fixture.key(set + "3", 5), "i"));
              writer.write(bins(Fixture.key("", 6), "i"));
            });
    assertThat(counts.inserted()).isEqualTo(2);
    assertThat(counts.skipped()).isEqualTo(4);
    assertThat(fixture.oracle.get(null, key(1)).bins).containsOnlyKeys("i", "k");
    assertThat(fixture.oracle.get(null, Fixture.key(set + "2", 4)).bins).containsOnlyKeys("k");
    assertThat(fixture.oracle.exists(null, key(2))).isFalse();
    assertThat(fixture.oracle.exists(null, key(3))).isFalse();
    assertThat(fixture.oracle.exists(null, Fixture.key(set + "3", 5))).isFalse();
    assertThat(fixture.oracle.exists(null, Fixture.key("", 6))).isFalse();
  }

  /** A record that is not selected may be of any namespace. */
  @Test
  void looksAtTheNamespaceOfWhatIsSelected() throws Exception {
    WriteSpec spec = spec().withSourceNamespace("elsewhere").withSets(Set.of("another"));
    assertThat(write(spec, writer -> writer.write(rows.plain(key(1), 1))).skipped()).isEqualTo(1);
  }

  /** The same records, policies and answers, with and without batches. */
  @Test
  void writesSinglyWhatItWritesInBatches() throws Exception {
    int count = 3000;
    long now = System.currentTimeMillis() / 1000 - NodeState.EPOCH_SECONDS;
    for (int i = 0; i < count; i += 10) {
      fixture.oracle.put(i % 20 == 0 ? keyed() : null, key(i), new Bin("other", i));
    }
    Work work =
        writer -> {
          for (int i = 0; i < count; i++) {
            int number = i;
            writer.write(
                i % 100 == 7
                    ? big(i)
                    : rows.row(
                        key(i),
                        "",
                        1 + i % 3,
                        i % 2 == 0 ? 0 : now + 10_000,
                        i % 4 == 0,
                        bins -> Rows.bin(bins, "i", number)));
          }
        };
    WriteSpec single = spec().withIgnoreRecordErrors(true).withBatchWrites(false);
    WriteCounts counts = write(single, work);
    assertThat(counts.ignored()).isEqualTo(count / 100);
    assertThat(counts.refusals()).containsKey(ResultCode.RECORD_TOO_BIG);
    assertThat(counts.fresher()).as("generation 1 against 1").isEqualTo(count / 30);
    assertThat(counts.inserted()).isEqualTo(count - count / 100 - count / 30);
    for (int i : new int[] {1, 2, 5, 10, 11, 2999}) {
      Record record = fixture.oracle.get(null, key(i));
      assertThat(record.getLong("i")).as("record %d", i).isEqualTo(i);
      if (i % 2 == 1) {
        assertThat(record.expiration).isBetween((int) now + 9_990, (int) now + 10_010);
      } else {
        assertThat(record.expiration).isZero();
      }
    }
    assertThat(fixture.oracle.get(null, key(10)).bins).containsOnlyKeys("i", "other");
    assertThat(fixture.oracle.exists(null, key(7))).isFalse();
    WriteCounts again = write(single.withExists(Exists.CREATE_ONLY), work);
    assertThat(again.inserted()).isZero();
    assertThat(again.existed()).isEqualTo(count - count / 100);
    WriteCounts replaced =
        write(single.withExists(Exists.REPLACE).withCheckGeneration(false), work);
    assertThat(replaced.inserted()).isEqualTo(count - count / 100);
    assertThat(fixture.oracle.get(null, key(10)).bins).containsOnlyKeys("i");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesAnotherStoredKeyForTheSameDigest(boolean batchWrites) throws Exception {
    fixture.oracle.put(keyed(), key(3), new Bin("i", 1));
    List<Integer> codes = new ArrayList<>();
    try (BatchWriter writer =
        new BatchWriter(
            fixture.client,
            spec().withBatchWrites(batchWrites),
            (row, code, reason) -> codes.add(code),
            new RefusalWatch(),
            () -> false)) {
      writer.write(
          rows.row(
              key(3),
              "",
              9,
              0,
              false,
              bins -> {
                bins.key(ParticleType.STRING, new byte[] {'x'}, 0, 1);
                Rows.bin(bins, "i", 4);
              }));
      writer.flush();
      assertThat(writer.counts().rejected()).isEqualTo(1);
    }
    assertThat(codes).containsExactly(ResultCode.KEY_MISMATCH);
  }

  /** 22, as for a time to live without nsup: no new records beyond stop-writes-count. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void stopsAtTheQuotaOfASet(boolean batchWrites) throws Exception {
    fixture.oracle.put(null, key(0), new Bin("i", 1));
    quota("stop-writes-count=1");
    TargetState state = TargetState.read(fixture.client, Fixture.NAMESPACE);
    assertThat(TargetCheck.any().withSets(Set.of(set)).findings(state))
        .anyMatch(
            finding ->
                finding.topic() == TargetCheck.Topic.SET_QUOTA
                    && finding.message().contains("stop-writes-count (1)"));
    WriteCounts counts =
        write(
            spec().withIgnoreRecordErrors(true).withBatchWrites(batchWrites),
            writer -> {
              for (int i = 0; i < 500; i++) {
                writer.write(rows.plain(key(i), i));
              }
            });
    assertThat(counts.inserted()).as("the one that was there").isEqualTo(1);
    assertThat(counts.refusals()).isEqualTo(Map.of(ResultCode.FAIL_FORBIDDEN, 499L));
    RefusalWatch watch = new RefusalWatch();
    WriteSpec spec = spec().withIgnoreRecordErrors(true).withBatchWrites(batchWrites);
    try (BatchWriter writer = new BatchWriter(fixture.client, spec, null, watch, () -> false)) {
      assertThatThrownBy(
              () -> {
                for (int i = 1; i < 2000; i++) {
                  writer.write(rows.plain(key(i), i));
                }
                writer.flush();
              })
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("set '" + set + "'")
          .hasMessageContaining("stop-writes-count (1)");
    }
    quota("stop-writes-count=0");
    assertThat(write(spec(), writer -> writer.write(rows.plain(key(1), 1))).inserted())
        .isEqualTo(1);
  }

  private void quota(String setting) {
    for (com.aerospike.client.cluster.Node node : fixture.oracle.getNodes()) {
      assertThat(
              com.aerospike.client.Info.request(
                  node, "set-config:context=namespace;namespace=test;set=" + set + ";" + setting))
          .isEqualTo("ok");
    }
  }

  @Test
  void showsTheTarget() throws Exception {
    fixture.put(set, 20);
    TargetState state = TargetState.read(fixture.client, Fixture.NAMESPACE);
    assertThat(state.sets()).anyMatch(found -> found.name().equals(set) && found.objects() == 20);
    assertThat(state.objects()).isGreaterThanOrEqualTo(20);
    assertThat(state.maxRecordSize()).isEqualTo(1 << 20);
    assertThat(state.xdrDestinations()).isEmpty();
    assertThat(state.stopWrites()).isEmpty();
    assertThat(state.clusterName()).isNotEmpty();
  }

  /** Deletes go as writes of NULL: they must not. */
  @Test
  void skipsRecordsOfNullsOnly() throws Exception {
    fixture.oracle.put(null, key(1), new Bin("i", 1));
    WriteCounts counts =
        write(
            spec().withCheckGeneration(false),
            writer ->
                writer.write(
                    rows.row(
                        key(1),
                        "",
                        1,
                        0,
                        false,
                        bins -> bins.bin(ParticleType.NULL, "i", new byte[0]))));
    assertThat(counts.skipped()).isEqualTo(1);
    assertThat(fixture.oracle.exists(null, key(1))).isTrue();
  }

  private RecordView bins(Key key, String... names) {
    return rows.row(
        key,
        "",
        1,
        0,
        false,
        bins -> {
          for (String name : names) {
            Rows.bin(bins, name, 1);
          }
        });
  }

  private WriteSpec spec() {
    return WriteSpec.of(Fixture.NAMESPACE);
  }

  private Key key(int number) {
    return Fixture.key(set, number);
  }

  private RecordView expiring(int number, long voidTime) {
    return rows.row(key(number), "", 1, voidTime, false, bins -> Rows.bin(bins, "i", 1));
  }

  private RecordView row(String namespace, int number) {
    return rows.row(key(number), namespace, 1, 0, false, bins -> Rows.bin(bins, "i", 1));
  }

  private RecordView big(int number) {
    return rows.row(
        key(number),
        "",
        1,
        0,
        false,
        bins -> bins.bin(ParticleType.BLOB, "big", new byte[2 << 20]));
  }

  private static WritePolicy keyed() {
    WritePolicy policy = new WritePolicy();
    policy.sendKey = true;
    return policy;
  }

  private WriteCounts write(WriteSpec spec, Work work) throws IOException {
    try (BatchWriter writer = new BatchWriter(fixture.client, spec, () -> false)) {
      work.with(writer);
      writer.flush();
      return writer.counts();
    }
  }

  private void scan(RowHandler handler) throws IOException {
    new PartitionScanner(fixture.client, ScanSpec.of(Fixture.NAMESPACE).withSet(set))
        .scan(PartitionCursors.start(PartitionSet.all()), handler, () -> false);
  }

  private interface Work {
    void with(BatchWriter writer) throws IOException;
  }
}
