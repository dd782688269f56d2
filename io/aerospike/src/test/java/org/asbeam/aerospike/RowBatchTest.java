package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.asbeam.format.ParticleType;
import org.asbeam.format.RecordView;
import org.asbeam.format.RowBuilder;
import org.junit.jupiter.api.Test;

class RowBatchTest {
  private static final long NOW = 1_800_000_000L;

  private final RowBuilder builder = new RowBuilder();
  private final RecordView view = new RecordView();

  /** The layout of the wire protocol, byte by byte: batch.c of the server. */
  @Test
  void isTheRequestThatServersRead() {
    RowBatch batch = new RowBatch(WriteSpec.of("test").withTimeouts(1000, 1000), 16);
    batch.add(row(1, "s1", 3, NOW - NodeState.EPOCH_SECONDS + 100));
    assertThat(batch.prepare(10, NOW, 0)).isEqualTo(1);
    WireBuffer request = batch.request();
    String digest = "01" + "00".repeat(19);
    String row =
        "00000000"
            + digest
            + "0e000900"
            + "0003"
            + "00000064"
            + "0003"
            + "0001"
            + "00000005"
            + "00"
            + "74657374"
            + "00000003"
            + "01"
            + "7331"
            + "00000003"
            + "02"
            + "036b"
            + "0000000d"
            + "02010001"
            + "76"
            + "0000000000000007";
    String field = "00000001" + "0d" + row;
    String body =
        "16080000"
            + "0000"
            + "00000000"
            + "00000000"
            + "000003e8"
            + "0001"
            + "0000"
            + HexFormat.of().toHexDigits(1 + field.length() / 2)
            + "29"
            + field;
    assertThat(HexFormat.of().formatHex(request.bytes, 0, request.length))
        .isEqualTo("0203" + HexFormat.of().toHexDigits(body.length() / 2L).substring(4) + body);
  }

  @Test
  void saysWhatHappensToARecordThatIsThere() {
    assertThat(info(WriteSpec.of("test"))).isEqualTo("000900");
    assertThat(info(WriteSpec.of("test").withCheckGeneration(false))).isEqualTo("000100");
    assertThat(info(WriteSpec.of("test").withExists(WriteSpec.Exists.CREATE_ONLY)))
        .isEqualTo("002900");
    assertThat(info(WriteSpec.of("test").withExists(WriteSpec.Exists.REPLACE))).isEqualTo("000910");
  }

  @Test
  void computesTheTimeToLiveWhenItIsSent() {
    RowBatch batch = new RowBatch(WriteSpec.of("test"), 16);
    batch.add(row(1, "s", 1, NOW - NodeState.EPOCH_SECONDS + 100));
    batch.add(row(2, "s", 1, 0));
    batch.prepare(10, NOW, 0);
    assertThat(ttl(batch, 0)).isEqualTo(100);
    assertThat(ttl(batch, 1)).isEqualTo(-1);
    batch.prepare(10, NOW + 60, 5);
    assertThat(ttl(batch, 0)).isEqualTo(45);
    assertThat(ttl(batch, 1)).isEqualTo(-1);
    assertThat(batch.isExpired(0, NOW + 99, 0)).isFalse();
    assertThat(batch.isExpired(0, NOW + 100, 0)).isTrue();
    assertThat(batch.isExpired(0, NOW + 100, 1)).isFalse();
    assertThat(batch.isExpired(1, NOW + 100, 0)).isFalse();
  }

  @Test
  void keepsTheRowsThatAreSentAgain() {
    RowBatch batch = new RowBatch(WriteSpec.of("test"), 16);
    for (int i = 1; i <= 5; i++) {
      batch.add(row(i, "set" + "x".repeat(i), i, 0));
    }
    int full = batch.length();
    batch.doubt(3);
    batch.retain(new boolean[] {false, true, false, true, false});
    assertThat(batch.rows()).isEqualTo(2);
    assertThat(batch.length()).isLessThan(full);
    assertThat(batch.digest(0)[0]).isEqualTo((byte) 2);
    assertThat(batch.set(0)).isEqualTo("setxx");
    assertThat(batch.digest(1)[0]).isEqualTo((byte) 4);
    assertThat(batch.set(1)).isEqualTo("setxxxx");
    assertThat(batch.isDoubtful(0)).isFalse();
    assertThat(batch.isDoubtful(1)).isTrue();
    assertThat(batch.prepare(10, NOW, 0)).isEqualTo(2);
    batch.retain(new boolean[] {false, false});
    RowBatch empty = new RowBatch(WriteSpec.of("test"), 16);
    assertThat(batch.length()).isEqualTo(empty.length());
  }

  @Test
  void sendsOnlyTheFirstRowsIfTheServerWantsFewer() {
    RowBatch one = new RowBatch(WriteSpec.of("test"), 16);
    one.add(row(1, "s", 1, 0));
    one.prepare(10, NOW, 0);
    RowBatch two = new RowBatch(WriteSpec.of("test"), 16);
    two.add(row(1, "s", 1, 0));
    two.add(row(2, "s", 1, 0));
    assertThat(two.prepare(1, NOW, 0)).isEqualTo(1);
    assertThat(bytes(two)).isEqualTo(bytes(one));
    assertThat(two.prepare(2, NOW, 0)).isEqualTo(2);
    assertThat(two.request().length).isEqualTo(two.length());
  }

  @Test
  void neverWritesANullParticle() {
    builder.begin(1, 0);
    builder.digest(new byte[20], 0);
    builder.bin(ParticleType.NULL, "gone", new byte[0]);
    builder.bin(ParticleType.BOOL, "kept", new byte[] {1});
    RowBatch batch = new RowBatch(WriteSpec.of("test"), 16);
    batch.add(builder.view(view));
    batch.prepare(1, NOW, 0);
    assertThat(new String(bytes(batch), StandardCharsets.ISO_8859_1))
        .contains("kept")
        .doesNotContain("gone");
  }

  @Test
  void doesNotUnderestimateARow() {
    RowBatch batch = new RowBatch(WriteSpec.of("test"), 16);
    int before = batch.length();
    RecordView row = row(1, "set", 1, 0);
    long estimate = RowBatch.estimate(row, "test");
    batch.add(row);
    assertThat((long) batch.length() - before).isLessThanOrEqualTo(estimate);
  }

  private RecordView row(int first, String set, int generation, long voidTime) {
    byte[] digest = new byte[20];
    digest[0] = (byte) first;
    byte[] setBytes = set.getBytes(StandardCharsets.UTF_8);
    builder.begin(generation, voidTime);
    builder.set(setBytes, 0, setBytes.length);
    builder.digest(digest, 0);
    builder.key(ParticleType.STRING, new byte[] {'k'}, 0, 1);
    builder.bin(ParticleType.INTEGER, "v", new byte[] {0, 0, 0, 0, 0, 0, 0, 7});
    return builder.view(view);
  }

  private String info(WriteSpec spec) {
    RowBatch batch = new RowBatch(spec, 16);
    batch.add(row(1, "s", 1, 0));
    batch.prepare(1, NOW, 0);
    return HexFormat.of().formatHex(bytes(batch), 65, 68);
  }

  private static int ttl(RowBatch batch, int row) {
    byte[] bytes = bytes(batch);
    int start = 40;
    int rowLength = (bytes.length - start) / 2;
    int at = start + row * rowLength + 30;
    return java.nio.ByteBuffer.wrap(bytes).getInt(at);
  }

  private static byte[] bytes(RowBatch batch) {
    return Arrays.copyOf(batch.request().bytes, batch.request().length);
  }
}
