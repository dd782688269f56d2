package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.asbeam.aerospike.ClusterException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** What a community server says to what only an enterprise server can do, and the rest. */
@Timeout(60)
@EnabledIfEnvironmentVariable(named = Fixture.SERVER_VARIABLE, matches = ".+")
class RealServerConnectTest {
  private final ConnectionSpec spec =
      ConnectionSpec.of(Fixture.realServer()).withConnectTimeoutMillis(3000);

  @AfterEach
  void closeClients() {
    ClusterClients.closeIdle();
  }

  @Test
  void saysThatItHasNoUsers() {
    refused(spec.withUser("ann", "env:P"), Kind.UNSUPPORTED, "security is not enabled");
  }

  @Test
  void saysThatItHasNoRacks() throws IOException {
    refused(spec.withPreferRacks(List.of(1)), Kind.UNSUPPORTED, "has no racks");
    try (ClusterClient client = ClusterClients.acquire(spec)) {
      assertThatThrownBy(() -> client.racks(Fixture.NAMESPACE))
          .hasMessageContaining("enterprise edition");
    }
  }

  @Test
  void saysThatItsPortSpeaksNoTls() {
    refused(spec.withTls(TlsSpec.ON.withName("x")), Kind.TLS, "does not speak TLS");
  }

  @Test
  void worksBehindIpVersion6AndWithAllSettings() throws IOException {
    String[] server = Fixture.realServer().split(":");
    try (TamperingProxy proxy =
        new TamperingProxy(InetAddress.getByName("::1"), Integer.parseInt(server[1]))) {
      ConnectionSpec all =
          ConnectionSpec.of("[::1]:" + proxy.port())
              .withIdleTimeoutMillis(1500)
              .withLoginTimeoutMillis(2000)
              .withMinConnectionsPerNode(3)
              .withServicesAlternate(true);
      try (ClusterClient client = ClusterClients.acquire(all)) {
        assertThat(ClusterState.read(client, Fixture.NAMESPACE).nodes()).hasSize(1);
        assertThat(client.nodes().get(0).getConnectionStats().inPool).isGreaterThanOrEqualTo(3);
        NodeAddress node = client.addresses().get(0);
        assertThat(client.partitionsOfNodes(Fixture.NAMESPACE, List.of(node.name())).size())
            .isEqualTo(4096);
      }
    }
  }

  private static void refused(ConnectionSpec spec, Kind kind, String says) {
    assertThatThrownBy(
            () ->
                ClusterClients.acquire(
                    spec, reference -> "secret".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
        .hasMessageContaining(says);
  }
}
