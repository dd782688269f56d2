package org.asbeam.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.aerospike.client.Key;
import com.aerospike.client.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.asbeam.format.MalformedRowException;
import org.asbeam.format.ParticleType;
import org.asbeam.format.RecordView;
import org.asbeam.format.RowBuilder;
import org.junit.jupiter.api.Test;

class AerospikeRecordTest {
  private static final byte[] NAMESPACE = "test".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SET = "users".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ANN = "ann".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DIGEST = new Key("test", "users", "ann").digest;

  @Test
  void aBuiltRecordIsReadBack() {
    AerospikeRecord ann =
        AerospikeRecord.builder("users", Particle.of("ann"))
            .namespace("test")
            .generation(7)
            .expiresAt(Instant.parse("2030-01-01T00:00:00Z"))
            .bin("age", Particle.of(42))
            .bin("size", Particle.of(1.5))
            .bin("new", Particle.of(true))
            .bin("photo", Particle.of(new byte[] {1, 2}))
            .build();

    assertThat(ann.namespace()).isEqualTo("test");
    assertThat(ann.set()).isEqualTo("users");
    assertThat(ann.digest()).isEqualTo(DIGEST);
    assertThat(ann.generation()).isEqualTo(7);
    assertThat(ann.voidTime()).isEqualTo(631_152_000L);
    assertThat(ann.expiration()).contains(Instant.parse("2030-01-01T00:00:00Z"));
    assertThat(ann.key().orElseThrow().asString()).isEqualTo("ann");
    assertThat(ann.bin("age").orElseThrow().asLong()).isEqualTo(42);
    assertThat(ann.bin("none")).isEmpty();
    assertThat(ann.bins())
        .containsExactly(
            entry("age", Particle.of(42)),
            entry("size", Particle.of(1.5)),
            entry("new", Particle.of(true)),
            entry("photo", Particle.of(new byte[] {1, 2})));
    assertThat(ann.view().partition()).isEqualTo(ann.partition());
  }

  @Test
  void theDigestIsTheClientsForEveryKindOfKey() {
    assertThat(AerospikeRecord.builder("s", Particle.of(5)).build().digest())
        .isEqualTo(new Key("test", "s", 5).digest);
    assertThat(AerospikeRecord.builder("", Particle.of(new byte[] {1})).build().digest())
        .isEqualTo(new Key("test", "", new byte[] {1}).digest);
    assertThatThrownBy(() -> AerospikeRecord.builder("s", Particle.of(true)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("particle type 17");
  }

  @Test
  void recordsAreEqualWhateverTheOrderOfFieldsAndTheTracesInTheHeader() {
    RowBuilder one = new RowBuilder();
    one.begin(3, 9);
    one.namespace(NAMESPACE, 0, NAMESPACE.length);
    one.digest(DIGEST, 0);
    one.set(SET, 0, SET.length);
    one.key(ParticleType.STRING, ANN, 0, ANN.length);
    one.bin(ParticleType.BLOB, "b", new byte[] {5});
    byte[] noisy = one.toByteArray();
    noisy[2] = 4;
    noisy[17] = 99;
    // The bin's op and flags.
    noisy[noisy.length - 6] = 2;
    noisy[noisy.length - 4] = 1;
    RowBuilder other = new RowBuilder();
    other.begin(3, 9);
    other.key(ParticleType.STRING, ANN, 0, ANN.length);
    other.set(SET, 0, SET.length);
    other.namespace(NAMESPACE, 0, NAMESPACE.length);
    other.digest(DIGEST, 0);
    other.bin(ParticleType.BLOB, "b", new byte[] {5});

    AerospikeRecord first = AerospikeRecord.copyOf(new RecordView().wrap(noisy, 0, noisy.length));
    AerospikeRecord second = AerospikeRecord.copyOf(other.view(new RecordView()));

    assertThat(first).isEqualTo(second).hasSameHashCodeAs(second);
    assertThat(first.key()).contains(Particle.of("ann"));
  }

  @Test
  void everyPartCounts() {
    AerospikeRecordBuilder builder =
        AerospikeRecord.builder("s", Particle.of(1)).bin("a", Particle.of(1));
    AerospikeRecord before = builder.build();

    assertThat(builder.build()).isEqualTo(before);
    assertThat(builder.generation(2).build()).isNotEqualTo(before);
    assertThat(builder.generation(1).bin("a", Particle.of(1.0)).build()).isNotEqualTo(before);
    assertThat(builder.bin("a", Particle.of(1)).namespace("x").build()).isNotEqualTo(before);
  }

  @Test
  void aCopyDoesNotFollowTheBuffer() {
    RowBuilder builder = new RowBuilder();
    builder.begin(1, 0);
    builder.digest(DIGEST, 0);
    builder.bin(ParticleType.STRING, "s", ANN);
    RecordView view = builder.view(new RecordView());
    view.nextBin();

    AerospikeRecord record = AerospikeRecord.copyOf(view);
    Arrays.fill(view.buffer(), (byte) 0);

    assertThat(record.bin("s").orElseThrow().asString()).isEqualTo("ann");
  }

  @Test
  void aBinBeyondTheRowIsRefused() {
    RowBuilder builder = new RowBuilder();
    builder.begin(1, 0);
    builder.digest(DIGEST, 0);
    builder.bin(ParticleType.STRING, "s", ANN);
    byte[] row = builder.toByteArray();
    RecordView view = new RecordView().wrap(row, 0, row.length - 1);

    assertThatThrownBy(() -> AerospikeRecord.copyOf(view))
        .isInstanceOf(MalformedRowException.class);
  }

  @Test
  void aParticleOfAnotherTypeIsNotRead() {
    assertThatThrownBy(() -> Particle.of("1").asLong())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a value of particle type 3 and 1 bytes is not an integer");
    assertThat(Particle.of(-0.0).asDouble()).isEqualTo(-0.0);
    assertThat(Particle.of(false).asBoolean()).isFalse();
  }

  @Test
  void itsTextShowsNoValue() {
    String text =
        AerospikeRecord.builder("s", Particle.of("secret"))
            .bin("name", Particle.of("hidden"))
            .build()
            .toString();

    assertThat(text).contains("name").doesNotContain("secret").doesNotContain("hidden");
  }

  @Test
  void aChangedCopyKeepsWhatIsNotChanged() {
    AerospikeRecord record =
        AerospikeRecord.builder("s", Particle.of("k"))
            .namespace("n")
            .generation(7)
            .expiresAt(Instant.parse("2030-01-01T00:00:00Z"))
            .bin("a", Particle.of(1))
            .bin("b", Particle.of(2))
            .build();

    assertThat(record.toBuilder().build()).isEqualTo(record);
    AerospikeRecord changed = record.toBuilder().bin("a", Particle.of(9)).withoutBin("b").build();
    assertThat(changed.bins()).containsExactly(entry("a", Particle.of(9)));
    assertThat(changed.toBuilder().bin("a", Particle.of(1)).bin("b", Particle.of(2)).build())
        .isEqualTo(record);
  }

  @Test
  void aRecordWithoutItsKeyCanBeChangedToo() {
    byte[] digest = Key.computeDigest("s", Value.get("k"));
    RowBuilder row = new RowBuilder();
    row.begin(1, 0);
    row.digest(digest, 0);
    AerospikeRecord record = AerospikeRecord.copyOf(row.view(new RecordView()));

    AerospikeRecord changed = record.toBuilder().bin("a", Particle.of(1)).build();
    assertThat(changed.key()).isEmpty();
    assertThat(changed.digest()).isEqualTo(digest);
    assertThat(changed.bin("a")).contains(Particle.of(1));
  }
}
