package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.Partitions;
import org.junit.jupiter.api.Test;

class PartitionCursorsTest {
  @Test
  void startsWithNothingDone() {
    PartitionCursors cursors = PartitionCursors.start(PartitionSet.range(10, 3));
    assertThat(cursors.remaining()).isEqualTo(PartitionSet.range(10, 3));
    assertThat(cursors.done().isEmpty()).isTrue();
    assertThat(cursors.isDone()).isFalse();
    assertThat(cursors.snapshot()).isEqualTo(new CursorSnapshot("", Map.of()));
  }

  @Test
  void isDoneWithNothingToDo() {
    assertThat(PartitionCursors.start(PartitionSet.none()).isDone()).isTrue();
  }

  @Test
  void takesOnlySmallerDigestsNext() {
    PartitionCursors cursors = PartitionCursors.start(PartitionSet.of(7));
    byte[] high = digest(7, 0xff);
    byte[] low = digest(7, 0x01);
    assertThat(cursors.isNext(7, high, 0)).isTrue();
    cursors.advance(7, high, 0);
    assertThat(cursors.isNext(7, high, 0)).isFalse();
    assertThat(cursors.isNext(7, low, 0)).isTrue();
    cursors.advance(7, low, 0);
    assertThat(cursors.isNext(7, high, 0)).isFalse();
  }

  @Test
  void finishesAPartitionOnce() {
    PartitionCursors cursors = PartitionCursors.start(PartitionSet.of(1, 2));
    cursors.finish(1);
    cursors.finish(1);
    assertThat(cursors.isDone()).isFalse();
    assertThat(cursors.isDone(1)).isTrue();
    cursors.finish(2);
    assertThat(cursors.isDone()).isTrue();
  }

  @Property(tries = 100)
  void resumesWhereTheSnapshotStood(@ForAll Random random) {
    PartitionSet partitions = PartitionSet.of(random.ints(random.nextInt(50), 0, Partitions.COUNT));
    PartitionCursors cursors = PartitionCursors.start(partitions);
    partitions.forEach(
        id -> {
          switch (random.nextInt(3)) {
            case 0 -> cursors.advance(id, digest(id, random.nextInt()), 0);
            case 1 -> cursors.finish(id);
            default -> {
              // not started
            }
          }
        });
    CursorSnapshot snapshot = cursors.snapshot();
    PartitionCursors resumed = PartitionCursors.resume(partitions, snapshot);
    assertThat(resumed.snapshot()).isEqualTo(snapshot);
    assertThat(resumed.remaining()).isEqualTo(cursors.remaining());
    assertThat(resumed.isDone()).isEqualTo(cursors.isDone());
  }

  @Test
  void leavesOutPartitionsThatAreNotScannedAnyMore() {
    CursorSnapshot snapshot =
        new CursorSnapshot("1-3", Map.of(7, HexFormat.of().formatHex(digest(7, 1))));
    PartitionCursors cursors = PartitionCursors.resume(PartitionSet.of(2, 9), snapshot);
    assertThat(cursors.done()).isEqualTo(PartitionSet.of(2));
    assertThat(cursors.remaining()).isEqualTo(PartitionSet.of(9));
  }

  @Test
  void refusesADigestOfAnotherPartition() {
    CursorSnapshot snapshot =
        new CursorSnapshot("", Map.of(8, HexFormat.of().formatHex(digest(7, 1))));
    assertThatThrownBy(() -> PartitionCursors.resume(PartitionSet.all(), snapshot))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("partition 8");
  }

  @Test
  void startsAfterADigest() {
    byte[] digest = digest(7, 0x80);
    PartitionCursors cursors = PartitionCursors.startAfter(PartitionSet.range(7, 3), digest);
    assertThat(cursors.remaining()).isEqualTo(PartitionSet.range(7, 3));
    assertThat(cursors.snapshot().after()).containsOnlyKeys(7);
    assertThat(cursors.isNext(7, digest, 0)).isFalse();
    assertThat(cursors.isNext(7, digest(7, 0x7f), 0)).isTrue();
    assertThat(cursors.isNext(7, digest(7, 0x81), 0)).isFalse();
    assertThat(cursors.isNext(8, digest(8, 0xff), 0)).isTrue();
  }

  @Test
  void refusesToStartAfterWhatIsNotScanned() {
    assertThatThrownBy(() -> PartitionCursors.startAfter(PartitionSet.of(1), digest(7, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("partition 7");
    assertThatThrownBy(() -> PartitionCursors.startAfter(PartitionSet.all(), new byte[19]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("19");
  }

  private static byte[] digest(int partition, int rest) {
    byte[] digest = new byte[20];
    digest[0] = (byte) partition;
    digest[1] = (byte) (partition >>> 8);
    digest[2] = (byte) rest;
    digest[19] = (byte) (rest >>> 8);
    return digest;
  }
}
