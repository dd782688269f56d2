package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;

import com.aerospike.client.Key;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.asbeam.aerospike.WriteSpec.Exists;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.NewRecord;
import org.asbeam.embedded.StoredBin;
import org.asbeam.format.RecordView;

/** Each record given is in exactly one count: the one that a plain model of the server says. */
class WriteCountsTest {
  private static EmbeddedCluster cluster;
  private static EmbeddedNamespace namespace;
  private static ClusterClient client;

  private final Rows rows = new Rows();

  /** What happens to one record. */
  enum Case {
    PLAIN,
    THERE_OLDER,
    THERE_NEWER,
    EXPIRED,
    OTHER_SET,
    NO_BIN,
    TOO_BIG,
    KEY_MISMATCH,
    BAD_VALUE,
    BUSY_FIRST,
    OVERLOADED_FIRST
  }

  record Settings(
      Exists exists,
      boolean generations,
      boolean ignore,
      boolean reject,
      boolean batchWrites,
      int batchSize) {}

  @BeforeContainer
  static void start() throws Exception {
    cluster = EmbeddedCluster.builder().nodes(2).namespace("test").start();
    namespace = cluster.namespace("test");
    client = ClusterClients.acquire(ConnectionSpec.of(cluster.seeds()));
  }

  @AfterContainer
  static void stop() {
    client.close();
    ClusterClients.closeIdle();
    cluster.close();
  }

  @Provide
  Arbitrary<Settings> settings() {
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    return Combinators.combine(
            Arbitraries.of(Exists.class),
            either,
            either,
            either,
            either,
            Arbitraries.integers().between(1, 9))
        .as(Settings::new);
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void countsWhatBecameOfEachRecord(
      @ForAll("settings") Settings settings, @ForAll @Size(max = 30) List<Case> cases)
      throws IOException {
    namespace.clear();
    cluster.clearFaults();
    Map<String, Long> expected = new HashMap<>();
    Set<String> written = new HashSet<>();
    boolean fails = false;
    for (int i = 0; i < cases.size(); i++) {
      prepare(cases.get(i), i);
      String fate = fate(cases.get(i), settings);
      expected.merge(fate, 1L, Long::sum);
      fails |= fate.equals("failed");
      if (fate.equals("inserted")) {
        written.add(Fixture.hex(key(i).digest));
      }
    }
    List<String> handedOver = new ArrayList<>();
    WriteSpec spec =
        WriteSpec.of("test")
            .withExists(settings.exists)
            .withCheckGeneration(settings.generations)
            .withIgnoreRecordErrors(settings.ignore)
            .withBatchWrites(settings.batchWrites)
            .withBatches(settings.batchSize, 3, 1 << 20)
            .withRetryPolicy(new RetryPolicy(Duration.ofMillis(1), 1, 50))
            .withSets(Set.of("s"));
    RejectHandler rejects =
        settings.reject ? (row, code, why) -> handedOver.add(Fixture.hex(row.digest())) : null;
    boolean failed = false;
    BatchWriter writer = new BatchWriter(client, spec, rejects, new RefusalWatch(), () -> false);
    try (writer) {
      for (int i = 0; i < cases.size(); i++) {
        writer.write(row(cases.get(i), i));
      }
      writer.flush();
    } catch (RecordWriteException e) {
      failed = true;
    }
    WriteCounts counts = writer.counts();
    assertThat(counts.addsUp()).isTrue();
    assertThat(failed).isEqualTo(fails);
    long inCluster = 0;
    for (int i = 0; i < cases.size(); i++) {
      inCluster += isWritten(i) ? 1 : 0;
    }
    assertThat(inCluster).as("what is there was counted").isEqualTo(counts.inserted());
    if (!fails) {
      assertThat(counts.given()).isEqualTo(cases.size());
      assertThat(counts.unfinished()).isZero();
      assertThat(counts.inserted()).isEqualTo(written.size());
      assertThat(counts.fresher()).isEqualTo(expected.getOrDefault("fresher", 0L));
      assertThat(counts.existed()).isEqualTo(expected.getOrDefault("existed", 0L));
      assertThat(counts.expired()).isEqualTo(expected.getOrDefault("expired", 0L));
      assertThat(counts.skipped()).isEqualTo(expected.getOrDefault("skipped", 0L));
      assertThat(counts.ignored()).isEqualTo(expected.getOrDefault("ignored", 0L));
      assertThat(counts.rejected()).isEqualTo(expected.getOrDefault("rejected", 0L));
      assertThat(handedOver).hasSize((int) counts.rejected()).doesNotHaveDuplicates();
    }
  }

  private static void prepare(Case what, int i) {
    switch (what) {
      case THERE_OLDER -> namespace.put(there(i).generation(2));
      case THERE_NEWER -> namespace.put(there(i).generation(8));
      case TOO_BIG -> fail(i, 13, Integer.MAX_VALUE);
      case KEY_MISMATCH -> fail(i, 19, Integer.MAX_VALUE);
      case BAD_VALUE -> fail(i, 4, Integer.MAX_VALUE);
      case BUSY_FIRST -> fail(i, 14, 2);
      case OVERLOADED_FIRST -> fail(i, 18, 1);
      default -> {}
    }
  }

  private static NewRecord there(int i) {
    return NewRecord.ofDigest("s", key(i).digest).bin(StoredBin.of("i", -1L));
  }

  private static void fail(int i, int code, int times) {
    cluster.inject(
        Fault.on(Fault.Target.WRITE).digest(key(i).digest).times(times).resultCode(code));
  }

  private static String fate(Case what, Settings settings) {
    return switch (what) {
      case PLAIN, BUSY_FIRST, OVERLOADED_FIRST -> "inserted";
      case THERE_OLDER -> settings.exists == Exists.CREATE_ONLY ? "existed" : "inserted";
      case THERE_NEWER ->
          settings.exists == Exists.CREATE_ONLY
              ? "existed"
              : settings.generations ? "fresher" : "inserted";
      case EXPIRED -> "expired";
      case OTHER_SET, NO_BIN -> "skipped";
      case TOO_BIG, KEY_MISMATCH ->
          settings.ignore ? "ignored" : settings.reject ? "rejected" : "failed";
      case BAD_VALUE -> settings.reject ? "rejected" : "failed";
    };
  }

  private RecordView row(Case what, int i) {
    Key key = what == Case.OTHER_SET ? new Key("test", "t", i) : key(i);
    long voidTime = what == Case.EXPIRED ? 1 : 0;
    return rows.row(
        key,
        "test",
        5,
        voidTime,
        false,
        bins -> {
          if (what != Case.NO_BIN) {
            Rows.bin(bins, "i", i);
          }
        });
  }

  private static boolean isWritten(int i) {
    return namespace
        .get(key(i).digest)
        .filter(record -> record.bins().contains(StoredBin.of("i", (long) i)))
        .isPresent();
  }

  private static Key key(int number) {
    return new Key("test", "s", number);
  }
}
