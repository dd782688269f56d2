package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aerospike.client.Key;
import com.aerospike.client.ResultCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.aerospike.WriteSpec.Exists;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.InjectedFault;
import org.asbeam.embedded.NamespaceOptions;
import org.asbeam.embedded.NewRecord;
import org.asbeam.format.RecordView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that was refused counts as written; what fails for a while is written in the end. */
@Timeout(60)
class WriteFaultTest {
  private static final int RECORDS = 3000;

  private final Rows rows = new Rows();
  private EmbeddedCluster cluster;
  private EmbeddedNamespace namespace;
  private ClusterClient client;

  @BeforeEach
  void start() throws Exception {
    cluster = EmbeddedCluster.builder().nodes(3).replicationFactor(2).namespace("test").start();
    namespace = cluster.namespace("test");
    client = ClusterClients.acquire(ConnectionSpec.of(cluster.seeds()).withTendIntervalMillis(250));
  }

  @AfterEach
  void stop() {
    client.close();
    ClusterClients.closeIdle();
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 11, 14, 18})
  void writesAgainWhatFailedForAWhile(int code) throws Exception {
    cluster.inject(Fault.on(Fault.Target.WRITE).skip(100).times(50).resultCode(code));
    WriteCounts counts = write(spec(), RECORDS);
    assertThat(counts.inserted()).isEqualTo(RECORDS);
    assertThat(counts.retries()).isGreaterThanOrEqualTo(50);
    assertThat(counts.inDoubt()).isEqualTo(code == ResultCode.TIMEOUT ? 50 : 0);
    assertThat(namespace.count()).isEqualTo(RECORDS);
  }

  @Test
  void writesAgainWhenABatchWasRefusedOrLost() throws Exception {
    cluster.inject(Fault.on(Fault.Target.BATCH).resultCode(ResultCode.BATCH_QUEUES_FULL));
    cluster.inject(Fault.on(Fault.Target.BATCH).skip(3).dropConnection());
    cluster.inject(Fault.on(Fault.Target.WRITE).skip(500).dropConnection());
    WriteCounts counts = write(spec().withExists(Exists.REPLACE), RECORDS);
    assertThat(counts.inserted() + counts.retriedInDoubt()).isEqualTo(RECORDS);
    assertThat(counts.inDoubt()).isPositive();
    assertThat(namespace.count()).isEqualTo(RECORDS);
  }

  @Test
  void sendsSmallerBatchesToAServerThatWantsThem() throws Exception {
    cluster.inject(
        Fault.on(Fault.Target.BATCH).times(3).resultCode(ResultCode.BATCH_MAX_REQUESTS_EXCEEDED));
    WriteCounts counts = write(spec().withBatches(500, 1, 32 << 20), 500);
    assertThat(counts.inserted()).isEqualTo(500);
    assertThat(counts.inDoubt()).isZero();
    assertThat(namespace.count()).isEqualTo(500);
  }

  /** The write took place and its reply was lost: generation 1 is there when it is sent again. */
  @Test
  void saysWhatItCannotTellFromItsOwnEarlierWrite() throws Exception {
    cluster.inject(Fault.on(Fault.Target.BATCH).dropReply());
    try (BatchWriter writer = new BatchWriter(client, spec(), () -> false)) {
      writer.write(row(1, 1));
      writer.flush();
      assertThat(writer.counts().retriedInDoubt()).isEqualTo(1);
      assertThat(writer.counts().inDoubt()).isEqualTo(1);
      assertThat(writer.counts().fresher()).isZero();
      assertThat(writer.counts().inserted()).isZero();
    }
    cluster.inject(Fault.on(Fault.Target.BATCH).dropReply());
    try (BatchWriter writer =
        new BatchWriter(client, spec().withExists(Exists.CREATE_ONLY), () -> false)) {
      writer.write(row(2, 5));
      writer.flush();
      assertThat(writer.counts().retriedInDoubt()).isEqualTo(1);
      assertThat(writer.counts().existed()).isZero();
    }
    assertThat(namespace.count()).isEqualTo(2);
  }

  @Test
  void isInNoDoubtAboutWhatWasNeverSent() throws Exception {
    write(spec(), 10);
    cluster.killNode(0);
    WriteCounts counts =
        write(spec().withExists(Exists.CREATE_ONLY).withCheckGeneration(false), 10);
    assertThat(counts.existed() + counts.retriedInDoubt()).isEqualTo(10);
  }

  @Test
  void survivesTheDeathOfANode() throws Exception {
    try (BatchWriter writer = new BatchWriter(client, spec(), () -> false)) {
      for (int i = 0; i < RECORDS; i++) {
        if (i == RECORDS / 2) {
          cluster.killNode(1);
        }
        writer.write(row(i, 5));
      }
      writer.flush();
      WriteCounts counts = writer.counts();
      assertThat(counts.inserted() + counts.retriedInDoubt()).isEqualTo(RECORDS);
    }
    assertThat(namespace.count()).isEqualTo(RECORDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 10, 12, 13, 16, 17, 19, 21, 22, 26, 160})
  void failsWithTheFirstRecordThatIsRefused(int code) {
    byte[] digest = key(77).digest;
    cluster.inject(Fault.on(Fault.Target.WRITE).digest(digest).resultCode(code).always());
    assertThatThrownBy(() -> write(spec(), 200))
        .isInstanceOfSatisfying(
            RecordWriteException.class,
            e -> {
              assertThat(e.resultCode()).isEqualTo(code);
              assertThat(e.digest()).isEqualTo(digest);
            })
        .hasMessageContaining(Fixture.hex(digest))
        .hasMessageContaining(": " + code + " ");
  }

  /** The peers' list. */
  @ParameterizedTest
  @ValueSource(ints = {10, 12, 13, 17, 19, 21, 22})
  void leavesOutRefusedRecordsWhenTold(int code) throws Exception {
    cluster.inject(Fault.on(Fault.Target.WRITE).digest(key(77).digest).resultCode(code).always());
    WriteCounts counts = write(spec().withIgnoreRecordErrors(true), 200);
    assertThat(counts.inserted()).isEqualTo(199);
    assertThat(counts.ignored()).isEqualTo(1);
    assertThat(counts.refusals()).isEqualTo(Map.of(code, 1L));
    assertThat(namespace.get(key(77).digest)).isEmpty();
  }

  /** Codes that say nothing of the record are never ignored, whatever the spec. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 16, 20, 25, 26, 27, 81, 120, 160})
  void neverIgnoresWhatItDoesNotUnderstand(int code) {
    cluster.inject(Fault.on(Fault.Target.WRITE).digest(key(77).digest).resultCode(code).always());
    WriteSpec spec = spec().withIgnoreRecordErrors(true).withCheckGeneration(false);
    assertThatThrownBy(() -> write(spec, 200)).isInstanceOf(RecordWriteException.class);
  }

  @Test
  void countsEachRecordOnceInABatchThatFailsInEveryWay() throws Exception {
    namespace.put(NewRecord.ofDigest("s", key(1).digest).generation(9).bin("i", 1));
    failWrite(2, ResultCode.RECORD_TOO_BIG, Integer.MAX_VALUE);
    failWrite(3, ResultCode.KEY_BUSY, 2);
    failWrite(4, ResultCode.TIMEOUT, 1);
    failWrite(5, ResultCode.DEVICE_OVERLOAD, 1);
    WriteCounts counts =
        write(spec().withIgnoreRecordErrors(true).withBatches(300, 1, 1 << 25), 300);
    assertThat(counts.given()).isEqualTo(300);
    assertThat(counts.fresher()).isEqualTo(1);
    assertThat(counts.ignored()).isEqualTo(1);
    assertThat(counts.inserted()).isEqualTo(298);
    assertThat(counts.inDoubt()).isEqualTo(1);
    assertThat(counts.unfinished()).isZero();
    assertThat(namespace.count()).isEqualTo(299);
  }

  @Test
  @Timeout(30)
  void aPauseDoesNotOutlastTheStallTimeout() {
    cluster.inject(
        Fault.on(Fault.Target.WRITE).always().resultCode(ResultCode.PARTITION_UNAVAILABLE));
    WriteSpec spec =
        impatient().withRetryPolicy(new RetryPolicy(Duration.ofHours(1), 1, RetryPolicy.UNLIMITED));
    assertThatThrownBy(() -> write(spec, 10))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT));
  }

  @Test
  void givesUpOnANamespaceThatStopsWrites() {
    namespace.stopWrites(true);
    assertThatThrownBy(() -> write(impatient(), 10))
        .isInstanceOfSatisfying(
            ClusterException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.STOP_WRITES);
              assertThat(e.isTransient()).isTrue();
            })
        .hasMessageContaining("stops writes");
    assertThat(namespace.count()).isZero();
  }

  @Test
  void givesUpOnNodesThatNeverAnswer() throws Exception {
    cluster.inject(Fault.on(Fault.Target.BATCH).freeze().always());
    BatchWriter writer = new BatchWriter(client, impatient(), () -> false);
    try (writer) {
      writer.write(row(1, 5));
      assertThatThrownBy(writer::flush)
          .isInstanceOfSatisfying(
              ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT))
          .hasMessageContaining("1 record could not be written");
    }
    assertThat(writer.counts().unfinished()).isEqualTo(1);
    assertThat(writer.counts().inDoubt()).isPositive();
  }

  @Test
  void failsAtOnceWhenBatchesAreRefusedForGood() {
    cluster.inject(Fault.on(Fault.Target.BATCH).resultCode(ResultCode.ROLE_VIOLATION));
    assertThatThrownBy(() -> write(spec(), 10))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.ACCESS_DENIED));
  }

  @Test
  void saysWhyATimeToLiveIsRefused() {
    namespace.options(NamespaceOptions.DEFAULT.withNsupPeriod(0));
    assertThatThrownBy(
            () -> {
              try (BatchWriter writer = new BatchWriter(client, spec(), () -> false)) {
                writer.write(expiring(1, System.currentTimeMillis() / 1000 + 1000));
                writer.flush();
              }
            })
        .isInstanceOf(RecordWriteException.class)
        .hasMessageContaining("22")
        .hasMessageContaining("nsup-period");
  }

  /** Records may expire while they wait to be sent again. */
  @Test
  void looksAtTheClockForEachAttempt() throws Exception {
    AtomicLong now = new AtomicLong(System.currentTimeMillis() / 1000);
    InjectedFault busy =
        cluster.inject(Fault.on(Fault.Target.WRITE).resultCode(ResultCode.KEY_BUSY).always());
    try (BatchWriter writer =
        new BatchWriter(
            client,
            spec(),
            null,
            new RefusalWatch(),
            () -> {
              if (busy.hits() >= 2) {
                now.set(now.get() + 1000);
                cluster.clearFaults();
              }
              return false;
            },
            now::get)) {
      writer.write(expiring(1, now.get() + 100));
      writer.write(row(2, 5));
      writer.flush();
      assertThat(writer.counts().expired()).isEqualTo(1);
      assertThat(writer.counts().inserted()).isEqualTo(1);
    }
    assertThat(namespace.count()).isEqualTo(1);
  }

  @Test
  void stopsWhileRecordsAreSentAgain() throws Exception {
    InjectedFault busy =
        cluster.inject(Fault.on(Fault.Target.WRITE).resultCode(ResultCode.KEY_BUSY).always());
    BatchWriter writer =
        new BatchWriter(client, spec().withBatches(1, 1, 1 << 20), () -> busy.hits() > 0);
    try (writer) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; ; i++) {
                  writer.write(row(i, 5));
                }
              })
          .isInstanceOfSatisfying(
              ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STOPPED));
    }
    WriteCounts counts = writer.counts();
    assertThat(counts.unfinished()).isEqualTo(counts.given());
    assertThat(namespace.count()).isZero();
  }

  /** A slow cluster must slow the producer down, not fill the memory. */
  @Test
  void keepsTheBytesOnTheirWayWithinBounds() throws Exception {
    InFlight inFlight = new InFlight(2, 100);
    inFlight.enter(500, () -> {});
    AtomicBoolean waited = new AtomicBoolean();
    inFlight.leave(500);
    inFlight.enter(60, () -> {});
    inFlight.enter(
        60,
        () -> {
          if (waited.compareAndSet(false, true)) {
            inFlight.leave(60);
          }
        });
    assertThat(waited).isTrue();
    waited.set(false);
    inFlight.enter(1, () -> {});
    inFlight.enter(
        1,
        () -> {
          if (waited.compareAndSet(false, true)) {
            inFlight.leave(1);
          }
        });
    assertThat(waited).isTrue();
  }

  private void failWrite(int number, int code, int times) {
    cluster.inject(
        Fault.on(Fault.Target.WRITE).digest(key(number).digest).resultCode(code).times(times));
  }

  private static WriteSpec spec() {
    return WriteSpec.of("test").withBatches(64, 4, 32 << 20);
  }

  private static WriteSpec impatient() {
    return spec().withTimeouts(200, 200).withStallTimeout(Duration.ofMillis(500));
  }

  private static Key key(int number) {
    return new Key("test", "s", number);
  }

  private RecordView row(int number, int generation) {
    return rows.row(key(number), "test", generation, 0, false, bins -> Rows.bin(bins, "i", number));
  }

  private RecordView expiring(int number, long unixSeconds) {
    return rows.row(
        key(number),
        "test",
        5,
        unixSeconds - NodeState.EPOCH_SECONDS,
        false,
        bins -> Rows.bin(bins, "i", number));
  }

  private WriteCounts write(WriteSpec spec, int count) throws IOException {
    try (BatchWriter writer = new BatchWriter(client, spec, () -> false)) {
      for (int i = 0; i < count; i++) {
        writer.write(row(i, 5));
      }
      writer.flush();
      return writer.counts();
    }
  }
}
