package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.asbeam.aerospike.ScanFilter;
import org.asbeam.storage.Compression;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.transforms.work.BackupEstimate;
import org.asbeam.transforms.work.BackupScope;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.Limits;
import org.asbeam.transforms.work.SizeEstimate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EstimateTest {
  private static final int SEED = 4;

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(Compression.Codec.class)
  void theBackupIsAsLargeAsTheSampleSaid(Compression.Codec codec) throws Exception {
    try (Fixture fixture = Fixture.start(2).fill(6_000)) {
      Compression compression =
          codec == Compression.Codec.ZSTD ? Compression.zstd(3) : Compression.NONE;
      BackupSpec spec = recordsOf(fixture.backup(temp.resolve("b"), compression, 2));
      SizeEstimate estimate = estimate(spec, 1_000);
      Manifest made = BackupPipeline.start(spec, false, Fixture.direct()).await().manifest();

      assertThat(estimate.sampled()).isEqualTo(1_000);
      assertThat(estimate.records().likely()).isEqualTo(made.records());
      assertThat(made.textBytes())
          .isBetween(estimate.textBytes().low(), (long) (1.05 * estimate.textBytes().high()));
      assertThat(estimate.textBytes().likely() / (double) made.textBytes()).isBetween(0.8, 1.2);
      assertThat(estimate.storedBytes().likely() / (double) made.bytes()).isBetween(0.6, 1.4);
    }
  }

  @Test
  void aSampleOfEverythingLeavesNoDoubt() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(500)) {
      BackupSpec spec = recordsOf(fixture.backup(temp.resolve("b"), Compression.NONE, 1));
      SizeEstimate estimate = estimate(spec, 10_000);
      assertThat(estimate.records()).isEqualTo(new SizeEstimate.Range(500, 500, 500));
      assertThat(estimate.textBytes().low()).isEqualTo(estimate.textBytes().high());
    }
  }

  @Test
  void filtersCount() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(4_000)) {
      BackupSpec spec = recordsOf(fixture.backup(temp.resolve("b"), Compression.NONE, 1));
      List<String> sets = List.of("set1", "no-such-set");
      long inSet =
          BackupPipeline.start(with(spec, sets, false), false, Fixture.direct())
              .await()
              .manifest()
              .records();
      SizeEstimate bySet = estimate(with(spec, sets, false), 100);
      assertThat(inSet).isPositive();
      assertThat(bySet.records().likely()).isEqualTo(inSet);

      SizeEstimate never = estimate(with(spec, List.of(), true), 100);
      BackupSpec other =
          with(recordsOf(fixture.backup(temp.resolve("c"), Compression.NONE, 1)), List.of(), true);
      long forever =
          BackupPipeline.start(other, false, Fixture.direct()).await().manifest().records();
      assertThat(forever).isBetween(never.records().low(), never.records().high());
    }
  }

  @Test
  void limitsMakeItLonger() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(3_000)) {
      BackupSpec spec =
          recordsOf(fixture.backup(temp.resolve("b"), Compression.NONE, 4))
              .withLimits(new Limits(10, 0));
      assertThat(estimate(spec, 100).time().toSeconds()).isEqualTo(300);
    }
  }

  private static SizeEstimate estimate(BackupSpec spec, int samples) throws Exception {
    return BackupEstimate.of(spec, samples, new Random(SEED), () -> false);
  }

  private static BackupSpec recordsOf(BackupSpec spec) {
    return spec.withScope(BackupScope.everything().withIndexes(false).withUdfs(false));
  }

  private static BackupSpec with(BackupSpec spec, List<String> sets, boolean noTtlOnly) {
    return spec.withScope(
        spec.scope().withFilter(ScanFilter.builder().sets(sets).noTtlOnly(noTtlOnly).build()));
  }
}
