package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.embedded.EmbeddedCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterStateTest {
  private EmbeddedCluster cluster;
  private ClusterClient client;

  @BeforeEach
  void start() throws Exception {
    cluster = EmbeddedCluster.builder().nodes(3).replicationFactor(2).namespace("test").start();
    client = ClusterClients.acquire(ConnectionSpec.of(cluster.seeds()).withTendIntervalMillis(250));
  }

  @AfterEach
  void stop() {
    client.close();
    ClusterClients.closeIdle();
    cluster.close();
  }

  @Test
  void countsRecordsOnce() throws Exception {
    for (int i = 0; i < 100; i++) {
      cluster.namespace("test").put("s", i);
    }
    ClusterState state = ClusterState.read(client, "test");
    assertThat(state.nodes()).hasSize(3);
    assertThat(state.masterObjects()).isEqualTo(100);
    assertThat(state.nodes().stream().mapToLong(NodeState::objects).sum()).isEqualTo(200);
    assertThat(state.replicationFactor()).isEqualTo(2);
    assertThat(state.stable()).isTrue();
  }

  @Test
  void isNotStableWhilePartitionsMigrate() throws Exception {
    cluster.namespace("test").migrating(5);
    ClusterState state = ClusterState.read(client, "test");
    assertThat(state.migrationsRemaining()).isPositive();
    assertThat(state.reasonsNotStable()).isNotEmpty().allMatch(text -> text.contains("migrations"));
    assertThatThrownBy(
            () -> ClusterState.awaitStable(client, "test", Duration.ofMillis(50), () -> false))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSTABLE))
        .hasMessageContaining("migrations");
    assertThatThrownBy(
            () -> ClusterState.awaitStable(client, "test", Duration.ofHours(1), () -> true))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STOPPED));
    AtomicInteger looks = new AtomicInteger();
    assertThat(
            ClusterState.awaitStable(
                    client,
                    "test",
                    Duration.ofHours(1),
                    () -> {
                      if (looks.incrementAndGet() == 2) {
                        cluster.namespace("test").migrating(0);
                      }
                      return false;
                    })
                .stable())
        .isTrue();
  }

  @Test
  void seesThatANodeLeft() throws Exception {
    ClusterState before = ClusterState.read(client, "test");
    String name = cluster.nodeName(2);
    cluster.killNode(2);
    ClusterState after;
    do {
      Thread.onSpinWait();
      after = readOr(before);
    } while (after.nodes().size() == 3);
    assertThat(after.differencesFrom(before))
        .anyMatch(text -> text.equals("nodes left: " + name))
        .anyMatch(text -> text.startsWith("cluster key"));
    assertThat(before.differencesFrom(after)).anyMatch(text -> text.equals("nodes came: " + name));
  }

  @Test
  void seesThatWritesStopped() throws Exception {
    cluster.namespace("test").stopWrites(true);
    assertThat(ClusterState.read(client, "test").stopWrites()).isTrue();
  }

  @Test
  void knowsTheMasters() throws Exception {
    var masters = ClusterState.masters(client, "test");
    for (int id = 0; id < 4096; id += 97) {
      assertThat(masters.get(id)).isEqualTo(cluster.nodeName(cluster.masterOf("test", id)));
    }
    assertThat(ClusterState.partitionsByMaster(client, "test")).hasSize(3);
  }

  /** While a node dies it may not answer. */
  private ClusterState readOr(ClusterState before) throws ClusterException {
    try {
      return ClusterState.read(client, "test");
    } catch (ClusterException e) {
      assertThat(e.kind()).isEqualTo(Kind.TRANSIENT);
      return before;
    }
  }
}
