package org.asbeam.transforms.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.asbeam.format.PartitionSet;
import org.asbeam.storage.journal.PartitionSlice;
import org.junit.jupiter.api.Test;

class PartitionPlannerTest {
  @Property(tries = 300)
  void everyPartitionIsDealtOnce(
      @ForAll @IntRange(max = 4095) int begin,
      @ForAll @IntRange(min = 1, max = 4096) int count,
      @ForAll @IntRange(min = 1, max = 64) int slots,
      @ForAll @IntRange(min = 1, max = 5) int nodes) {
    PartitionSet scope = PartitionSet.range(begin, Math.min(count, 4096 - begin));
    PartitionSet covered = PartitionSet.none();
    for (PartitionSlice slice :
        PartitionPlanner.plan(
            BackupScope.everything().withPartitions(scope), slots, id -> "n" + id % nodes)) {
      assertThat(slice.partitions().and(covered).isEmpty()).isTrue();
      covered = covered.plus(slice.partitions());
    }
    assertThat(covered).isEqualTo(scope);
  }

  @Test
  void aLimitOfRecordsIsCountedByOneScan() {
    List<PartitionSlice> slices =
        PartitionPlanner.plan(BackupScope.everything().withMaxRecords(10), 8, id -> "n");
    assertThat(slices).hasSize(2);
    assertThat(slices.get(1).partitions()).isEqualTo(PartitionSet.all());
  }
}
