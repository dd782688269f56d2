package org.asbeam.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.aerospike.client.AerospikeClient;
import com.aerospike.client.AerospikeException;
import com.aerospike.client.Key;
import com.aerospike.client.policy.ScanPolicy;
import com.aerospike.client.query.PartitionFilter;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Nodes that die and return, and partitions that move, while clients work. */
class ClusterEventsTest {
  private static final int RECORDS = 30_000;

  private static EmbeddedCluster start(int replicationFactor) {
    EmbeddedCluster cluster =
        EmbeddedCluster.builder()
            .nodes(3)
            .replicationFactor(replicationFactor)
            .namespace("test")
            .start();
    for (int i = 0; i < RECORDS; i++) {
      cluster.namespace("test").put("s", i, StoredBin.of("i", i));
    }
    return cluster;
  }

  /** Scans all, runs something once there are rows, and notes each record. */
  private static void scan(
      AerospikeClient client,
      Runnable meanwhile,
      Set<Long> seen,
      ConcurrentLinkedQueue<Long> twice) {
    ScanPolicy policy = new ScanPolicy();
    policy.maxRetries = 30;
    policy.sleepBetweenRetries = 300;
    AtomicBoolean started = new AtomicBoolean();
    CountDownLatch happened = new CountDownLatch(1);
    client.scanPartitions(
        policy,
        PartitionFilter.all(),
        "test",
        "s",
        (key, record) -> {
          if (started.compareAndSet(false, true)) {
            meanwhile.run();
            happened.countDown();
          }
          try {
            // No node goes on before it has happened, so that it strikes all of them halfway.
            happened.await();
          } catch (InterruptedException e) {
            throw new AerospikeException(e);
          }
          if (!seen.add(record.getLong("i"))) {
            twice.add(record.getLong("i"));
          }
        });
  }

  @Test
  void aScanSurvivesTheDeathOfANode() {
    try (EmbeddedCluster cluster = start(2);
        AerospikeClient client = Clients.connect(cluster)) {
      Set<Long> seen = ConcurrentHashMap.newKeySet();
      ConcurrentLinkedQueue<Long> twice = new ConcurrentLinkedQueue<>();

      scan(client, () -> cluster.killNode(1), seen, twice);

      assertThat(seen).hasSize(RECORDS);
      assertThat(twice).isEmpty();
    }
  }

  @Test
  void aScanSurvivesPartitionsThatMove() {
    try (EmbeddedCluster cluster = start(1);
        AerospikeClient client = Clients.connect(cluster)) {
      Set<Long> seen = ConcurrentHashMap.newKeySet();
      ConcurrentLinkedQueue<Long> twice = new ConcurrentLinkedQueue<>();
      Random random = new Random(3);

      scan(
          client,
          () -> {
            for (int i = 0; i < 400; i++) {
              cluster.movePartition("test", random.nextInt(4096), random.nextInt(3));
            }
          },
          seen,
          twice);

      assertThat(seen).hasSize(RECORDS);
      assertThat(twice).isEmpty();
    }
  }

  @Test
  void aNodeThatComesBackIsUsedAgain() throws IOException {
    try (EmbeddedCluster cluster = start(2);
        AerospikeClient client = Clients.connect(cluster)) {
      cluster.killNode(2);
      waitFor(() -> client.getNodeNames().size() == 2);
      cluster.reviveNode(2);
      waitFor(() -> client.getNodeNames().size() == 3);

      Set<Long> seen = ConcurrentHashMap.newKeySet();
      ConcurrentLinkedQueue<Long> twice = new ConcurrentLinkedQueue<>();
      scan(client, () -> {}, seen, twice);
      assertThat(seen).hasSize(RECORDS);
      assertThat(twice).isEmpty();
    }
  }

  @Test
  void withoutReplicasANodeTakesItsRecordsWithItAndBringsThemBack() throws IOException {
    try (EmbeddedCluster cluster = start(1)) {
      cluster.killNode(0);
      long left = cluster.namespace("test").count();
      assertThat(left).isBetween(RECORDS / 2L, RECORDS * 5L / 6);
      cluster.namespace("test").put("s", "meanwhile", StoredBin.of("i", -1));

      cluster.reviveNode(0);

      assertThat(cluster.namespace("test").count()).isEqualTo(RECORDS + 1);
    }
  }

  /** Each partition has one master, and as many holders as the replication factor says. */
  @Test
  void thePartitionMapsOfAllNodesFitTogether() throws IOException {
    try (EmbeddedCluster cluster = start(2)) {
      checkMaps(cluster, List.of(0, 1, 2));
      cluster.movePartition("test", 5, 1);
      cluster.movePartition("test", 5, 2);
      assertThat(cluster.masterOf("test", 5)).isEqualTo(2);
      checkMaps(cluster, List.of(0, 1, 2));
      cluster.killNode(2);
      checkMaps(cluster, List.of(0, 1));
      cluster.killNode(0);
      checkMaps(cluster, List.of(1));
      cluster.reviveNode(2);
      cluster.reviveNode(0);
      checkMaps(cluster, List.of(0, 1, 2));
    }
  }

  private static void checkMaps(EmbeddedCluster cluster, List<Integer> up) throws IOException {
    int copies = Math.min(2, up.size());
    int[][] holders = new int[4096][2];
    Set<String> keys = new HashSet<>();
    long objects = 0;
    for (int node : up) {
      try (RawClient client = new RawClient(cluster.port(node))) {
        keys.add(client.info("cluster-stable:size=" + up.size()));
        String namespace = client.info("namespace/test");
        objects += Long.parseLong(namespace.replaceAll(".*;objects=(\\d+);.*", "$1"));
        assertThat(client.info("peers-clear-std").split("BB9", -1)).hasSize(up.size());
        String[] maps = client.info("replicas").split(",");
        assertThat(maps[1]).isEqualTo(String.valueOf(copies));
        for (int column = 0; column < copies; column++) {
          byte[] bits = Base64.getDecoder().decode(maps[2 + column]);
          for (int pid = 0; pid < 4096; pid++) {
            holders[pid][column] += (bits[pid >> 3] & 0x80 >> (pid & 7)) != 0 ? 1 : 0;
          }
        }
      }
    }
    assertThat(keys).hasSize(1).noneMatch(key -> key.startsWith("ERROR"));
    assertThat(objects).isEqualTo((long) RECORDS * copies);
    for (int[] perColumn : holders) {
      assertThat(perColumn[0]).isEqualTo(1);
      assertThat(perColumn[1]).isEqualTo(copies - 1);
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void waitFor(Condition condition) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void singleCommandsGoOnWhenANodeIsGone() {
    try (EmbeddedCluster cluster = start(2);
        AerospikeClient client = Clients.connect(cluster)) {
      cluster.killNode(0);
      waitFor(() -> client.getNodeNames().size() == 2);
      for (int i = 0; i < 100; i++) {
        assertThat(client.get(null, new Key("test", "s", i)).getLong("i")).isEqualTo(i);
      }
    }
  }
}
