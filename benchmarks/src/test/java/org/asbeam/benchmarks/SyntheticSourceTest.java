package org.asbeam.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.asbeam.format.AsbBuffer;
import org.asbeam.format.AsbEncoder;
import org.asbeam.format.PartitionSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SyntheticSourceTest {
  @Test
  void partitionsComeInDescendingOrderOfDigests() throws IOException {
    SyntheticSource source = new SyntheticSource(1, RowShape.SMALL, 3L * 4096 + 7);
    Set<String> seen = new HashSet<>();
    for (int partition : new int[] {0, 6, 7, 300, 4095}) {
      List<byte[]> digests = new ArrayList<>();
      source.scan(
          PartitionSet.of(partition),
          row -> {
            assertThat(row.partition()).isEqualTo(partition);
            digests.add(row.digest());
          },
          () -> false);
      assertThat(digests).hasSize(partition < 7 ? 4 : 3);
      for (int i = 1; i < digests.size(); i++) {
        assertThat(Arrays.compareUnsigned(digests.get(i - 1), digests.get(i))).isPositive();
      }
      digests.forEach(digest -> assertThat(seen.add(HexFormat.of().formatHex(digest))).isTrue());
    }
  }

  @ParameterizedTest
  @EnumSource(RowShape.class)
  void twoScansDeliverTheSame(RowShape shape) throws IOException {
    assertThat(text(shape, 5)).isEqualTo(text(shape, 5)).isNotEqualTo(text(shape, 6));
  }

  @ParameterizedTest
  @CsvSource({"RECORD, 500", "SMALL, 150", "COLLECTIONS, 1550"})
  void shapesHaveTheSizeTheySay(RowShape shape, int bytes) throws IOException {
    assertThat(text(shape, 5).length / 4096.0).isBetween(0.97 * bytes, 1.03 * bytes);
  }

  private static byte[] text(RowShape shape, long seed) throws IOException {
    AsbEncoder encoder = new AsbEncoder("test", false);
    AsbBuffer out = new AsbBuffer(1 << 20);
    new SyntheticSource(seed, shape, 4096)
        .scan(PartitionSet.all(), row -> encoder.record(out, row), () -> false);
    return out.toByteArray();
  }
}
