package org.asbeam.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.NewRecord;
import org.asbeam.embedded.StoredBin;
import org.asbeam.embedded.StoredIndex;

/**
 * Records of every type, secondary indexes and a UDF module for the demo: always the same ones.
 * Sets, kinds of keys and kinds of bins take turns with different periods, so that all combinations
 * occur.
 */
final class DemoData {
  /** Seconds from 1970 to 2010, where Aerospike's void times start. */
  private static final long EPOCH_2010 = 1_262_304_000L;

  private static final long YEAR_SECONDS = 365L * 24 * 3600;

  private static final String[] SETS = {"users", "orders", "events", ""};

  // Particle types: as_particle_type in the server's proto.h.
  private static final int HLL = 18;
  private static final int MAP = 19;
  private static final int LIST = 20;
  private static final int GEOJSON = 23;

  private static final String UDF =
      """
      function greet(record, name)
        return "Hello, " .. name
      end
      """;

  private DemoData() {}

  static void fill(EmbeddedCluster cluster, String name, int records) {
    EmbeddedNamespace namespace = cluster.namespace(name);
    Random random = new Random(42);
    long now = Instant.now().getEpochSecond() - EPOCH_2010;
    for (int i = 0; i < records; i++) {
      namespace.put(record(i, random, now));
    }
    namespace.createIndex(index(name, "users", "users_age", "n", "numeric"));
    namespace.createIndex(index(name, "orders", "orders_text", "text", "string"));
    namespace.createIndex(index(name, "", "all_places", "place", "geo2dsphere"));
    cluster.putUdf("demo.lua", UDF.getBytes(StandardCharsets.UTF_8));
  }

  private static StoredIndex index(
      String namespace, String set, String name, String bin, String type) {
    return new StoredIndex(namespace, set, name, bin, type, "default", "", "");
  }

  private static NewRecord record(int i, Random random, long now) {
    NewRecord record = NewRecord.of(SETS[i % SETS.length], key(i));
    if (i % 7 == 0) {
      record.withoutKey();
    }
    record.generation(1 + i % 100);
    if (i % 5 == 0) {
      record.voidTime(now + YEAR_SECONDS + i);
    }
    record.bin("n", random.nextLong() >> random.nextInt(64));
    switch (i % 9) {
      case 0 -> record.bin("text", "record " + i + " \u00e4\u6f22\ud83d\ude80\n\"\\");
      case 1 -> record.bin("ratio", random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10));
      case 2 -> record.bin("on", (i & 2) == 0);
      case 3 -> record.bin("bytes", bytes(random, i % 200));
      case 4 -> record.bin(StoredBin.raw("list", LIST, list(i)));
      case 5 -> record.bin(StoredBin.raw("map", MAP, map(i)));
      case 6 -> record.bin(StoredBin.raw("place", GEOJSON, point(random)));
      case 7 -> record.bin(StoredBin.raw("sketch", HLL, sketch(random)));
      default -> record.bin("a b=c", "").bin("limit", Long.MIN_VALUE).bin("zero", -0.0);
    }
    return record;
  }

  /** The kinds of user keys that clients write. */
  private static Object key(int i) {
    return switch (i % 3) {
      case 0 -> (long) i;
      case 1 -> "key-" + i;
      default -> ByteBuffer.allocate(12).putInt(i).putLong(~(long) i).array();
    };
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** MessagePack of {@code [i, "abc"]}: the server's strings begin with their particle type, 3. */
  private static byte[] list(int i) {
    return ByteBuffer.allocate(11)
        .put((byte) 0x92)
        .put((byte) 0xce)
        .putInt(i)
        .put((byte) 0xa4)
        .put(new byte[] {3, 'a', 'b', 'c'})
        .array();
  }

  /** MessagePack of {@code {"k": i}}. */
  private static byte[] map(int i) {
    return ByteBuffer.allocate(9)
        .put((byte) 0x81)
        .put((byte) 0xa2)
        .put(new byte[] {3, 'k'})
        .put((byte) 0xce)
        .putInt(i)
        .array();
  }

  /** Flags and a count of no cells, which a server works out itself, then the JSON. */
  private static byte[] point(Random random) {
    String json =
        "{\"type\":\"Point\",\"coordinates\":["
            + (random.nextInt(3600) / 10.0 - 180)
            + ","
            + (random.nextInt(1800) / 10.0 - 90)
            + "]}";
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(3 + text.length).put(new byte[3]).put(text).array();
  }

  /**
   * A HyperLogLog of 4 index bits: flags, bits, no minhash, cached count, 16 registers of 6 bits.
   */
  private static byte[] sketch(Random random) {
    return ByteBuffer.allocate(11 + 12)
        .put(new byte[] {0, 4, 0})
        .putLong(-1)
        .put(bytes(random, 12))
        .array();
  }
}
