package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aerospike.client.Bin;
import com.aerospike.client.Key;
import com.aerospike.client.exp.Exp;
import com.aerospike.client.policy.WritePolicy;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.Partitions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What filters, lists of bins, limits and starts at a digest let through, each on data that must
 * and that must not come, alone and all together.
 */
abstract class ScanFilterContract {
  private static final String PREFIX = "scan_filter_";
  private static final String[] SETS = {PREFIX + "a", PREFIX + "b", PREFIX + "c"};
  private static final int RECORDS = 400;
  private static final String SMALL = Exp.build(Exp.lt(Exp.intBin("i"), Exp.val(100))).getBase64();

  private final Map<String, Facts> records = new TreeMap<>();
  private Fixture fixture;
  private Instant between;

  /** What was written. */
  private record Facts(String set, boolean late, boolean expires, int number, boolean hasS) {}

  /** A part of a filter, and what it must let through. */
  private record Part(Predicate<Facts> lets, java.util.function.UnaryOperator<ScanFilter> adds) {}

  abstract String start() throws Exception;

  abstract void stop();

  @BeforeEach
  void fill() throws Exception {
    fixture = new Fixture(start());
    for (String set : SETS) {
      fixture.delete(set);
    }
    put(0, RECORDS / 2);
    // The server's times have a resolution of a millisecond.
    between = awaitLater(Instant.now());
    awaitLater(between);
    put(RECORDS / 2, RECORDS);
  }

  private static Instant awaitLater(Instant time) {
    Instant now = Instant.now();
    while (now.isBefore(time.plusMillis(3))) {
      Thread.onSpinWait();
      now = Instant.now();
    }
    return now;
  }

  private void put(int from, int to) {
    for (int i = from; i < to; i++) {
      WritePolicy policy = new WritePolicy();
      policy.expiration = i % 5 == 0 ? 10_000 : -1;
      Key key = new Key(Fixture.NAMESPACE, SETS[i % 3], "key " + i);
      List<Bin> bins = new ArrayList<>(List.of(new Bin("i", i)));
      if (i % 2 == 0) {
        bins.add(new Bin("s", "text " + i));
      }
      fixture.oracle.put(policy, key, bins.toArray(new Bin[0]));
      records.put(
          Fixture.hex(key.digest),
          new Facts(SETS[i % 3], i >= RECORDS / 2, i % 5 == 0, i, i % 2 == 0));
    }
  }

  @AfterEach
  void empty() {
    for (String set : SETS) {
      fixture.delete(set);
    }
    fixture.close();
    stop();
  }

  /** All combinations, not only all pairs. */
  @Test
  void combinesEveryPartWithEveryOther() throws Exception {
    List<Part> parts =
        List.of(
            new Part(
                facts -> facts.set().equals(SETS[0]),
                filter -> filter.toBuilder().sets(SETS[0]).build()),
            new Part(
                facts -> !facts.set().equals(SETS[2]),
                filter -> filter.toBuilder().sets(SETS[0], SETS[1]).build()),
            new Part(Facts::late, filter -> filter.toBuilder().modifiedAfter(between).build()),
            new Part(
                facts -> !facts.late(),
                filter -> filter.toBuilder().modifiedBefore(between).build()),
            new Part(
                facts -> !facts.expires(), filter -> filter.toBuilder().noTtlOnly(true).build()),
            new Part(
                facts -> facts.number() < 100,
                filter -> filter.toBuilder().expression(SMALL).build()));
    for (int mask = 0; mask < 1 << parts.size(); mask++) {
      boolean twoSetParts = (mask & 3) == 3;
      boolean twoTimeParts = (mask & 12) == 12;
      if (!twoSetParts && !twoTimeParts) {
        ScanFilter filter = ScanFilter.NONE;
        Predicate<Facts> lets = facts -> true;
        for (int i = 0; i < parts.size(); i++) {
          if ((mask & 1 << i) != 0) {
            filter = parts.get(i).adds().apply(filter);
            lets = lets.and(parts.get(i).lets());
          }
        }
        assertThat(scan(ScanSpec.of(Fixture.NAMESPACE).withFilter(filter)).keySet())
            .as(filter.toString())
            .isEqualTo(expected(lets));
      }
    }
  }

  @Test
  void includesTheLowerBoundAndExcludesTheUpper() throws Exception {
    Instant later = between.plusMillis(2);
    ScanFilter window = ScanFilter.builder().modifiedAfter(between).modifiedBefore(later).build();
    assertThat(scan(ScanSpec.of(Fixture.NAMESPACE).withFilter(window))).isEmpty();
    // The very time of a record, as the server tells it.
    Map.Entry<String, Facts> some = records.entrySet().iterator().next();
    Instant exactly = lastUpdate(some.getKey());
    ScanFilter from = ScanFilter.builder().modifiedAfter(exactly).build();
    ScanFilter until = ScanFilter.builder().modifiedBefore(exactly).build();
    assertThat(scan(ScanSpec.of(Fixture.NAMESPACE).withFilter(from))).containsKey(some.getKey());
    assertThat(scan(ScanSpec.of(Fixture.NAMESPACE).withFilter(until)))
        .doesNotContainKey(some.getKey());
  }

  /** Found by halving, with the oracle's own expressions. */
  private Instant lastUpdate(String digest) {
    Key key =
        new Key(
            Fixture.NAMESPACE,
            HexFormat.of().parseHex(digest),
            records.get(digest).set(),
            com.aerospike.client.Value.getAsNull());
    long low = between.toEpochMilli() - 600_000;
    long high = between.toEpochMilli() + 600_000;
    while (high - low > 1) {
      long middle = (low + high) / 2;
      com.aerospike.client.policy.Policy policy = new com.aerospike.client.policy.Policy();
      policy.filterExp = Exp.build(Exp.ge(Exp.lastUpdate(), Exp.val(middle * 1_000_000)));
      if (fixture.oracle.get(policy, key) != null) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Instant.ofEpochMilli(low);
  }

  @Test
  void readsOnlySomeBins() throws Exception {
    ScanSpec spec = ScanSpec.of(Fixture.NAMESPACE).withFilter(inAllSets());
    assertThat(scan(spec.withBins(List.of("i"))).values()).hasSize(RECORDS).containsOnly("i");
    // The server leaves out records that have none of the bins.
    assertThat(scan(spec.withBins(List.of("s"))).keySet()).isEqualTo(expected(Facts::hasS));
    assertThat(scan(spec.withBins(List.of("s"))).values()).containsOnly("s");
    assertThat(scan(spec.withBins(List.of("none")))).isEmpty();
    // In the order in which they are asked for.
    assertThat(new TreeSet<>(scan(spec.withBins(List.of("s", "none", "i"))).values()))
        .containsExactly("i", "s i");
  }

  @Test
  void readsNoBins() throws Exception {
    ScanSpec spec = ScanSpec.of(Fixture.NAMESPACE).withFilter(inAllSets()).withNoBins(true);
    assertThat(scan(spec).values()).hasSize(RECORDS).containsOnly("");
    assertThat(scan(spec.withBins(List.of("s"))).values()).hasSize(RECORDS).containsOnly("");
    // A filter still sees them.
    ScanFilter small = inAllSets().toBuilder().expression(SMALL).build();
    assertThat(scan(spec.withFilter(small))).hasSize(100);
  }

  @Test
  void deliversExactlyAsManyRecordsAsWanted() throws Exception {
    ScanSpec spec =
        ScanSpec.of(Fixture.NAMESPACE).withFilter(inAllSets()).withPartitionsPerRequest(64);
    for (long limit : new long[] {1, 7, 50, RECORDS - 1, RECORDS, RECORDS + 1}) {
      PartitionScanner scanner = new PartitionScanner(fixture.client, spec.withMaxRecords(limit));
      Set<String> seen = new TreeSet<>();
      PartitionCursors cursors = all();
      ScanOutcome outcome =
          scanner.scan(cursors, row -> seen.add(Fixture.hex(row.digest())), () -> false);
      assertThat(seen).hasSize((int) Math.min(limit, RECORDS));
      assertThat(outcome.records()).isEqualTo(Math.min(limit, RECORDS));
      assertThat(outcome.complete()).isEqualTo(limit > RECORDS);
      assertThat(outcome.limitReached()).isEqualTo(limit <= RECORDS);
      assertThat(outcome.stopped()).isFalse();
      // The limit is the scanner's, not the call's; the rest is still there for another.
      assertThat(scanner.scan(cursors, row -> seen.add("too many"), () -> false).records())
          .isZero();
      new PartitionScanner(fixture.client, spec)
          .scan(cursors, row -> seen.add(Fixture.hex(row.digest())), () -> false);
      assertThat(seen).isEqualTo(expected(facts -> true));
    }
  }

  @Test
  void countsOnlyWhatPassesTheFilterTowardsTheLimit() throws Exception {
    ScanFilter small = inAllSets().toBuilder().expression(SMALL).build();
    ScanSpec spec = ScanSpec.of(Fixture.NAMESPACE).withFilter(small);
    assertThat(scan(spec.withMaxRecords(60))).hasSize(60);
    assertThat(scan(spec.withMaxRecords(60).withBins(List.of("i"))).values())
        .hasSize(60)
        .containsOnly("i");
    assertThat(scan(spec.withMaxRecords(200))).hasSize(100);
  }

  @Test
  void countsNoRecordThatTheHandlerRefused() throws Exception {
    RecordBudget budget = RecordBudget.of(20);
    ScanSpec spec = ScanSpec.of(Fixture.NAMESPACE).withFilter(inAllSets());
    PartitionScanner scanner = new PartitionScanner(fixture.client, spec, budget);
    PartitionCursors cursors = all();
    Set<String> seen = new TreeSet<>();
    IOException full = new IOException("the disk is full");
    assertThatThrownBy(
            () ->
                scanner.scan(
                    cursors,
                    row -> {
                      if (seen.size() == 5) {
                        throw full;
                      }
                      seen.add(Fixture.hex(row.digest()));
                    },
                    () -> false))
        .isSameAs(full);
    assertThat(budget.left()).isEqualTo(15);
    scanner.scan(cursors, row -> seen.add(Fixture.hex(row.digest())), () -> false);
    assertThat(seen).hasSize(20);
  }

  @Test
  void startsAfterADigest() throws Exception {
    Map<Integer, TreeSet<String>> byPartition = new HashMap<>();
    records
        .keySet()
        .forEach(
            hex -> byPartition.computeIfAbsent(partition(hex), id -> new TreeSet<>()).add(hex));
    for (Map.Entry<Integer, TreeSet<String>> entry : byPartition.entrySet()) {
      if (entry.getValue().size() > 1) {
        String last = entry.getValue().last();
        PartitionSet scope = PartitionSet.range(entry.getKey(), 4096 - entry.getKey());
        PartitionCursors cursors =
            PartitionCursors.startAfter(scope, HexFormat.of().parseHex(last));
        ScanSpec spec = ScanSpec.of(Fixture.NAMESPACE).withFilter(inAllSets());
        assertThat(scan(spec, cursors).keySet())
            .isEqualTo(
                new TreeSet<>(
                    records.keySet().stream()
                        .filter(hex -> scope.contains(partition(hex)) && !hex.equals(last))
                        .toList()));
        return;
      }
    }
    throw new AssertionError("no partition has two records");
  }

  @Test
  void sharesALimitBetweenScanners() throws Exception {
    RecordBudget budget = RecordBudget.of(150);
    ScanSpec spec =
        ScanSpec.of(Fixture.NAMESPACE).withFilter(inAllSets()).withPartitionsPerRequest(16);
    List<Thread> threads = new ArrayList<>();
    List<String> seen = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 4; i++) {
      PartitionScanner scanner = new PartitionScanner(fixture.client, spec, budget);
      PartitionCursors cursors = PartitionCursors.start(PartitionSet.range(i * 1024, 1024));
      Thread thread =
          new Thread(
              () -> {
                try {
                  scanner.scan(cursors, row -> seen.add(Fixture.hex(row.digest())), () -> false);
                } catch (IOException e) {
                  seen.add(e.toString());
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(seen).hasSize(150).doesNotHaveDuplicates().allMatch(records::containsKey);
  }

  private static ScanFilter inAllSets() {
    return ScanFilter.builder().sets(SETS).build();
  }

  private static int partition(String hex) {
    return Partitions.of(HexFormat.of().parseHex(hex));
  }

  private Set<String> expected(Predicate<Facts> lets) {
    Set<String> expected = new TreeSet<>();
    records.forEach(
        (digest, facts) -> {
          if (lets.test(facts)) {
            expected.add(digest);
          }
        });
    return expected;
  }

  private Map<String, String> scan(ScanSpec spec) throws IOException {
    return scan(spec, all());
  }

  /** The digests of our records that came, each with the names of its bins. */
  private Map<String, String> scan(ScanSpec spec, PartitionCursors cursors) throws IOException {
    Map<String, String> seen = new TreeMap<>();
    new PartitionScanner(fixture.client, spec)
        .scan(
            cursors,
            row -> {
              List<String> bins = new ArrayList<>();
              while (row.nextBin()) {
                bins.add(row.binName());
              }
              if (row.set().startsWith(PREFIX)) {
                assertThat(seen.put(Fixture.hex(row.digest()), String.join(" ", bins))).isNull();
              } else {
                assertThat(spec.filter().sets()).isEmpty();
              }
            },
            () -> false);
    return seen;
  }

  private static PartitionCursors all() {
    return PartitionCursors.start(PartitionSet.all());
  }
}
