package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aerospike.client.Key;
import com.aerospike.client.ResultCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.NamespaceOptions;
import org.asbeam.format.RecordView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are refused for good, and refusals of everything. */
@Timeout(60)
class RejectTest {
  private final Rows rows = new Rows();
  private EmbeddedCluster cluster;
  private EmbeddedNamespace namespace;
  private ClusterClient client;

  @BeforeEach
  void start() throws Exception {
    cluster = EmbeddedCluster.builder().nodes(2).namespace("test").start();
    namespace = cluster.namespace("test");
    client = ClusterClients.acquire(ConnectionSpec.of(cluster.seeds()).withTendIntervalMillis(250));
  }

  @AfterEach
  void stop() {
    client.close();
    ClusterClients.closeIdle();
    cluster.close();
  }

  /** As it was given, so that a restore of the rejects is the repair. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void handsOverTheRecordAsItWas(boolean batchWrites) throws Exception {
    refuse(1, ResultCode.RECORD_TOO_BIG);
    long voidTime = System.currentTimeMillis() / 1000 - NodeState.EPOCH_SECONDS + 1000;
    Rows builder = new Rows();
    List<byte[]> given = new ArrayList<>();
    given.add(copy(builder.row(key(1), "source", 7, voidTime, true, b -> Rows.bin(b, "i", 4))));
    given.add(copy(builder.row(new Key("test", "", 3), "", 7, 0, false, RejectTest::twoBins)));
    List<byte[]> rejected = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    Thread writing = Thread.currentThread();
    cluster.inject(
        Fault.on(Fault.Target.WRITE)
            .digest(new Key("test", "", 3).digest)
            .resultCode(ClusterErrors.GEO_INVALID)
            .always());
    try (BatchWriter writer =
        writer(
            WriteSpec.of("test").withBatchWrites(batchWrites),
            (row, code, reason) -> {
              assertThat(Thread.currentThread()).isSameAs(writing);
              rejected.add(copy(row));
              reasons.add(code + " " + reason);
            })) {
      for (byte[] row : given) {
        writer.write(new RecordView().wrap(row, 0, row.length));
      }
      writer.write(rows.plain(key(5), 5));
      writer.flush();
      WriteCounts counts = writer.counts();
      assertThat(counts.rejected()).isEqualTo(2);
      assertThat(counts.inserted()).isEqualTo(1);
      assertThat(counts.refusals()).containsOnlyKeys(13, 160);
      assertThat(counts.addsUp()).isTrue();
    }
    assertThat(rejected.stream().map(RejectTest::facts))
        .containsExactlyInAnyOrderElementsOf(given.stream().map(RejectTest::facts).toList());
    assertThat(reasons)
        .anyMatch(reason -> reason.startsWith("13 13 ") && reason.contains("max-record-size"))
        .anyMatch(reason -> reason.startsWith("160 160 ") && reason.contains("GeoJSON"));
  }

  @Test
  void keepsItsHandsOffWhatIsIgnored() throws Exception {
    refuse(1, ResultCode.RECORD_TOO_BIG);
    refuse(2, ResultCode.PARAMETER_ERROR);
    List<Integer> codes = new ArrayList<>();
    WriteCounts counts =
        write(
            WriteSpec.of("test").withIgnoreRecordErrors(true),
            (row, code, reason) -> codes.add(code),
            10);
    assertThat(codes).containsExactly(ResultCode.PARAMETER_ERROR);
    assertThat(counts.ignored()).isEqualTo(1);
    assertThat(counts.rejected()).isEqualTo(1);
  }

  @Test
  void handsOverWhatItNeedNotSend() throws Exception {
    long tooLong = System.currentTimeMillis() / 1000 - NodeState.EPOCH_SECONDS + 400_000_000L;
    List<String> reasons = new ArrayList<>();
    try (BatchWriter writer =
        writer(
            WriteSpec.of("test"),
            (row, code, reason) -> reasons.add(row.nextBin() + " " + code + ": " + reason))) {
      writer.write(rows.row(key(1), "", 1, tooLong, false, bins -> Rows.bin(bins, "i", 1)));
      assertThat(writer.counts().rejected()).isEqualTo(1);
    }
    assertThat(reasons).singleElement().asString().contains("true 4: ", "ten years");
  }

  /** What nobody can say of a record is never rejected: a restore of the rejects would not help. */
  @Test
  void failsWithWhatIsNoMatterOfTheRecord() {
    refuse(1, ResultCode.ROLE_VIOLATION);
    assertThatThrownBy(() -> write(WriteSpec.of("test"), (row, code, reason) -> {}, 10))
        .isInstanceOf(RecordWriteException.class);
  }

  @Test
  void endsTheWorkIfARejectIsNotTaken() throws Exception {
    refuse(1, ResultCode.RECORD_TOO_BIG);
    IOException full = new IOException("too many rejects");
    try (BatchWriter writer =
        writer(
            WriteSpec.of("test"),
            (row, code, reason) -> {
              throw full;
            })) {
      writer.write(rows.plain(key(1), 1));
      assertThatThrownBy(writer::flush).isSameAs(full);
      assertThatThrownBy(() -> writer.write(rows.plain(key(2), 1))).isSameAs(full);
      assertThat(writer.counts().rejected()).isZero();
      assertThat(writer.counts().unfinished()).isEqualTo(1);
    }
  }

  /** Rejects that wait keep their batches' places: memory doesn't grow with them. */
  @Test
  void handsOverEachRejectOnceWhileItWrites() throws Exception {
    cluster.inject(Fault.on(Fault.Target.WRITE).skip(1).always().resultCode(13));
    List<String> digests = new ArrayList<>();
    WriteCounts counts =
        write(
            WriteSpec.of("test").withBatches(8, 2, 1 << 20),
            (row, code, reason) -> digests.add(Fixture.hex(row.digest())),
            500);
    assertThat(counts.rejected()).isEqualTo(499);
    assertThat(digests).hasSize(499).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void stopsWhenEverythingIsRefused(boolean reject) {
    namespace.options(NamespaceOptions.DEFAULT.withNsupPeriod(0));
    long voidTime = System.currentTimeMillis() / 1000 - NodeState.EPOCH_SECONDS + 1000;
    WriteSpec spec = WriteSpec.of("test").withIgnoreRecordErrors(!reject);
    List<Integer> rejects = new ArrayList<>();
    try (BatchWriter writer =
        writer(spec, reject ? (row, code, reason) -> rejects.add(code) : null)) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 5000; i++) {
                  writer.write(
                      rows.row(key(i), "", 1, voidTime, false, bins -> Rows.bin(bins, "i", 1)));
                }
                writer.flush();
              })
          .isInstanceOfSatisfying(
              ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.WRITES_REFUSED))
          .hasMessageContaining("the first 1000 records were all refused")
          .hasMessageContaining("22 ")
          .hasMessageContaining("nsup-period is 0")
          .hasMessageContaining("allow-ttl-without-nsup");
      assertThat(writer.counts().inserted()).isZero();
      assertThat(writer.counts().addsUp()).isTrue();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(namespace.count()).isZero();
  }

  @Test
  void saysWhichSettingRefusesEverything() throws Exception {
    namespace.quota("s", 0, 1);
    namespace.put("s", 1, org.asbeam.embedded.StoredBin.of("i", 1));
    assertThatRefusal().contains("set 's'", "stop-writes-size (1)").doesNotContain("nsup");
    namespace.quota("s", 0, 0);
    namespace.clockSkewStopWrites(true);
    assertThatRefusal().contains("clock_skew_stop_writes").doesNotContain("quota");
    namespace.clockSkewStopWrites(false);
    namespace.rejectNonXdrWrites(true);
    assertThatRefusal().contains("reject-non-xdr-writes");
    namespace.rejectNonXdrWrites(false);
    namespace.stopWrites(true);
    assertThatRefusal().contains("8 ", "stops writes on nodes");
  }

  private org.assertj.core.api.AbstractStringAssert<?> assertThatRefusal() {
    try {
      write(
          WriteSpec.of("test").withIgnoreRecordErrors(true).withBatches(500, 4, 1 << 25),
          null,
          3000);
      throw new AssertionError("nothing was refused");
    } catch (IOException e) {
      return assertThat(e.getMessage());
    }
  }

  /** One record that is taken shows that it is no setting for all. */
  @Test
  void goesOnWhenNotEverythingIsRefused() throws Exception {
    cluster.inject(Fault.on(Fault.Target.WRITE).skip(1).always().resultCode(13));
    WriteCounts counts =
        write(
            WriteSpec.of("test").withIgnoreRecordErrors(true).withBatches(10, 1, 1 << 20),
            null,
            2500);
    assertThat(counts.inserted()).isEqualTo(1);
    assertThat(counts.ignored()).isEqualTo(2499);
  }

  @Test
  void goesOnWhenRefusalsDiffer() throws Exception {
    cluster.inject(Fault.on(Fault.Target.WRITE).times(900).resultCode(13));
    cluster.inject(Fault.on(Fault.Target.WRITE).skip(0).times(1600).resultCode(19));
    WriteCounts counts = write(WriteSpec.of("test").withIgnoreRecordErrors(true), null, 2500);
    assertThat(counts.ignored()).isEqualTo(2500);
  }

  @Test
  void countsForAllWritersOfAJob() throws Exception {
    RefusalWatch watch = RefusalWatch.ofJob("job 1");
    assertThat(RefusalWatch.ofJob("job 1")).isSameAs(watch);
    assertThat(RefusalWatch.ofJob("job 2")).isNotSameAs(watch);
    cluster.inject(Fault.on(Fault.Target.WRITE).always().resultCode(13));
    WriteSpec spec = WriteSpec.of("test").withIgnoreRecordErrors(true);
    try (BatchWriter first = new BatchWriter(client, spec, null, watch, () -> false);
        BatchWriter second = new BatchWriter(client, spec, null, watch, () -> false)) {
      for (int i = 0; i < 999; i++) {
        first.write(rows.plain(key(i), 1));
      }
      first.flush();
      second.write(rows.plain(key(1), 1));
      assertThatThrownBy(second::flush).hasMessageContaining("max-record-size is 1048576");
      first.write(rows.plain(key(2), 1));
      assertThatThrownBy(first::flush).hasMessageContaining("max-record-size is 1048576");
    }
  }

  private void refuse(int number, int code) {
    cluster.inject(
        Fault.on(Fault.Target.WRITE).set("s").digest(key(number).digest).resultCode(code).always());
  }

  private static Key key(int number) {
    return new Key("test", "s", number);
  }

  private static void twoBins(org.asbeam.format.RowBuilder bins) {
    Rows.bin(bins, "a", 1);
    Rows.bin(bins, "b", -2);
  }

  private static byte[] copy(RecordView row) {
    return Arrays.copyOfRange(row.buffer(), row.rowOffset(), row.skipToEnd());
  }

  /** All that a backup file would say of a row. */
  private static String facts(byte[] bytes) {
    RecordView row = new RecordView().wrap(bytes, 0, bytes.length);
    TreeMap<String, String> bins = new TreeMap<>();
    while (row.nextBin()) {
      bins.put(
          row.binName(),
          row.binType()
              + ":"
              + Arrays.toString(
                  Arrays.copyOfRange(
                      row.buffer(), row.valueOffset(), row.valueOffset() + row.valueLength())));
    }
    return new String(row.buffer(), row.namespaceOffset(), row.namespaceLength())
        + " "
        + row.set()
        + " "
        + Fixture.hex(row.digest())
        + " "
        + row.generation()
        + " "
        + row.voidTime()
        + " "
        + (row.hasKey()
            ? row.keyType() + new String(row.buffer(), row.keyOffset(), row.keyLength())
            : "no key")
        + " "
        + bins;
  }

  private BatchWriter writer(WriteSpec spec, RejectHandler rejects) throws IOException {
    return new BatchWriter(client, spec, rejects, new RefusalWatch(), () -> false);
  }

  private WriteCounts write(WriteSpec spec, RejectHandler rejects, int count) throws IOException {
    try (BatchWriter writer = writer(spec, rejects)) {
      for (int i = 0; i < count; i++) {
        writer.write(rows.plain(key(i), i));
      }
      writer.flush();
      assertThat(writer.counts().addsUp()).isTrue();
      return writer.counts();
    }
  }
}
