package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.embedded.EmbeddedCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people do wrong when they name a cluster, and how clients are shared. */
@Timeout(60)
class ConnectTest {
  @AfterEach
  void closeClients() {
    ClusterClients.closeIdle();
  }

  @Test
  void saysThatAHostIsUnknown() {
    assertThatThrownBy(() -> ClusterClients.acquire(ConnectionSpec.of("no-such-host.invalid")))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_SUCH_HOST))
        .hasMessageContaining("'no-such-host.invalid'");
  }

  @Test
  void saysThatNothingListens() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThatThrownBy(() -> ClusterClients.acquire(ConnectionSpec.of("127.0.0.1:" + port)))
        .isInstanceOfSatisfying(
            ClusterException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.REFUSED);
              assertThat(e.getMessage()).doesNotContain("\n");
            })
        .hasMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void saysThatItIsNoAerospikeServer() throws Exception {
    try (Impostor web = new Impostor("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      assertThatThrownBy(() -> ClusterClients.acquire(spec(web.port())))
          .isInstanceOfSatisfying(
              ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_AEROSPIKE));
    }
  }

  @Test
  void saysThatNobodyAnswers() throws Exception {
    try (Impostor silent = new Impostor("")) {
      assertThatThrownBy(() -> ClusterClients.acquire(spec(silent.port())))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("127.0.0.1:" + silent.port());
    }
  }

  @Test
  void saysMostOfTheSeedThatAnswers() throws Exception {
    try (Impostor web = new Impostor("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      ConnectionSpec spec =
          ConnectionSpec.of("no-such-host.invalid,127.0.0.1:" + web.port())
              .withConnectTimeoutMillis(300);
      assertThatThrownBy(() -> ClusterClients.acquire(spec))
          .hasMessageContaining("127.0.0.1:" + web.port());
    }
  }

  @Test
  void connectsIfOneSeedAnswers() throws Exception {
    try (EmbeddedCluster cluster = start();
        ClusterClient client =
            ClusterClients.acquire(ConnectionSpec.of("no-such-host.invalid," + cluster.seeds()))) {
      assertThat(client.nodes()).hasSize(1);
    }
  }

  @Test
  void refusesAClusterOfAnotherName() {
    try (EmbeddedCluster cluster = start()) {
      ConnectionSpec spec =
          ConnectionSpec.of(cluster.seeds())
              .withConnectTimeoutMillis(500)
              .withClusterName("production");
      assertThatThrownBy(() -> ClusterClients.acquire(spec))
          .isInstanceOfSatisfying(
              ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSTABLE))
          .hasMessageContaining("production");
    }
  }

  @Test
  void findsPeersByTheirAlternateAddresses() throws Exception {
    try (EmbeddedCluster cluster = EmbeddedCluster.builder().nodes(2).namespace("test").start();
        TamperingProxy first = new TamperingProxy(cluster.port(0));
        TamperingProxy second = new TamperingProxy(cluster.port(1))) {
      cluster.alternatePorts(first.port(), second.port());
      ConnectionSpec spec = spec(first.port());
      try (ClusterClient standard = ClusterClients.acquire(spec);
          ClusterClient alternate = ClusterClients.acquire(spec.withServicesAlternate(true))) {
        assertThat(ports(standard)).containsExactlyInAnyOrder(first.port(), cluster.port(1));
        assertThat(ports(alternate)).containsExactlyInAnyOrder(first.port(), second.port());
      }
    }
  }

  private static List<Integer> ports(ClusterClient client) throws ClusterException {
    return client.nodes().stream().map(node -> node.getHost().port).toList();
  }

  @Test
  void connectsByIpVersion6() throws Exception {
    InetAddress loopback = InetAddress.getByName("::1");
    Assumptions.assumeTrue(isThere(loopback), "this machine has no ::1");
    try (EmbeddedCluster cluster = start();
        TamperingProxy proxy = new TamperingProxy(loopback, cluster.port(0));
        ClusterClient client = ClusterClients.acquire(ConnectionSpec.of("[::1]:" + proxy.port()))) {
      assertThat(client.addresses())
          .singleElement()
          .satisfies(node -> assertThat(node.address()).isEqualTo(bracketed(client, proxy.port())));
      assertThat(ClusterState.read(client, "test").stable()).isTrue();
    }
    assertThatThrownBy(() -> ClusterClients.acquire(ConnectionSpec.of("[::1]:1")))
        .hasMessageContaining("[::1]:1");
  }

  /** The JDK spells ::1 out. */
  private static String bracketed(ClusterClient client, int port) throws ClusterException {
    return "[" + client.nodes().get(0).getHost().name + "]:" + port;
  }

  private static boolean isThere(InetAddress address) {
    try (ServerSocket socket = new ServerSocket(0, 1, address)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void sharesClientsAndClosesIdleOnes() throws Exception {
    try (EmbeddedCluster cluster = start()) {
      ConnectionSpec spec = ConnectionSpec.of(cluster.seeds());
      ClusterClient one = ClusterClients.acquire(spec);
      ClusterClient two = ClusterClients.acquire(spec);
      assertThat(two.cluster()).isSameAs(one.cluster());
      ClusterClient other = ClusterClients.acquire(spec.withTendIntervalMillis(500));
      assertThat(other.cluster()).isNotSameAs(one.cluster());
      other.close();
      one.close();
      one.close();
      ClusterClients.closeIdle();
      assertThat(ClusterClients.open()).isEqualTo(1);
      assertThat(two.cluster().isActive()).isTrue();
      assertThatThrownBy(one::cluster).isInstanceOf(IllegalStateException.class);
      var shared = two.cluster();
      two.close();
      assertThat(shared.isActive()).as("it lingers").isTrue();
      try (ClusterClient again = ClusterClients.acquire(spec)) {
        assertThat(again.cluster()).isSameAs(shared);
      }
      ClusterClients.closeIdle();
      assertThat(shared.isActive()).isFalse();
      assertThat(ClusterClients.open()).isZero();
    }
  }

  private static ConnectionSpec spec(int port) {
    return ConnectionSpec.of("127.0.0.1:" + port).withConnectTimeoutMillis(300);
  }

  private static EmbeddedCluster start() {
    return EmbeddedCluster.builder().namespace("test").start();
  }

  /** Listens, and answers everything with a text. */
  private static final class Impostor implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    Impostor(String answer) throws IOException {
      Thread thread =
          new Thread(
              () -> {
                while (!server.isClosed()) {
                  try {
                    serve(server.accept(), answer);
                  } catch (IOException e) {
                    // The next one, or the end.
                  }
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    private static void serve(Socket socket, String answer) throws IOException {
      if (!answer.isEmpty()) {
        InputStream in = socket.getInputStream();
        if (in.read(new byte[8192]) > 0) {
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }
        socket.close();
      }
    }

    int port() {
      return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
