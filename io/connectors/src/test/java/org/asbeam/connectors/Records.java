package org.asbeam.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.NewRecord;
import org.asbeam.embedded.StoredBin;
import org.asbeam.format.ParticleType;
import org.asbeam.format.RecordView;

/** Records for tests, and what tests expect of them. */
final class Records {
  private static final long IN_A_YEAR =
      Instant.now().getEpochSecond() + 31_536_000 - AerospikeRecord.VOID_TIME_EPOCH;

  private Records() {}

  /** A pipeline on the direct runner with all its checks on. */
  static TestPipeline pipeline() {
    return TestPipeline.create().enableAbandonedNodeEnforcement(false);
  }

  static EmbeddedCluster cluster(int nodes) {
    return EmbeddedCluster.builder().nodes(nodes).namespace("test").namespace("copy").start();
  }

  /** Fills a namespace with records of all kinds of keys and bins, in two sets and in none. */
  static void fill(EmbeddedNamespace namespace, int count, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      byte[] blob = new byte[random.nextInt(40)];
      random.nextBytes(blob);
      Object key =
          switch (i % 4) {
            case 0 -> (long) i;
            case 1 -> "key-" + i;
            case 2 -> new byte[] {(byte) i, (byte) (i >> 8), 7};
            default -> i + 0.5;
          };
      NewRecord created =
          NewRecord.of(i % 3 == 0 ? "" : "set" + i % 3, key)
              .generation(1 + i % 100)
              .voidTime(i % 5 == 0 ? IN_A_YEAR + i : 0)
              .bin("i", random.nextLong())
              .bin("d", random.nextDouble())
              .bin("s", "value " + i + " \u00e9\u4e16\n")
              .bin("b", blob)
              .bin("t", i % 2 == 0)
              .bin(
                  StoredBin.raw(
                      "list", ParticleType.LIST, new byte[] {(byte) 0x91, (byte) (i & 0x7f)}));
      namespace.put(i % 7 == 0 ? created.withoutKey() : created);
    }
  }

  /**
   * Asserts that a collection has just these elements; in linear time, other than PAssert's own.
   */
  static void areThese(PCollection<AerospikeRecord> actual, List<AerospikeRecord> expected) {
    HashMap<String, Integer> counts = counts(expected);
    PAssert.that(actual)
        .satisfies(
            records -> {
              assertThat(counts(records)).isEqualTo(counts);
              return null;
            });
  }

  private static HashMap<String, Integer> counts(Iterable<AerospikeRecord> records) {
    HashMap<String, Integer> counts = new HashMap<>();
    for (AerospikeRecord record : records) {
      counts.merge(HexFormat.of().formatHex(record.row()), 1, Integer::sum);
    }
    return counts;
  }

  /** All records of a namespace, read without a socket. */
  static List<AerospikeRecord> of(EmbeddedNamespace namespace) {
    List<AerospikeRecord> records = new ArrayList<>();
    namespace.forEach(
        stored -> {
          byte[] row = stored.row();
          records.add(AerospikeRecord.copyOf(new RecordView().wrap(row, 0, row.length)));
        });
    return records;
  }

  /**
   * What a record keeps when a client writes it elsewhere: not its generation, and its time to live
   * only to the second.
   */
  static Map<String, Object> identity(AerospikeRecord record) {
    return Map.of(
        "set", record.set(),
        "digest", HexFormat.of().formatHex(record.digest()),
        "key", record.key(),
        "expires", record.expiration().isPresent(),
        "bins", record.bins());
  }
}
