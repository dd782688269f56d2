package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aerospike.client.Key;
import com.aerospike.client.ResultCode;
import java.io.IOException;
import java.time.Duration;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.aerospike.WriteSpec.Exists;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.InjectedFault;
import org.asbeam.format.ParticleType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records in requests of their own: by flag, or because a node can't take batches. */
@Timeout(60)
class SingleWriteTest {
  private static final int RECORDS = 2000;

  private final Rows rows = new Rows();
  private EmbeddedCluster cluster;
  private EmbeddedNamespace namespace;
  private ClusterClient client;

  private void start(boolean batchAny) throws Exception {
    cluster = EmbeddedCluster.builder().nodes(2).namespace("test").batchAny(batchAny).start();
    namespace = cluster.namespace("test");
    client = ClusterClients.acquire(ConnectionSpec.of(cluster.seeds()).withTendIntervalMillis(250));
  }

  @AfterEach
  void stop() {
    client.close();
    ClusterClients.closeIdle();
    cluster.close();
  }

  @Test
  void writesSinglyToNodesThatKnowNoBatches() throws Exception {
    start(false);
    InjectedFault batches =
        cluster.inject(
            Fault.on(Fault.Target.BATCH).resultCode(ResultCode.PARAMETER_ERROR).always());
    assertThat(write(spec().withBatchWrites(true)).inserted()).isEqualTo(RECORDS);
    assertThat(batches.hits()).isZero();
    assertThat(namespace.count()).isEqualTo(RECORDS);
  }

  @Test
  void writesSinglyWhenTold() throws Exception {
    start(true);
    InjectedFault batches =
        cluster.inject(
            Fault.on(Fault.Target.BATCH).resultCode(ResultCode.PARAMETER_ERROR).always());
    assertThat(write(spec()).inserted()).isEqualTo(RECORDS);
    assertThat(batches.hits()).isZero();
  }

  @Test
  void writesSinglyWhenANodeSaysThatBatchesAreDisabled() throws Exception {
    start(true);
    InjectedFault batches =
        cluster.inject(Fault.on(Fault.Target.BATCH).resultCode(ResultCode.BATCH_DISABLED).always());
    assertThat(write(spec().withBatchWrites(true)).inserted()).isEqualTo(RECORDS);
    assertThat(batches.hits()).as("one for each batch on its way").isBetween(1, 4);
  }

  /** Each record has its own answer: what failed is sent again alone, and counts by itself. */
  @ParameterizedTest
  @ValueSource(ints = {8, 9, 11, 14, 18})
  void writesAgainWhatFailedForAWhile(int code) throws Exception {
    start(true);
    cluster.inject(Fault.on(Fault.Target.WRITE).skip(100).times(20).resultCode(code));
    WriteCounts counts = write(spec());
    assertThat(counts.inserted()).isEqualTo(RECORDS);
    assertThat(counts.inDoubt()).isEqualTo(code == ResultCode.TIMEOUT ? 20 : 0);
    assertThat(namespace.count()).isEqualTo(RECORDS);
  }

  @Test
  void countsEachRecordByItsOwnAnswer() throws Exception {
    start(true);
    for (int code : new int[] {10, 12, 13, 17, 19, 21, 22}) {
      cluster.inject(
          Fault.on(Fault.Target.WRITE).digest(key(code).digest).resultCode(code).always());
    }
    WriteCounts counts = write(spec().withIgnoreRecordErrors(true));
    assertThat(counts.ignored()).isEqualTo(7);
    assertThat(counts.refusals()).hasSize(7).containsEntry(13, 1L);
    assertThat(counts.inserted()).isEqualTo(RECORDS - 7);
    assertThat(namespace.get(key(13).digest)).isEmpty();
    assertThat(namespace.get(key(14).digest)).isPresent();
  }

  @Test
  void failsWithTheRecordThatIsRefused() throws Exception {
    start(true);
    cluster.inject(Fault.on(Fault.Target.WRITE).digest(key(77).digest).resultCode(19).always());
    assertThatThrownBy(() -> write(spec()))
        .isInstanceOfSatisfying(
            RecordWriteException.class, e -> assertThat(e.digest()).isEqualTo(key(77).digest));
  }

  /**
   * The connection breaks in the middle of the answers: those behind are in doubt, none is lost.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void losesNothingWhenAConnectionBreaks(boolean applied) throws Exception {
    start(true);
    Fault fault = Fault.on(Fault.Target.WRITE).skip(70).times(3);
    cluster.inject(applied ? fault.dropReply() : fault.dropConnection());
    WriteCounts counts = write(spec().withExists(Exists.CREATE_ONLY).withCheckGeneration(false));
    assertThat(counts.inserted() + counts.retriedInDoubt()).isEqualTo(RECORDS);
    // A reset may also take answers away that were on their way, and hit a record that is sent
    // again.
    assertThat(counts.retriedInDoubt()).isGreaterThanOrEqualTo(applied ? 1 : 0);
    assertThat(counts.existed()).isZero();
    assertThat(counts.inDoubt()).isPositive();
    assertThat(namespace.count()).isEqualTo(RECORDS);
  }

  @Test
  void sendsManyRequestsBeforeItReadsAnswers() throws Exception {
    start(true);
    RowBatch batch = new RowBatch(spec(), 16);
    for (int i = 0; i < 200; i++) {
      batch.add(rows.plain(key(i), i));
    }
    assertThat(batch.prepareSingles(Integer.MAX_VALUE, 0, 0)).isEqualTo(RowBatch.MAX_SINGLES);
    assertThat(batch.prepareSingles(10, 0, 0)).isEqualTo(10);
    RowBatch large = new RowBatch(spec(), 16);
    for (int i = 0; i < 5; i++) {
      large.add(
          rows.row(
              key(i),
              "",
              1,
              0,
              false,
              bins -> bins.bin(ParticleType.BLOB, "b", new byte[100 * 1024])));
    }
    assertThat(large.prepareSingles(Integer.MAX_VALUE, 0, 0)).isEqualTo(2);
    assertThat(large.request().length).isLessThan(210 * 1024);
  }

  @Test
  void givesUpOnNodesThatNeverAnswer() throws Exception {
    start(true);
    cluster.inject(Fault.on(Fault.Target.WRITE).freeze().always());
    WriteSpec impatient = spec().withTimeouts(100, 100).withStallTimeout(Duration.ofMillis(300));
    BatchWriter writer = new BatchWriter(client, impatient, () -> false);
    try (writer) {
      writer.write(rows.plain(key(1), 1));
      assertThatThrownBy(writer::flush)
          .isInstanceOfSatisfying(
              ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT));
    }
    assertThat(writer.counts().unfinished()).isEqualTo(1);
  }

  private static WriteSpec spec() {
    return WriteSpec.of("test").withBatches(64, 4, 32 << 20).withBatchWrites(false);
  }

  private static Key key(int number) {
    return new Key("test", "s", number);
  }

  private WriteCounts write(WriteSpec spec) throws IOException {
    try (BatchWriter writer = new BatchWriter(client, spec, () -> false)) {
      for (int i = 0; i < RECORDS; i++) {
        writer.write(rows.plain(key(i), i));
      }
      writer.flush();
      assertThat(writer.counts().addsUp()).isTrue();
      return writer.counts();
    }
  }
}
