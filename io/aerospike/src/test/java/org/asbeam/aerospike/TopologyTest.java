package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.format.PartitionSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Partitions by nodes and racks. */
@Timeout(60)
class TopologyTest {
  private EmbeddedCluster cluster;
  private ClusterClient client;

  @BeforeEach
  void start() throws Exception {
    cluster =
        EmbeddedCluster.builder()
            .nodes(4)
            .replicationFactor(2)
            .racks(1, 12, 1, 2)
            .namespace("test")
            .start();
    client = ClusterClients.acquire(ConnectionSpec.of(cluster.seeds()).withTendIntervalMillis(250));
  }

  @AfterEach
  void stop() {
    client.close();
    ClusterClients.closeIdle();
    cluster.close();
  }

  @Test
  void namesNodesByAllTheirAddresses() throws Exception {
    cluster.alternatePorts(4001, 4002, 4003, 4004);
    cluster.tlsPorts("node.example", 5001, 5002, 5003, 5004);
    assertThat(client.addresses())
        .hasSize(4)
        .contains(
            new NodeAddress(
                cluster.nodeName(1),
                "127.0.0.1:" + cluster.port(1),
                List.of("127.0.0.1:5002", "127.0.0.1:" + cluster.port(1), "127.0.0.1:4002")));
  }

  @Test
  void resolvesNamesAndAddresses() throws Exception {
    assertThat(
            client.partitionsOfNodes(
                "test", List.of(cluster.nodeName(0), " 127.0.0.1:" + cluster.port(2))))
        .isEqualTo(masteredBy(0, 2));
    assertThat(
            client.partitionsOfNodes("test", List.of(cluster.nodeName(3).toLowerCase(Locale.ROOT))))
        .isEqualTo(masteredBy(3));
    assertThat(client.partitionsOfNodes("test", List.of())).isEqualTo(PartitionSet.none());
  }

  @Test
  void refusesEveryEntryThatIsNoNode() {
    String known = cluster.nodeName(0);
    assertThatThrownBy(
            () ->
                client.partitionsOfNodes(
                    "test", List.of(known, "BB9NONE", "127.0.0.1", "127.0.0.1:1")))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
        .hasMessageContaining("'BB9NONE'")
        .hasMessageContaining("'127.0.0.1'")
        .hasMessageContaining("'127.0.0.1:1'")
        .hasMessageNotContaining("'" + known + "'")
        .hasMessageContaining(cluster.nodeName(3) + " (127.0.0.1:" + cluster.port(3) + ")");
  }

  @Test
  void resolvesRacksExactly() throws Exception {
    assertThat(client.racks("test"))
        .isEqualTo(
            Map.of(
                1, List.of(cluster.nodeName(0), cluster.nodeName(2)),
                2, List.of(cluster.nodeName(3)),
                12, List.of(cluster.nodeName(1))));
    // Rack 1 is no part of rack 12.
    assertThat(client.partitionsOfRacks("test", List.of(12))).isEqualTo(masteredBy(1));
    assertThat(client.partitionsOfRacks("test", List.of(1))).isEqualTo(masteredBy(0, 2));
    assertThat(client.partitionsOfRacks("test", List.of(1, 2, 12))).isEqualTo(PartitionSet.all());
  }

  @Test
  void refusesEveryRackThatIsNotThere() {
    assertThatThrownBy(() -> client.partitionsOfRacks("test", List.of(1, 3, 4)))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
        .hasMessageContaining("no rack 3, 4;")
        .hasMessageContaining("1, 2, 12");
  }

  @Test
  void followsNodesToOtherRacks() throws Exception {
    cluster.moveToRack(1, 2);
    assertThat(client.racks("test"))
        .containsOnlyKeys(1, 2)
        .containsEntry(2, List.of(cluster.nodeName(1), cluster.nodeName(3)));
  }

  @Test
  void saysThatThereAreNoRacks() throws Exception {
    try (EmbeddedCluster plain = EmbeddedCluster.builder().namespace("test").start();
        ClusterClient other = ClusterClients.acquire(ConnectionSpec.of(plain.seeds()))) {
      assertThatThrownBy(() -> other.partitionsOfRacks("test", List.of(1)))
          .isInstanceOfSatisfying(
              ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED))
          .hasMessageContaining("enterprise edition");
    }
  }

  @Test
  void namesNamespacesThatThereAre() {
    for (var query :
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            () -> client.partitionsOfNodes("none", List.of(cluster.nodeName(0))),
            () -> client.partitionsOfRacks("none", List.of(1)))) {
      assertThatThrownBy(query)
          .isInstanceOfSatisfying(
              ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_SUCH_NAMESPACE))
          .hasMessageContaining("it has: test");
    }
  }

  private PartitionSet masteredBy(int... nodes) {
    return PartitionSet.of(
        java.util.stream.IntStream.range(0, 4096)
            .filter(
                id ->
                    java.util.Arrays.stream(nodes)
                        .anyMatch(node -> node == cluster.masterOf("test", id))));
  }
}
