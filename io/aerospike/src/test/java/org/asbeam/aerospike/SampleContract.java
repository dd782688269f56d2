package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;

import com.aerospike.client.exp.Exp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.Partitions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counting and sampling on every server. */
abstract class SampleContract {
  private static final String SET = "scan_sample";
  private static final String OTHER = "scan_other";
  private static final int RECORDS = 3000;
  private static final int OTHERS = 500;

  private Fixture fixture;

  abstract String start() throws Exception;

  abstract void stop();

  @BeforeEach
  void fill() throws Exception {
    fixture = new Fixture(start());
    fixture.put(SET, RECORDS);
    fixture.put(OTHER, OTHERS);
  }

  @AfterEach
  void empty() {
    fixture.delete(SET);
    fixture.delete(OTHER);
    fixture.close();
    stop();
  }

  @Test
  void countsRecordsOfSets() throws Exception {
    assertThat(count(SET).records()).isEqualTo(RECORDS);
    assertThat(count(SET).steady()).isTrue();
    assertThat(count(SET, OTHER).records()).isEqualTo(RECORDS + OTHERS);
    assertThat(count("nobody").records()).isZero();
    assertThat(count().records()).isGreaterThanOrEqualTo(RECORDS + OTHERS);
    assertThat(count(SET).in(PartitionSet.range(0, 1024))).isEqualTo(RECORDS / 4);
  }

  private RecordCount count(String... sets) throws ClusterException {
    return RecordCount.read(fixture.client, Fixture.NAMESPACE, List.of(sets));
  }

  @Test
  void samplesAsManyAsAreWanted() throws Exception {
    for (int wanted : new int[] {1, 63, 500, RECORDS - 1}) {
      List<String> seen = new ArrayList<>();
      SampleScan.Sample sample =
          sampler(SET).read(PartitionSet.all(), wanted, row -> seen.add(hex(row)), () -> false);
      assertThat(seen).hasSize(wanted).doesNotHaveDuplicates();
      assertThat(sample).isEqualTo(new SampleScan.Sample(wanted, false));
    }
  }

  @Test
  void samplesEverythingWhereThereIsLess() throws Exception {
    List<String> seen = new ArrayList<>();
    SampleScan.Sample sample =
        sampler(SET).read(PartitionSet.all(), RECORDS + 1, row -> seen.add(hex(row)), () -> false);
    assertThat(sample).isEqualTo(new SampleScan.Sample(RECORDS, true));
    assertThat(seen).hasSize(RECORDS).doesNotHaveDuplicates();
  }

  @Test
  void samplesOnlySomePartitions() throws Exception {
    PartitionSet some = PartitionSet.range(100, 20);
    List<String> seen = new ArrayList<>();
    sampler(SET).read(some, RECORDS, row -> seen.add(hex(row)), () -> false);
    assertThat(seen)
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allMatch(hex -> some.contains(Partitions.of(HexFormat.of().parseHex(hex))));
  }

  /** Another seed, other records: over many seeds each record has its chance. */
  @Test
  void samplesAtRandom() throws Exception {
    Set<String> seen = new HashSet<>();
    for (int seed = 0; seed < 20; seed++) {
      new SampleScan(fixture.client, ScanSpec.of(Fixture.NAMESPACE).withSet(SET), new Random(seed))
          .read(PartitionSet.all(), 300, row -> seen.add(hex(row)), () -> false);
    }
    // 1 - 0.9^20 of all, give or take.
    assertThat(seen.size()).isBetween(RECORDS * 80 / 100, RECORDS * 95 / 100);
  }

  @Test
  void estimatesWhatPassesAFilter() throws Exception {
    String half = Exp.build(Exp.lt(Exp.intBin("i"), Exp.val(RECORDS / 2))).getBase64();
    ScanFilter filter = ScanFilter.builder().sets(SET).expression(half).build();
    SampleScan sampler =
        new SampleScan(
            fixture.client, ScanSpec.of(Fixture.NAMESPACE).withFilter(filter), new Random(5));
    SampleScan.Estimate all = sampler.count(PartitionSet.all(), 4096, () -> false);
    assertThat(all).isEqualTo(new SampleScan.Estimate(RECORDS / 2, RECORDS / 2, RECORDS / 2, 4096));
    SampleScan.Estimate some = sampler.count(PartitionSet.all(), 400, () -> false);
    assertThat(some.partitions()).isEqualTo(400);
    assertThat((long) RECORDS / 2).isBetween(some.low(), some.high());
    assertThat(some.records()).isBetween(some.low(), some.high());
  }

  private SampleScan sampler(String set) {
    return new SampleScan(
        fixture.client, ScanSpec.of(Fixture.NAMESPACE).withSet(set), new Random(42));
  }

  private static String hex(org.asbeam.format.RecordView row) {
    return Fixture.hex(row.digest());
  }
}
