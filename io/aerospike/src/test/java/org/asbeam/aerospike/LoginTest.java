package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aerospike.client.admin.AdminCommand;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.embedded.Authenticator;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.ResultCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users that log in, by what goes over the wire and by what an error says. */
@Timeout(60)
class LoginTest {
  private static final String PASSWORD = "correct horse";

  @AfterEach
  void closeClients() {
    ClusterClients.closeIdle();
  }

  @Test
  void logsInToAllNodes() throws Exception {
    try (EmbeddedCluster cluster = secured(3);
        ClusterClient client = ClusterClients.acquire(spec(cluster), secret(PASSWORD))) {
      assertThat(ClusterState.read(client, "test").nodes()).hasSize(3);
    }
  }

  @Test
  void saysWhoMayNotLogIn() {
    try (EmbeddedCluster cluster = secured(1)) {
      refused(spec(cluster), "wrong", Kind.ACCESS_DENIED, "'ann'")
          .hasMessageContaining("password is wrong")
          .hasMessageNotContaining("'wrong'");
      refused(spec(cluster).withUser("bob", "env:P"), PASSWORD, Kind.ACCESS_DENIED, "'bob'")
          .hasMessageContaining("does not exist");
      refused(ConnectionSpec.of(cluster.seeds()), "", Kind.ACCESS_DENIED, "asks for a user");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "51, UNSUPPORTED, security is not enabled",
    "60, ACCESS_DENIED, does not exist",
    "62, ACCESS_DENIED, password is wrong",
    "63, ACCESS_DENIED, has expired",
    "65, ACCESS_DENIED, password is wrong",
    "81, ACCESS_DENIED, no role",
    "82, ACCESS_DENIED, this machine's address",
    "93, ACCESS_DENIED, external authentication",
    "54, ACCESS_DENIED, was refused",
  })
  void saysWhyALoginIsRefused(int code, Kind kind, String says) {
    try (EmbeddedCluster cluster =
        EmbeddedCluster.builder().namespace("test").authenticator(attempt -> code).start()) {
      refused(spec(cluster), PASSWORD, kind, says)
          .hasMessageContaining("'ann'")
          .hasMessageContaining("127.0.0.1:" + cluster.port(0))
          .hasMessageNotContaining(PASSWORD);
    }
  }

  @Test
  void goesOnWithoutLoginWhereSecurityIsNotConfigured() throws Exception {
    try (EmbeddedCluster cluster = EmbeddedCluster.builder().namespace("test").start();
        ClusterClient client = ClusterClients.acquire(spec(cluster), secret(PASSWORD))) {
      assertThat(client.nodes()).hasSize(1);
    }
  }

  /** The bytes of the protocol, written down here once more from its description. */
  @Test
  void sendsTheHashAndNeverThePassword() throws Exception {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(expected);
    byte[] user = "ann".getBytes(StandardCharsets.UTF_8);
    byte[] hash = AdminCommand.hashPassword(PASSWORD).getBytes(StandardCharsets.US_ASCII);
    out.write(HexFormat.of().parseHex("0202"));
    out.writeShort(0);
    out.writeInt(16 + 5 + user.length + 5 + hash.length);
    out.write(HexFormat.of().parseHex("00001402" + "00".repeat(12)));
    out.writeInt(1 + user.length);
    out.writeByte(0);
    out.write(user);
    out.writeInt(1 + hash.length);
    out.writeByte(3);
    out.write(hash);
    assertThat(new String(hash, StandardCharsets.US_ASCII))
        .startsWith("$2a$10$7EqJtq98hPqEX7fNZaFWoO");
    byte[] sent =
        firstBytes(
            expected.size(),
            spec -> ClusterClients.acquire(spec.withUser("ann", "env:P"), secret(PASSWORD)));
    assertThat(sent).isEqualTo(expected.toByteArray());
  }

  @Test
  void sendsThePasswordOnlyOverTls(@TempDir Path folder) throws Exception {
    List<Authenticator.Attempt> attempts = new CopyOnWriteArrayList<>();
    try (EmbeddedCluster cluster =
        EmbeddedCluster.builder()
            .namespace("test")
            .authenticator(
                attempt -> {
                  attempts.add(attempt);
                  return ResultCode.OK;
                })
            .start()) {
      ConnectionSpec external = spec(cluster).withAuthMode(AuthMode.EXTERNAL);
      refused(external, PASSWORD, Kind.CONFIGURATION, "turn on TLS");
      assertThat(attempts).isEmpty();
      TestCa ca = new TestCa("Authority");
      TlsSpec tls =
          TlsSpec.ON
              .withCaFile(TestCa.pem(folder.resolve("ca.pem"), ca.certificate))
              .withName("node.example");
      try (TlsProxy proxy =
          new TlsProxy(cluster.port(0), ca.issue("node.example").serverContext(null), false)) {
        cluster.tlsPorts("node.example", proxy.port());
        ConnectionSpec spec =
            ConnectionSpec.of("127.0.0.1:" + proxy.port())
                .withUser("ann", "env:P")
                .withAuthMode(AuthMode.EXTERNAL)
                .withTls(tls);
        try (ClusterClient client = ClusterClients.acquire(spec, secret(PASSWORD))) {
          assertThat(client.nodes()).hasSize(1);
        }
        assertThat(attempts)
            .isNotEmpty()
            .allSatisfy(
                attempt -> {
                  assertThat(attempt.user()).isEqualTo("ann");
                  assertThat(attempt.password()).isEqualTo(PASSWORD);
                });
      }
    }
  }

  @Test
  void logsInByCertificateWithoutUserAndPassword(@TempDir Path folder) throws Exception {
    List<Authenticator.Attempt> attempts = new CopyOnWriteArrayList<>();
    try (EmbeddedCluster cluster =
        EmbeddedCluster.builder()
            .namespace("test")
            .authenticator(
                attempt -> {
                  attempts.add(attempt);
                  return ResultCode.OK;
                })
            .start()) {
      TestCa ca = new TestCa("Authority");
      TestCa.Identity ann = ca.issue("ann");
      TlsSpec tls =
          TlsSpec.ON
              .withCaFile(TestCa.pem(folder.resolve("ca.pem"), ca.certificate))
              .withName("node.example");
      try (TlsProxy proxy =
          new TlsProxy(cluster.port(0), ca.issue("node.example").serverContext(ca), true)) {
        cluster.tlsPorts("node.example", proxy.port());
        ConnectionSpec spec =
            ConnectionSpec.of("127.0.0.1:" + proxy.port()).withAuthMode(AuthMode.PKI).withTls(tls);
        refused(spec, "", Kind.CONFIGURATION, "by the client's certificate");
        ConnectionSpec whole =
            spec.withTls(
                tls.withCertificate(
                    TestCa.pem(folder.resolve("cert.pem"), ann.certificate()),
                    TestCa.pem(
                        folder.resolve("key.pem"),
                        new org.bouncycastle.util.io.pem.PemObject(
                            "PRIVATE KEY", ann.keys().getPrivate().getEncoded()))));
        try (ClusterClient client = ClusterClients.acquire(whole)) {
          assertThat(client.nodes()).hasSize(1);
        }
        assertThat(attempts).isNotEmpty().containsOnly(new Authenticator.Attempt("", "", ""));
      }
    }
  }

  @Test
  void refusesAPasswordThatCanBeNone() {
    try (EmbeddedCluster cluster = secured(1)) {
      refused(spec(cluster), "x".repeat(5000), Kind.CONFIGURATION, "5000 bytes")
          .hasMessageNotContaining("xxx");
    }
  }

  private static EmbeddedCluster secured(int nodes) {
    return EmbeddedCluster.builder()
        .nodes(nodes)
        .namespace("test")
        .authenticator(Authenticator.ofHashes(Map.of("ann", AdminCommand.hashPassword(PASSWORD))))
        .start();
  }

  private static ConnectionSpec spec(EmbeddedCluster cluster) {
    return ConnectionSpec.of(cluster.seeds())
        .withUser("ann", "env:P")
        .withConnectTimeoutMillis(2000);
  }

  private static SecretSource secret(String text) {
    return reference -> text.getBytes(StandardCharsets.UTF_8);
  }

  private interface Connecting {
    ClusterClient on(ConnectionSpec spec) throws IOException;
  }

  /** What a client sends first to a server that never answers. */
  private static byte[] firstBytes(int count, Connecting connecting) throws Exception {
    CompletableFuture<byte[]> sent = new CompletableFuture<>();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread reader =
          new Thread(
              () -> {
                try (Socket socket = server.accept()) {
                  byte[] bytes = new byte[count];
                  new DataInputStream(socket.getInputStream()).readFully(bytes);
                  sent.complete(bytes);
                } catch (IOException e) {
                  sent.completeExceptionally(e);
                }
              });
      reader.setDaemon(true);
      reader.start();
      assertThatThrownBy(
              () ->
                  connecting.on(
                      ConnectionSpec.of("127.0.0.1:" + server.getLocalPort())
                          .withConnectTimeoutMillis(500)))
          .isInstanceOf(ClusterException.class);
      return sent.get();
    }
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(
      ConnectionSpec spec, String password, Kind kind, String says) {
    ClusterException refusal =
        catchThrowableOfType(
            ClusterException.class, () -> ClusterClients.acquire(spec, secret(password)).close());
    assertThat(refusal).isNotNull();
    assertThat(refusal.kind()).as(refusal.getMessage()).isEqualTo(kind);
    assertThat(refusal.getMessage()).doesNotContain("\n");
    return assertThat(refusal).hasMessageContaining(says);
  }
}
