package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.NewRecord;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.RecordView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Replies that no server should send: none of them makes a scan lose or double records quietly. */
@Timeout(60)
class TamperedReplyTest {
  private static final int RECORDS = 500;

  private EmbeddedCluster cluster;
  private TamperingProxy proxy;
  private ClusterClient client;

  @BeforeEach
  void start() throws Exception {
    cluster = EmbeddedCluster.builder().namespace("test").start();
    for (int i = 0; i < RECORDS; i++) {
      cluster.namespace("test").put(NewRecord.of("s", i).bin("i", i));
    }
    proxy = new TamperingProxy(cluster.port(0));
    client = ClusterClients.acquire(ConnectionSpec.of("127.0.0.1:" + proxy.port()));
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    ClusterClients.closeIdle();
    proxy.close();
    cluster.close();
  }

  @Test
  void passesThroughAProxyThatChangesNothing() throws Exception {
    assertThat(scan(PartitionSet.all(), UnaryOperator.identity())).isEqualTo(RECORDS);
  }

  @Test
  void readsCompressedMessages() throws Exception {
    assertThat(scan(PartitionSet.all(), TamperedReplyTest::compressed)).isEqualTo(RECORDS);
  }

  /** A server hides them; should one not, they count neither as records nor as the end. */
  @Test
  void leavesOutMonitorsThatAServerDoesNotHide() throws Exception {
    for (int i = 0; i < 20; i++) {
      cluster.namespace("test").put(NewRecord.of("<ERO~MRX", i).bin("i", i));
    }
    assertThat(scan(PartitionSet.all(), TamperedReplyTest::withMonitors)).isEqualTo(RECORDS);
    PartitionCursors cursors = PartitionCursors.start(PartitionSet.all());
    ScanSpec spec =
        ScanSpec.of("test")
            .withSet("<ERO~MRX")
            .withMaxRecords(3)
            .withPartitionsPerRequest(org.asbeam.format.Partitions.COUNT);
    // Only the first three are monitors; without them three more are to come.
    AtomicBoolean first = new AtomicBoolean(true);
    proxy.tamper(frame -> isRow(frame) && first.getAndSet(false) ? withMonitors(frame) : frame);
    ScanOutcome outcome = new PartitionScanner(client, spec).scan(cursors, row -> {}, () -> false);
    assertThat(outcome.records()).isEqualTo(3);
    assertThat(outcome.limitReached()).isTrue();
    assertThat(outcome.requests()).isEqualTo(2);
  }

  private static byte[] withMonitors(byte[] frame) {
    String text = new String(frame, java.nio.charset.StandardCharsets.ISO_8859_1);
    return text.replace("<ERO~MRX", "<ERO~MRT")
        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  @Test
  void refusesARecordThatComesTwice() {
    assertRefused("out of descending order", frame -> repeatFirstRow(frame));
  }

  @Test
  void refusesARecordOfAnotherPartition() {
    assertRefused(
        "not asked for",
        frame -> {
          byte[] tampered = frame.clone();
          if (isRow(frame)) {
            RecordView row = new RecordView().wrap(tampered, 8, tampered.length);
            tampered[row.digestOffset()] = 0;
            tampered[row.digestOffset() + 1] = 15;
          }
          return tampered;
        });
  }

  @Test
  void refusesARowThatReachesBeyondItsMessage() {
    assertRefused(
        "a row that ends at offset",
        frame -> {
          byte[] tampered = frame.clone();
          if (isRow(frame)) {
            // One more bin than there is.
            tampered[8 + 21]++;
            tampered = java.util.Arrays.copyOf(tampered, 8 + rowLength(frame));
            ByteBuffer.wrap(tampered).putLong(0, 0x0203L << 48 | tampered.length - 8);
          }
          return tampered;
        });
  }

  @Test
  void refusesMessagesOfAnotherKind() {
    assertRefused("type 1", frame -> withHeader(frame, 0x0201L << 48 | frame.length - 8));
    assertRefused("version 5", frame -> withHeader(frame, 0x0503L << 48 | frame.length - 8));
  }

  @Test
  void refusesMessagesThatAreTooLong() {
    assertRefused(
        "134217729 bytes", frame -> withHeader(frame, 0x0203L << 48 | 128L * 1024 * 1024 + 1));
  }

  @Test
  void refusesDamagedCompressedMessages() {
    assertRefused(
        "compressed message",
        frame -> {
          byte[] tampered = compressed(frame);
          tampered[20] ^= 0x55;
          tampered[21] ^= 0x55;
          return tampered;
        });
    assertRefused(
        "compressed message that says to have",
        frame -> {
          byte[] tampered = compressed(frame);
          ByteBuffer.wrap(tampered).putLong(8, Long.MAX_VALUE);
          return tampered;
        });
  }

  @Test
  void refusesTheEndOfAPartitionThatWasNotAskedFor() {
    assertRefused(
        "partition 4095 was not asked for",
        frame -> {
          byte[] tampered = java.util.Arrays.copyOf(frame, 8 + 22);
          java.util.Arrays.fill(tampered, 8, 30, (byte) 0);
          tampered[8] = 22;
          tampered[8 + 3] = 4;
          tampered[8 + 5] = 11;
          ByteBuffer.wrap(tampered).putInt(8 + 6, 4095).putLong(0, 0x0203L << 48 | 22);
          return tampered;
        });
  }

  /** The connection ends in the middle, always: progress first, then an error, never silence. */
  @Test
  void neverTakesTheEndOfAConnectionForTheEndOfAScan() {
    assertThatThrownBy(() -> scan(PartitionSet.range(0, 64), frame -> isRow(frame) ? frame : null))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT));
  }

  @Test
  void refusesResultsThatFitNoRow() {
    for (int index : new int[] {-1, 1, 1000}) {
      assertThatThrownBy(
              () ->
                  write(
                      frame -> {
                        byte[] tampered = frame.clone();
                        if ((frame[8 + 3] & 1) == 0) {
                          ByteBuffer.wrap(tampered).putInt(8 + 14, index);
                        }
                        return tampered;
                      }))
          .isInstanceOfSatisfying(
              ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PROTOCOL))
          .hasMessageContaining("row " + index);
    }
  }

  /**
   * A reply that ends well but leaves a row out: the row is written again, not taken as written.
   */
  @Test
  void writesAgainWhatHasNoResult() throws Exception {
    AtomicInteger dropped = new AtomicInteger();
    WriteCounts counts =
        write(
            frame ->
                (frame[8 + 3] & 1) == 0 && dropped.getAndIncrement() == 0 ? new byte[0] : frame);
    assertThat(counts.retriedInDoubt() + counts.inserted()).isEqualTo(1);
    assertThat(counts.inDoubt()).isEqualTo(1);
    assertThat(counts.retries()).isEqualTo(1);
  }

  private WriteCounts write(UnaryOperator<byte[]> tampering) throws Exception {
    proxy.tamper(tampering);
    try (BatchWriter writer = new BatchWriter(client, WriteSpec.of("test"), () -> false)) {
      writer.write(new Rows().plain(Fixture.key("w", 1), 1));
      writer.flush();
      return writer.counts();
    }
  }

  private long scan(PartitionSet partitions, UnaryOperator<byte[]> tampering) throws Exception {
    proxy.tamper(tampering);
    List<String> digests = new ArrayList<>();
    new PartitionScanner(client, ScanSpec.of("test").withStallTimeout(Duration.ofMillis(1500)))
        .scan(
            PartitionCursors.start(partitions),
            row -> digests.add(Fixture.hex(row.digest())),
            () -> false);
    assertThat(digests).doesNotHaveDuplicates();
    return digests.size();
  }

  private void assertRefused(String why, UnaryOperator<byte[]> tampering) {
    assertThatThrownBy(() -> scan(PartitionSet.range(0, 2048), tampering))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PROTOCOL))
        .hasMessageContaining("can't be trusted")
        .hasMessageContaining(why);
  }

  private static boolean isRow(byte[] frame) {
    return frame.length > 8 + 30 && (frame[8 + 3] & 5) == 0;
  }

  private static int rowLength(byte[] frame) {
    return new RecordView().wrap(frame, 8, frame.length).skipToEnd() - 8;
  }

  private static byte[] repeatFirstRow(byte[] frame) {
    if (!isRow(frame)) {
      return frame;
    }
    int length = rowLength(frame);
    ByteBuffer tampered = ByteBuffer.allocate(frame.length + length);
    tampered.putLong(0x0203L << 48 | frame.length - 8 + length);
    tampered.put(frame, 8, length).put(frame, 8, frame.length - 8);
    return tampered.array();
  }

  private static byte[] withHeader(byte[] frame, long header) {
    byte[] tampered = frame.clone();
    ByteBuffer.wrap(tampered).putLong(0, header);
    return tampered;
  }

  private static byte[] compressed(byte[] frame) {
    Deflater deflater = new Deflater();
    deflater.setInput(frame);
    deflater.finish();
    byte[] body = new byte[frame.length + 100];
    int length = deflater.deflate(body);
    deflater.end();
    ByteBuffer tampered = ByteBuffer.allocate(16 + length);
    tampered.putLong(0x0204L << 48 | 8 + length).putLong(frame.length).put(body, 0, length);
    return tampered.array();
  }
}
