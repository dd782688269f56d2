package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aerospike.client.AerospikeClient;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.embedded.EmbeddedCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who shares a client with whom, and clients that the program brings along. */
@Timeout(60)
class SharedClientsTest {
  private EmbeddedCluster cluster;

  @BeforeEach
  void start() {
    cluster = EmbeddedCluster.builder().namespace("test").start();
  }

  @AfterEach
  void stop() {
    ClusterClients.closeIdle();
    cluster.close();
  }

  @Test
  void sharesOnlyWithEqualSecrets() throws Exception {
    ConnectionSpec spec = ConnectionSpec.of(cluster.seeds()).withUser("ann", "env:P");
    try (ClusterClient one = ClusterClients.acquire(spec, secret("one"));
        ClusterClient same = ClusterClients.acquire(spec, secret("one"));
        ClusterClient other = ClusterClients.acquire(spec, secret("two"));
        ClusterClient bob = ClusterClients.acquire(spec.withUser("bob", "env:P"), secret("one"))) {
      assertThat(same.cluster()).isSameAs(one.cluster());
      assertThat(List.of(other.cluster(), bob.cluster())).doesNotContain(one.cluster());
      assertThat(other.cluster()).isNotSameAs(bob.cluster());
    }
  }

  @Test
  void handsOnWhatTheSourceSays() {
    ConnectionSpec spec = ConnectionSpec.of(cluster.seeds()).withUser("ann", "file:/none");
    FileNotFoundException problem = new FileNotFoundException("no file /none");
    assertThatThrownBy(
            () ->
                ClusterClients.acquire(
                    spec,
                    reference -> {
                      throw problem;
                    }))
        .isSameAs(problem);
    assertThatThrownBy(() -> ClusterClients.acquire(spec))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
        .hasMessageContaining("file:/none");
    assertThat(ClusterClients.open()).isZero();
  }

  @Test
  void usesALentClientAndNeverClosesIt() throws Exception {
    try (AerospikeClient own = new AerospikeClient("127.0.0.1", cluster.port(0))) {
      try (ClusterClients.Loan loan = ClusterClients.lend("mine", own)) {
        assertThat(loan).isNotNull();
        ConnectionSpec spec = ConnectionSpec.existing("mine");
        try (ClusterClient lease = ClusterClients.acquire(spec)) {
          assertThat(lease.cluster()).isSameAs(own.getCluster());
          assertThat(ClusterState.read(lease, "test").nodes()).hasSize(1);
        }
        assertThatThrownBy(() -> ClusterClients.lend("mine", own))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("'mine'");
        ClusterClients.closeIdle();
        assertThat(own.isConnected()).isTrue();
      }
      assertThatThrownBy(() -> ClusterClients.acquire(ConnectionSpec.existing("mine")))
          .isInstanceOfSatisfying(
              ClusterException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
                assertThat(e.isTransient()).isFalse();
              })
          .hasMessageContaining("'mine'")
          .hasMessageContaining("its own process");
    }
  }

  @Test
  void refusesALentClientThatIsClosed() {
    AerospikeClient own = new AerospikeClient("127.0.0.1", cluster.port(0));
    own.close();
    try (ClusterClients.Loan loan = ClusterClients.lend("closed", own)) {
      assertThat(loan).isNotNull();
      assertThatThrownBy(() -> ClusterClients.acquire(ConnectionSpec.existing("closed")))
          .hasMessageContaining("'closed'")
          .hasMessageContaining("lend one that is connected");
    }
  }

  @Test
  void opensConnectionsBeforeThereIsWork() throws Exception {
    ConnectionSpec spec = ConnectionSpec.of(cluster.seeds()).withMinConnectionsPerNode(5);
    try (ClusterClient warm = ClusterClients.acquire(spec)) {
      assertThat(warm.nodes().get(0).getConnectionStats().inPool).isGreaterThanOrEqualTo(5);
    }
  }

  private static SecretSource secret(String text) {
    return reference -> text.getBytes(StandardCharsets.UTF_8);
  }
}
