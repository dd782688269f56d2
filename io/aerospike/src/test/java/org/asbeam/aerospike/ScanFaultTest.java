package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aerospike.client.cluster.Node;
import com.aerospike.client.exp.Exp;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.InjectedFault;
import org.asbeam.embedded.NewRecord;
import org.asbeam.embedded.StoredBin;
import org.asbeam.format.PartitionSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails, each record comes exactly once, or the scan fails. */
@Timeout(60)
class ScanFaultTest {
  private static final int RECORDS = 20_000;

  private final Set<String> expected = new TreeSet<>();
  private final List<String> digests = new ArrayList<>();
  private EmbeddedCluster cluster;
  private EmbeddedNamespace namespace;
  private ClusterClient client;

  @BeforeEach
  void start() throws Exception {
    cluster = EmbeddedCluster.builder().nodes(3).replicationFactor(2).namespace("test").start();
    namespace = cluster.namespace("test");
    for (int i = 0; i < RECORDS; i++) {
      namespace.put(NewRecord.of("s", "key " + i).bin("i", i).withoutKey());
    }
    namespace.forEach(row -> expected.add(Fixture.hex(row.digest())));
    client = ClusterClients.acquire(ConnectionSpec.of(cluster.seeds()).withTendIntervalMillis(250));
  }

  @AfterEach
  void stop() {
    client.close();
    ClusterClients.closeIdle();
    cluster.close();
  }

  @Test
  void survivesDroppedConnections() throws Exception {
    for (int rows : new int[] {0, 1, 50, 150, 300}) {
      cluster.inject(Fault.on(Fault.Target.SCAN).after(rows).dropConnection());
      cluster.inject(Fault.on(Fault.Target.SCAN).skip(2).after(rows).dropMidFrame());
    }
    ScanOutcome outcome = scan(PartitionCursors.start(PartitionSet.all()), () -> false);
    assertThat(outcome.retries()).isBetween(5, 10);
    assertComplete(outcome);
  }

  /** Codes of a lone message before the first row, and of the last message after some rows. */
  @ParameterizedTest
  @ValueSource(ints = {4, 9, 11, 14, 15, 18, 22})
  void survivesErrorsThatPass(int code) throws Exception {
    cluster.inject(Fault.on(Fault.Target.SCAN).resultCode(code));
    cluster.inject(Fault.on(Fault.Target.SCAN).after(20).resultCode(code));
    ScanOutcome outcome = scan(PartitionCursors.start(PartitionSet.range(0, 512)), () -> false);
    assertThat(outcome.complete()).isTrue();
    assertThat(outcome.retries()).isEqualTo(2);
    assertThat(digests).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(digests)).isEqualTo(expectedIn(PartitionSet.range(0, 512)));
  }

  @Test
  void survivesTheDeathOfANode() throws Exception {
    ScanOutcome outcome =
        scanWith(
            row -> {
              take(row.digest());
              if (digests.size() == RECORDS / 3) {
                cluster.killNode(1);
              }
            });
    assertComplete(outcome);
  }

  @Test
  void survivesTheReturnOfANode() throws Exception {
    ScanOutcome outcome =
        scanWith(
            row -> {
              take(row.digest());
              if (digests.size() == RECORDS / 4) {
                cluster.killNode(2);
              } else if (digests.size() == RECORDS / 2) {
                cluster.reviveNode(2);
              }
            });
    assertComplete(outcome);
  }

  @Test
  void followsPartitionsThatMove() throws Exception {
    ScanOutcome outcome =
        scanWith(
            row -> {
              take(row.digest());
              if (digests.size() % 100 == 0) {
                int partition = digests.size() * 37 % 4096;
                cluster.movePartition(
                    "test", partition, (cluster.masterOf("test", partition) + 1) % 3);
              }
            });
    assertComplete(outcome);
  }

  @Test
  void waitsForPartitionsThatComeBack() throws Exception {
    namespace.unavailable(7, true);
    namespace.unavailable(4000, true);
    AtomicBoolean back = new AtomicBoolean();
    ScanOutcome outcome =
        scan(
            PartitionCursors.start(PartitionSet.all()),
            () -> {
              if (digests.size() > RECORDS - 20 && back.compareAndSet(false, true)) {
                namespace.unavailable(7, false);
                namespace.unavailable(4000, false);
              }
              return false;
            });
    assertThat(outcome.retries()).isGreaterThanOrEqualTo(2);
    assertComplete(outcome);
  }

  @Test
  void failsForAPartitionThatNobodyServes() throws Exception {
    namespace.unavailable(7, true);
    PartitionCursors cursors = PartitionCursors.start(PartitionSet.all());
    assertThatThrownBy(() -> scan(cursors, () -> false))
        .isInstanceOfSatisfying(
            ClusterException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.TRANSIENT);
              assertThat(e.isTransient()).isTrue();
            })
        .hasMessageContaining("1 partition (7)")
        .hasMessageContaining("11 Partition unavailable");
    assertThat(cursors.remaining()).isEqualTo(PartitionSet.of(7));
    namespace.unavailable(7, false);
    assertComplete(scan(cursors, () -> false));
  }

  @Test
  void failsForANodeThatNeverAnswers() {
    for (int node = 0; node < 3; node++) {
      cluster.freezeNode(node);
    }
    assertThatThrownBy(() -> scan(PartitionCursors.start(PartitionSet.of(1)), () -> false))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT))
        .hasMessageContaining("partition (1)");
  }

  @Test
  void failsWhenTheClusterIsGone() {
    cluster.close();
    assertThatThrownBy(() -> scan(PartitionCursors.start(PartitionSet.all()), () -> false))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT));
  }

  @Test
  void asksTheReplicasOfANodeThatAlwaysFails() throws Exception {
    cluster.inject(Fault.on(Fault.Target.SCAN).node(0).resultCode(18).always());
    PartitionSet some = PartitionSet.range(0, 100);
    ScanOutcome outcome = scan(PartitionCursors.start(some), () -> false);
    assertThat(outcome.complete()).isTrue();
    assertThat(outcome.retries()).isPositive();
    assertThat(new TreeSet<>(digests)).isEqualTo(expectedIn(some));
  }

  @Test
  void triesTheReplicaOfASilentNode() throws Exception {
    cluster.inject(Fault.on(Fault.Target.SCAN).node(0).after(30).freeze());
    ScanOutcome outcome = scan(PartitionCursors.start(PartitionSet.all()), () -> false);
    assertThat(outcome.retries()).isPositive();
    assertComplete(outcome);
  }

  @Test
  void stopsWhileTheServerIsSilent() throws Exception {
    cluster.inject(Fault.on(Fault.Target.SCAN).after(10).freeze().always());
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch rows = new CountDownLatch(10);
    PartitionScanner scanner =
        new PartitionScanner(client, ScanSpec.of("test").withStallTimeout(Duration.ofHours(1)));
    FutureTask<ScanOutcome> scan =
        new FutureTask<>(
            () ->
                scanner.scan(
                    PartitionCursors.start(PartitionSet.all()),
                    row -> rows.countDown(),
                    stop::get));
    new Thread(scan).start();
    rows.await();
    stop.set(true);
    assertThat(scan.get().complete()).isFalse();
    cluster.clearFaults();
    assertComplete(scan(PartitionCursors.start(PartitionSet.all()), () -> false));
  }

  @Test
  void failsAtOnceForErrorsThatStay() {
    cluster.inject(Fault.on(Fault.Target.SCAN).resultCode(81));
    assertThatThrownBy(() -> scan(PartitionCursors.start(PartitionSet.all()), () -> false))
        .isInstanceOfSatisfying(
            ClusterException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.ACCESS_DENIED);
              assertThat(e.isTransient()).isFalse();
            });
    cluster.inject(Fault.on(Fault.Target.SCAN).resultCode(4).always());
    assertThatThrownBy(() -> scan(PartitionCursors.start(PartitionSet.all()), () -> false))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PROTOCOL));
  }

  @Test
  void neverDeliversTransactionMonitors() throws Exception {
    namespace.put(NewRecord.of("<ERO~MRT", "monitor").bin("i", 1));
    namespace.put(NewRecord.of("<ERO~MRX", "none").bin("i", 1));
    assertThat(scan(PartitionCursors.start(PartitionSet.all()), () -> false).records())
        .isEqualTo(RECORDS + 1);
    assertThat(RecordCount.read(client, "test", List.of()).records()).isEqualTo(RECORDS + 1);
  }

  /** What goes wrong while filters, bins and a start digest are on. */
  enum Trouble {
    CONNECTION {
      @Override
      Fault fault() {
        return Fault.on(Fault.Target.SCAN).after(7).dropConnection();
      }
    },
    HALF_FRAME {
      @Override
      Fault fault() {
        return Fault.on(Fault.Target.SCAN).after(7).dropMidFrame();
      }
    },
    TIMEOUT {
      @Override
      Fault fault() {
        return Fault.on(Fault.Target.SCAN).after(7).resultCode(9);
      }
    },
    UNAVAILABLE {
      @Override
      Fault fault() {
        return Fault.on(Fault.Target.SCAN).resultCode(11);
      }
    },
    ABORTED {
      @Override
      Fault fault() {
        return Fault.on(Fault.Target.SCAN).after(7).resultCode(15);
      }
    },
    OVERLOADED {
      @Override
      Fault fault() {
        return Fault.on(Fault.Target.SCAN).after(7).resultCode(18);
      }
    },
    TOO_MANY_QUERIES {
      @Override
      Fault fault() {
        return Fault.on(Fault.Target.SCAN).resultCode(22);
      }
    },
    PARTITION {
      @Override
      Fault fault() {
        return Fault.on(Fault.Target.SCAN).partition(700).times(2).resultCode(11);
      }
    },
    SILENCE {
      @Override
      Fault fault() {
        return Fault.on(Fault.Target.SCAN).after(7).freeze();
      }
    };

    abstract Fault fault();
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void losesAndDoublesNothingWhenFilteredToo(Trouble trouble) throws Exception {
    for (int i = 0; i < RECORDS; i += 2) {
      namespace.put(NewRecord.of("s", "key " + i).bin("i", i).bin("j", i).withoutKey());
    }
    namespace.put(NewRecord.of("another", "key").bin("i", 0).bin("j", 1));
    PartitionSet scope = PartitionSet.range(500, 1000);
    String first = expectedIn(PartitionSet.of(500)).iterator().next();
    Set<String> wanted = new TreeSet<>();
    namespace.forEach(
        row -> {
          String hex = Fixture.hex(row.digest());
          boolean behind =
              !PartitionSet.of(500).contains(partition(hex)) || hex.compareTo(first) < 0;
          if (scope.contains(partition(hex)) && row.set().equals("s") && behind) {
            StoredBin i =
                row.bins().stream().filter(bin -> bin.name().equals("i")).findFirst().get();
            long number = java.nio.ByteBuffer.wrap(i.value()).getLong();
            if (number < 15_000 && number % 2 == 0) {
              wanted.add(hex);
            }
          }
        });
    ScanSpec spec =
        ScanSpec.of("test")
            .withFilter(
                ScanFilter.builder()
                    .sets("s", "t")
                    .expression(Exp.build(Exp.lt(Exp.intBin("i"), Exp.val(15_000))).getBase64())
                    .noTtlOnly(true)
                    .build())
            .withBins(List.of("j"))
            .withStallTimeout(Duration.ofSeconds(2));
    for (long limit : new long[] {0, wanted.size() - 1}) {
      cluster.inject(trouble.fault());
      digests.clear();
      PartitionCursors cursors =
          PartitionCursors.startAfter(scope, java.util.HexFormat.of().parseHex(first));
      ScanOutcome outcome =
          new PartitionScanner(client, spec.withMaxRecords(limit))
              .scan(
                  cursors,
                  row -> {
                    take(row.digest());
                    assertThat(row.nextBin()).isTrue();
                    assertThat(row.binName()).isEqualTo("j");
                    assertThat(row.nextBin()).isFalse();
                  },
                  () -> false);
      assertThat(outcome.retries()).isPositive();
      assertThat(digests).doesNotHaveDuplicates();
      if (limit == 0) {
        assertThat(new TreeSet<>(digests)).isEqualTo(wanted);
        assertThat(outcome.complete()).isTrue();
      } else {
        assertThat(digests).hasSize((int) limit);
        assertThat(wanted).containsAll(digests);
        assertThat(outcome.limitReached()).isTrue();
      }
      cluster.clearFaults();
    }
  }

  /** It shows its work by its counters only, for longer than a hanging node would be given. */
  @Test
  void waitsForANodeThatWorksInSilence() throws Exception {
    for (int partition = 0; partition < 30; partition++) {
      cluster.inject(
          Fault.on(Fault.Target.SCAN).partition(partition).delay(Duration.ofMillis(250)));
    }
    ScanSpec spec =
        ScanSpec.of("test")
            .withFilter(
                ScanFilter.builder()
                    .expression(Exp.build(Exp.eq(Exp.intBin("i"), Exp.val(-1))).getBase64())
                    .build())
            .withStallTimeout(Duration.ofSeconds(2));
    PartitionSet owned =
        PartitionSet.of(
            java.util.stream.IntStream.range(0, 30)
                .filter(id -> cluster.masterOf("test", id) == 0));
    assertThat(owned.size() * 250).isGreaterThan(1500);
    ScanOutcome outcome =
        new PartitionScanner(client, spec)
            .scan(PartitionCursors.start(owned), row -> {}, () -> false);
    assertThat(outcome).isEqualTo(new ScanOutcome(true, false, 0, 1, 0));
  }

  @Test
  void failsAfterAsManyRetriesAsWanted() {
    InjectedFault fault = cluster.inject(Fault.on(Fault.Target.SCAN).resultCode(9).always());
    ScanRetries limits =
        ScanRetries.DEFAULT.withMaxRetries(2).withSleepBetweenRetries(Duration.ofMillis(1));
    assertThatThrownBy(() -> scan(limits))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT))
        .hasMessageContaining("asked for partition 1 as often as wanted (1 time and 2 retries)")
        .hasMessageContaining("9 Timeout");
    assertThat(fault.hits()).isEqualTo(3);
  }

  @Test
  void failsAtTheFirstFailureIfNoRetriesAreWanted() {
    InjectedFault fault = cluster.inject(Fault.on(Fault.Target.SCAN).resultCode(9).always());
    assertThatThrownBy(() -> scan(ScanRetries.DEFAULT.withMaxRetries(0)))
        .isInstanceOf(ClusterException.class);
    assertThat(fault.hits()).isEqualTo(1);
  }

  @Test
  void givesASilentNodeOnlyTheSocketTimeout() throws Exception {
    cluster.inject(Fault.on(Fault.Target.SCAN).freeze());
    ScanOutcome outcome =
        scan(
            ScanRetries.DEFAULT
                .withSocketTimeout(Duration.ofMillis(300))
                .withMaxRetries(1)
                .withSleepBetweenRetries(Duration.ofMillis(1)));
    assertThat(outcome.complete()).isTrue();
    assertThat(outcome.retries()).isEqualTo(1);
  }

  @Test
  void failsWhenTheTotalTimeoutIsOver() {
    cluster.inject(Fault.on(Fault.Target.SCAN).freeze().always());
    assertThatThrownBy(() -> scan(ScanRetries.DEFAULT.withTotalTimeout(Duration.ofMillis(400))))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT))
        .hasMessageContaining("total timeout of 400 ms")
        .hasMessageContaining("partitions left: 1");
  }

  private ScanOutcome scan(ScanRetries limits) throws IOException {
    return new PartitionScanner(client, ScanSpec.of("test").withRetries(limits))
        .scan(PartitionCursors.start(PartitionSet.of(1)), row -> take(row.digest()), () -> false);
  }

  @Test
  void shrinksTheWindowOfAnOverloadedNodeAndGrowsItAgain() throws Exception {
    Node node = client.nodes().get(0);
    NodeWindow window = client.window(node, NodeWindow.Use.SCAN);
    int before = window.limit();
    cluster.inject(Fault.on(Fault.Target.SCAN).node(0).times(3).resultCode(18));
    PartitionSet owned = ClusterState.partitionsByMaster(client, "test").get(node.getName());
    scan(PartitionCursors.start(owned), () -> false);
    assertThat(window.limit()).isLessThan(before);
    assertThat(new TreeSet<>(digests)).isEqualTo(expectedIn(owned));
  }

  private static int partition(String hex) {
    return org.asbeam.format.Partitions.of(java.util.HexFormat.of().parseHex(hex));
  }

  private ScanOutcome scanWith(RowHandler handler) throws IOException {
    return scanner().scan(PartitionCursors.start(PartitionSet.all()), handler, () -> false);
  }

  private ScanOutcome scan(PartitionCursors cursors, java.util.function.BooleanSupplier stop)
      throws IOException {
    return scanner().scan(cursors, row -> take(row.digest()), stop);
  }

  private PartitionScanner scanner() {
    return new PartitionScanner(
        client, ScanSpec.of("test").withStallTimeout(Duration.ofSeconds(2)));
  }

  private void take(byte[] digest) {
    digests.add(Fixture.hex(digest));
  }

  private Set<String> expectedIn(PartitionSet partitions) {
    Set<String> in = new TreeSet<>(expected);
    in.removeIf(
        hex ->
            !partitions.contains(
                org.asbeam.format.Partitions.of(java.util.HexFormat.of().parseHex(hex))));
    return in;
  }

  private void assertComplete(ScanOutcome outcome) {
    assertThat(outcome.complete()).isTrue();
    assertThat(digests).hasSize(RECORDS).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(digests)).isEqualTo(expected);
  }
}
