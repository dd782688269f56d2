package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aerospike.client.admin.AdminCommand;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.asbeam.embedded.Authenticator;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.NamespaceOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@Timeout(60)
class ClusterDescriptionTest {
  @AfterEach
  void closeClients() {
    ClusterClients.closeIdle();
  }

  @Test
  void describesNodesNamespaceSetsAndUsers() throws Exception {
    String hash = AdminCommand.hashPassword("p");
    try (EmbeddedCluster cluster =
            EmbeddedCluster.builder()
                .nodes(2)
                .racks(7, 8)
                .clusterName("prod")
                .authenticator(Authenticator.ofHashes(Map.of("ann", hash, "bob", hash)))
                .namespace("test", NamespaceOptions.DEFAULT.withDefaultTtl(77))
                .start();
        ClusterClient client =
            ClusterClients.acquire(
                ConnectionSpec.of(cluster.seeds()).withUser("ann", "env:P"),
                reference -> "p".getBytes(StandardCharsets.UTF_8))) {
      cluster.namespace("test").put("users", 1);
      Map<String, Object> tree = ClusterDescription.read(client, "test");
      assertThat(tree)
          .containsEntry("clusterName", "prod")
          .containsEntry("namespace", "test")
          .containsEntry("replicationFactor", 2L)
          .containsEntry("objects", 1L)
          .containsEntry("users", List.of("ann", "bob"))
          .containsEntry("roles", List.of("read-write", "sys-admin"))
          .containsEntry(
              "racks",
              Map.of("7", List.of(cluster.nodeName(0)), "8", List.of(cluster.nodeName(1))));
      assertThat(tree.get("clusterKey").toString()).isNotEmpty();
      assertThat(tree.get("nodes"))
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
          .hasSize(2)
          .first()
          .asInstanceOf(
              org.assertj.core.api.InstanceOfAssertFactories.map(String.class, Object.class))
          .containsEntry("name", cluster.nodeName(0))
          .containsEntry("address", "127.0.0.1:" + cluster.port(0))
          .containsEntry("build", "8.1.0.1")
          .extractingByKey("namespaceConfiguration")
          .asInstanceOf(
              org.assertj.core.api.InstanceOfAssertFactories.map(String.class, String.class))
          .containsEntry("default-ttl", "77")
          .containsEntry("replication-factor", "2");
      assertThat(tree.get("sets"))
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
          .singleElement()
          .asInstanceOf(
              org.assertj.core.api.InstanceOfAssertFactories.map(String.class, String.class))
          .containsEntry("set", "users")
          .containsEntry("disable-eviction", "false")
          .doesNotContainKey("objects");
      isPlainAndImmutable(tree);
    }
  }

  @Test
  void saysWhatCanNotBeHad() throws Exception {
    try (EmbeddedCluster cluster = EmbeddedCluster.builder().namespace("test").start();
        ClusterClient client = ClusterClients.acquire(ConnectionSpec.of(cluster.seeds()))) {
      Map<String, Object> tree = ClusterDescription.read(client, "test");
      assertThat(tree)
          .containsEntry("users", "not available: security is off")
          .containsEntry("roles", "not available: security is off");
      assertThat(tree.get("racks").toString()).contains("enterprise edition");
      assertThat(tree.get("roster").toString()).startsWith("not available");
      assertThatThrownBy(() -> ClusterDescription.read(client, "none"))
          .hasMessageContaining("'none'");
    }
  }

  @Test
  @EnabledIfEnvironmentVariable(named = Fixture.SERVER_VARIABLE, matches = ".+")
  void describesARealServer() throws Exception {
    try (ClusterClient client = ClusterClients.acquire(ConnectionSpec.of(Fixture.realServer()))) {
      Map<String, Object> tree = ClusterDescription.read(client, Fixture.NAMESPACE);
      assertThat(tree.get("users")).isEqualTo("not available: security is off");
      assertThat(tree.get("roster")).isEqualTo("not available: needs the enterprise edition");
      assertThat(tree.get("racks").toString()).contains("enterprise edition");
      assertThat(tree.get("nodes").toString())
          .contains("replication-factor=")
          .contains("Aerospike Community Edition");
      assertThat(client.partitionsOfNodes(Fixture.NAMESPACE, List.of(Fixture.realServer())).size())
          .isEqualTo(4096);
      isPlainAndImmutable(tree);
    }
  }

  private static void isPlainAndImmutable(Object part) {
    if (part instanceof Map<?, ?> map) {
      assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
      map.keySet().forEach(key -> assertThat(key).isInstanceOf(String.class));
      map.values().forEach(ClusterDescriptionTest::isPlainAndImmutable);
    } else if (part instanceof Collection<?> list) {
      assertThat(list).isInstanceOf(List.class);
      assertThatThrownBy(() -> list.remove(null)).isInstanceOf(UnsupportedOperationException.class);
      list.forEach(ClusterDescriptionTest::isPlainAndImmutable);
    } else {
      assertThat(part).isInstanceOfAny(String.class, Long.class);
    }
  }
}
