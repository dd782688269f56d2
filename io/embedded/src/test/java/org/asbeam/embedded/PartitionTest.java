package org.asbeam.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PartitionTest {
  private static byte[] row(byte[] digest, int generation) {
    byte[] namespace = Bytes.utf8("test");
    return Row.of(namespace, digest, Bytes.EMPTY, null, generation, 0, 0, new Bins());
  }

  /** A few different digests, so that they meet; the first bytes are those of partition 0. */
  private static byte[] digest(Random random) {
    byte[] digest = new byte[Protocol.DIGEST];
    digest[2] = (byte) random.nextInt(4);
    digest[19] = (byte) random.nextInt(256);
    return digest;
  }

  @Property(tries = 200)
  void holdsWhatASortedMapHolds(@ForAll long seed) {
    Random random = new Random(seed);
    Comparator<byte[]> descending = (a, b) -> Arrays.compareUnsigned(b, a);
    TreeMap<byte[], Integer> model = new TreeMap<>(descending);
    Partition partition = new Partition();
    for (int step = 0; step < 300; step++) {
      byte[] digest = digest(random);
      if (random.nextInt(4) == 0) {
        partition.remove(digest);
        model.remove(digest);
      } else {
        partition.put(row(digest, step));
        model.put(digest, step);
      }
    }
    byte[] cursor = digest(random);

    assertThat(digests(partition.snapshot())).isEqualTo(digests(model.keySet()));
    assertThat(digests(partition.snapshotBehind(cursor)))
        .isEqualTo(digests(model.tailMap(cursor, false).keySet()));
    model.forEach(
        (digest, step) -> assertThat(Row.generation(partition.get(digest))).isEqualTo(step));
  }

  @Property(tries = 50)
  void whatIsLostComesBackUnlessItWasWrittenSince(@ForAll long seed) {
    Random random = new Random(seed);
    Partition partition = new Partition();
    byte[] kept = digest(random);
    byte[] written = kept.clone();
    written[5] = 1;
    partition.put(row(kept, 1));
    partition.put(row(written, 1));

    partition.lose(0);
    assertThat(partition.snapshot()).isEmpty();
    partition.put(row(written, 7));
    partition.recover(1);
    assertThat(partition.count()).isEqualTo(1);
    partition.recover(0);

    assertThat(Row.generation(partition.get(kept))).isEqualTo(1);
    assertThat(Row.generation(partition.get(written))).isEqualTo(7);
  }

  private static List<String> digests(byte[][] rows) {
    return digests(Arrays.stream(rows).map(Row::digest).toList());
  }

  private static List<String> digests(Iterable<byte[]> digests) {
    List<String> texts = new ArrayList<>();
    digests.forEach(digest -> texts.add(HexFormat.of().formatHex(digest)));
    return texts;
  }
}
