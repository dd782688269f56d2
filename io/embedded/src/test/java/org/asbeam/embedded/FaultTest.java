package org.asbeam.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fault strikes where, when and as often as it says. */
class FaultTest {
  private static final int RECORDS = 5000;

  private EmbeddedCluster cluster;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    cluster = EmbeddedCluster.builder().nodes(1).namespace("test").start();
    for (int i = 0; i < RECORDS; i++) {
      cluster.namespace("test").put("s", i, StoredBin.of("i", i), StoredBin.of("t", "text " + i));
    }
    client = new RawClient(cluster.port(0));
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    cluster.close();
  }

  private byte[] put(Object key) {
    return Messages.put("test", "s", key, 7);
  }

  private int putCode(Object key) throws IOException {
    return client.ask(put(key)).body()[5];
  }

  private static List<byte[]> rows(List<Frame> frames) {
    List<byte[]> rows = new ArrayList<>();
    frames.forEach(frame -> rows.addAll(frame.rowBytes()));
    return rows;
  }

  @Test
  void resultCodesForSomeWritesOnly() throws IOException {
    InjectedFault fault =
        cluster.inject(Fault.on(Fault.Target.WRITE).set("s").skip(1).times(2).resultCode(18));

    assertThat(putCode(1)).isZero();
    assertThat(putCode(2)).isEqualTo(18);
    assertThat(putCode(3)).isEqualTo(18);
    assertThat(putCode(4)).isZero();
    assertThat(fault.hits()).isEqualTo(2);
  }

  @Test
  void faultsOfOneRecordOrOnePartition() throws IOException {
    byte[] digest = UserKey.digest(Bytes.utf8("s"), UserKey.of(3));
    InjectedFault one =
        cluster.inject(Fault.on(Fault.Target.WRITE).digest(digest).always().resultCode(14));
    assertThat(putCode(1)).isZero();
    assertThat(putCode(3)).isEqualTo(14);
    one.close();
    assertThat(putCode(3)).isZero();

    int pid = Namespace.partitionOf(digest, 0);
    cluster.inject(Fault.on(Fault.Target.WRITE).partition(pid).always().resultCode(9));
    assertThat(putCode(1)).isZero();
    assertThat(putCode(3)).isEqualTo(9);
    cluster.clearFaults();
    assertThat(putCode(3)).isZero();
  }

  @Test
  void aWriteWhoseReplyIsLostIsDone() throws IOException {
    cluster.inject(Fault.on(Fault.Target.WRITE).dropReply());

    assertThatThrownBy(() -> putCode("lost"))
        .isInstanceOfAny(EOFException.class, SocketException.class);
    assertThat(cluster.namespace("test").get("s", "lost")).isPresent();
  }

  @Test
  void aWriteOnADroppedConnectionIsNotDone() throws IOException {
    cluster.inject(Fault.on(Fault.Target.WRITE).dropConnection());

    assertThatThrownBy(() -> putCode("dropped"))
        .isInstanceOfAny(EOFException.class, SocketException.class);
    assertThat(cluster.namespace("test").get("s", "dropped")).isEmpty();
  }

  @Test
  void rowsOfABatchAndWholeBatches() throws IOException {
    cluster.inject(Fault.on(Fault.Target.WRITE).skip(1).resultCode(13));
    List<byte[]> rows = rows(client.askMany(Messages.batchPut("test", "s", List.of(1, 2, 3))));
    assertThat(rows).extracting(row -> (int) row[5]).containsExactly(0, 13, 0, 0);

    cluster.inject(Fault.on(Fault.Target.BATCH).resultCode(152));
    List<byte[]> refused = rows(client.askMany(Messages.batchPut("test", "s", List.of(1, 2))));
    assertThat(refused).singleElement().satisfies(row -> assertThat(row[5]).isEqualTo((byte) 152));
  }

  @Test
  void aScanThatIsRefusedGetsALoneMessage() throws IOException {
    cluster.inject(Fault.on(Fault.Target.SCAN).resultCode(11));

    byte[] lone = client.ask(Messages.scan("test")).body();

    assertThat(lone).hasSize(22);
    assertThat(lone[5]).isEqualTo((byte) 11);
    assertThat(Frame.isLast(lone)).isFalse();
    assertThat(rows(client.askMany(Messages.scan("test")))).hasSize(RECORDS + 1);
  }

  @Test
  void aScanThatFailsLaterSaysSoInItsLastMessage() throws IOException {
    cluster.inject(Fault.on(Fault.Target.SCAN).after(100).resultCode(15));

    List<byte[]> rows = rows(client.askMany(Messages.scan("test")));

    assertThat(rows).hasSize(101);
    assertThat(rows.get(100)[5]).isEqualTo((byte) 15);
  }

  @Test
  void aScanThatLosesItsConnectionHasSentWholeFrames() throws IOException {
    cluster.inject(Fault.on(Fault.Target.SCAN).after(1234).dropConnection());
    client.send(Messages.scan("test"));
    List<byte[]> rows = new ArrayList<>();

    assertThatThrownBy(
            () -> {
              while (true) {
                rows.addAll(client.receive().rowBytes());
              }
            })
        .isInstanceOfAny(EOFException.class, SocketException.class);
    // A reset may overtake what was sent before it; what arrives is whole.
    assertThat(rows.size()).isLessThanOrEqualTo(1234);
  }

  @Test
  void aFrameThatIsCutIsAnnouncedWhole() throws IOException {
    cluster.inject(Fault.on(Fault.Target.SCAN).after(50).dropMidFrame());
    client.send(Messages.scan("test"));

    assertThatThrownBy(
            () -> {
              Frame cut = client.receive();
              cut.rowBytes();
            })
        .isInstanceOfAny(
            EOFException.class, SocketException.class, IndexOutOfBoundsException.class);
  }

  @Test
  void aPartitionThatIsNotServedIsReportedAndTheScanGoesOn() throws IOException {
    cluster.inject(Fault.on(Fault.Target.SCAN).partition(77).resultCode(11));

    List<byte[]> rows = rows(client.askMany(Messages.scan("test")));

    assertThat(rows)
        .filteredOn(row -> row[3] == Protocol.INFO3_PARTITION_DONE)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row[5]).isEqualTo((byte) 11);
              assertThat(Bytes.i32(row, 6)).isEqualTo(77);
            });
    assertThat(rows.size()).isGreaterThan(RECORDS - 20);
  }

  @Test
  void unavailableAndHiddenPartitions() throws IOException {
    byte[] digest = UserKey.digest(Bytes.utf8("s"), UserKey.of(3));
    int pid = Namespace.partitionOf(digest, 0);
    EmbeddedNamespace namespace = cluster.namespace("test");

    namespace.unavailable(pid, true);
    assertThat(putCode(3)).isEqualTo(11);
    assertThat(rows(client.askMany(Messages.scan("test"))))
        .filteredOn(row -> row[3] == Protocol.INFO3_PARTITION_DONE)
        .hasSize(1);
    assertThat(client.info("cluster-stable:")).isEqualTo("ERROR:7:unstable cluster");
    namespace.unavailable(pid, false);
    namespace.hide(pid);
    assertThat(namespace.get(digest)).isEmpty();
    assertThat(rows(client.askMany(Messages.scan("test"))))
        .noneMatch(row -> row[3] == Protocol.INFO3_PARTITION_DONE)
        .hasSizeLessThan(RECORDS + 1);
    namespace.unhide(pid);
    assertThat(rows(client.askMany(Messages.scan("test")))).hasSize(RECORDS + 1);
  }

  @Test
  void aFrozenNodeAnswersWhenItThaws() throws IOException {
    cluster.freezeNode(0);
    client.send(put("frozen"));
    assertThat(cluster.namespace("test").get("s", "frozen")).isEmpty();
    cluster.thawNode(0);
    assertThat(client.receive().body()[5]).isZero();
    assertThat(cluster.namespace("test").get("s", "frozen")).isPresent();
  }

  /** Nothing waits for a frozen or slow request when the cluster is closed. */
  @Test
  void closingEndsWhatIsHeldBack() throws IOException {
    cluster.inject(Fault.on(Fault.Target.WRITE).freeze());
    client.send(put("never"));
    RawClient slow = new RawClient(cluster.port(0));
    cluster.inject(Fault.on(Fault.Target.SCAN).after(3).delay(Duration.ofHours(1)));
    slow.send(Messages.scan("test"));
    assertThat(slow.receive().rowBytes()).hasSize(3);

    cluster.close();

    assertThatThrownBy(client::receive).isInstanceOfAny(EOFException.class, SocketException.class);
    assertThatThrownBy(slow::receive).isInstanceOfAny(EOFException.class, SocketException.class);
    slow.close();
  }

  @Test
  void stopWritesAndMigrations() throws IOException {
    EmbeddedNamespace namespace = cluster.namespace("test");
    namespace.stopWrites(true);
    assertThat(putCode(1)).isEqualTo(8);
    assertThat(client.info("namespace/test")).contains(";stop_writes=true;");
    namespace.stopWrites(false);
    assertThat(putCode(1)).isZero();

    namespace.migrating(12);
    assertThat(client.info("namespace/test"))
        .contains("migrate_tx_partitions_remaining=12;", "migrate_rx_partitions_remaining=12;");
    assertThat(client.info("cluster-stable:size=1;ignore-migrations=false;namespace=test"))
        .isEqualTo("ERROR:7:unstable cluster");
    assertThat(client.info("cluster-stable:ignore-migrations=true")).matches("[0-9A-F]+");
  }
}
