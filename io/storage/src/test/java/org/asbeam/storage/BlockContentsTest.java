package org.asbeam.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.asbeam.format.PartitionSet;
import org.junit.jupiter.api.Test;

final class BlockContentsTest {
  @Property(tries = 300)
  void isWhatAModelCounts(
      @ForAll @Size(max = 300) List<@IntRange(max = 0xffffff) Integer> records) {
    BlockContents.Builder builder = new BlockContents.Builder();
    builder.add(Samples.row(Samples.digest(9, 9)));
    builder.build();
    Map<Integer, List<Integer>> model = new TreeMap<>();
    for (int record : records) {
      // Few partitions, so that some get several records.
      int partition = (record & 0x7f) * 31 + 17;
      int rank = record >>> 12;
      model.computeIfAbsent(partition, id -> new ArrayList<>()).add(rank);
      builder.add(Samples.row(Samples.digest(partition, rank)));
    }
    assertThat(builder.records()).isEqualTo(records.size());
    BlockContents contents = builder.build();
    assertThat(contents.records()).isEqualTo(records.size());
    assertThat(contents.size()).isEqualTo(model.size());
    assertThat(contents.partitions())
        .isEqualTo(PartitionSet.of(model.keySet().stream().mapToInt(id -> id)));
    int i = 0;
    for (Map.Entry<Integer, List<Integer>> entry : model.entrySet()) {
      List<Integer> ranks = entry.getValue();
      assertThat(contents.partition(i)).isEqualTo(entry.getKey());
      assertThat(contents.records(i)).isEqualTo(ranks.size());
      assertThat(contents.firstDigest(i)).isEqualTo(Samples.digest(entry.getKey(), ranks.get(0)));
      assertThat(contents.lastDigest(i))
          .isEqualTo(Samples.digest(entry.getKey(), ranks.get(ranks.size() - 1)));
      boolean descending = true;
      for (int j = 1; j < ranks.size(); j++) {
        descending &= ranks.get(j) < ranks.get(j - 1);
      }
      assertThat(contents.descending(i)).isEqualTo(descending);
      for (int rank : ranks) {
        assertThat(contents.mayContain(Samples.digest(entry.getKey(), rank))).isTrue();
      }
      i++;
    }
  }

  @Test
  void excludesWhatLiesOutside() {
    BlockContents.Builder builder = new BlockContents.Builder();
    for (int rank : new int[] {3000, 2000, 1000}) {
      builder.add(Samples.row(Samples.digest(100, rank)));
    }
    builder.add(Samples.row(Samples.digest(200, 5)));
    builder.add(Samples.row(Samples.digest(200, 6)));
    BlockContents contents = builder.build();
    assertThat(contents.mayContain(Samples.digest(100, 3001))).isFalse();
    assertThat(contents.mayContain(Samples.digest(100, 1500))).isTrue();
    assertThat(contents.mayContain(Samples.digest(100, 999))).isFalse();
    assertThat(contents.mayContain(Samples.digest(150, 2000))).isFalse();
    // Out of order, first and last bound nothing.
    assertThat(contents.mayContain(Samples.digest(200, 77))).isTrue();
    assertThat(BlockContents.none().mayContain(Samples.digest(100, 1500))).isFalse();
  }

  @Test
  void theSameDigestTwiceDoesntDescend() {
    BlockContents.Builder builder = new BlockContents.Builder();
    builder.add(Samples.row(Samples.digest(1, 5)));
    builder.add(Samples.row(Samples.digest(1, 5)));
    assertThat(builder.build().descending(0)).isFalse();
  }

  @Test
  void theUpperHalfOfTheBytesCountsAsGreater() {
    BlockContents.Builder builder = new BlockContents.Builder();
    builder.add(Samples.row(Samples.digest(1, 0x80)));
    builder.add(Samples.row(Samples.digest(1, 0x7f)));
    assertThat(builder.build().descending(0)).isTrue();
  }

  @Test
  void allPartitionsFitAndClearForgets() {
    BlockContents.Builder builder = new BlockContents.Builder();
    for (int id = 4095; id >= 0; id--) {
      builder.add(Samples.row(Samples.digest(id, 1)));
    }
    BlockContents all = builder.build();
    assertThat(all.partitions()).isEqualTo(PartitionSet.all());
    builder.add(Samples.row(Samples.digest(3, 1)));
    builder.clear();
    assertThat(builder.build()).isEqualTo(BlockContents.none());
  }
}
