package org.asbeam.storage.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.asbeam.storage.crypto.TestCertificates;
import org.asbeam.storage.journal.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretAgentTest {
  private static final String SECRET = "hunter2-hunter2";
  private static final FakeAgent.Answer RIGHT =
      (request, out) -> out.write(FakeAgent.frame("{\"SecretValue\":\"" + SECRET + "\"}"));

  @TempDir Path folder;

  @Test
  void asksOverTcp() throws Exception {
    try (FakeAgent agent = FakeAgent.tcp(RIGHT)) {
      assertThat(new Secrets(agent.spec()).resolveText("secrets:backup:enc-key")).isEqualTo(SECRET);
      assertThat(agent.requests())
          .containsExactly("{\"Resource\":\"backup\",\"SecretKey\":\"enc-key\"}");
      SecretAgentSpec joined = SecretAgentSpec.tcp("127.0.0.1:" + agent.spec().port(), 0);
      assertThat(new Secrets(joined).resolveText("secrets:a:b")).isEqualTo(SECRET);
    }
  }

  @Test
  void asksOnceForEachSecret() throws Exception {
    try (FakeAgent agent = FakeAgent.tcp(RIGHT)) {
      Secrets secrets = new Secrets(agent.spec());
      secrets.resolve("secrets:a:b")[0] = 0;
      assertThat(secrets.resolveText("secrets:a:b")).isEqualTo(SECRET);
      assertThat(agent.requests()).hasSize(1);
      secrets.resolve("secrets:a:c");
      assertThat(agent.requests()).hasSize(2);
    }
  }

  @Test
  void asksOverAUnixSocket() throws Exception {
    try (FakeAgent agent = FakeAgent.unix(folder.resolve("s"), RIGHT)) {
      assertThat(new Secrets(agent.spec()).resolveText("secrets:a:b")).isEqualTo(SECRET);
    }
  }

  @Test
  void asksForWhatJsonMustEscape() throws Exception {
    try (FakeAgent agent = FakeAgent.tcp(RIGHT)) {
      new Secrets(agent.spec()).resolve("secrets:a\"b:\u00fc\\");
      assertThat(agent.requests())
          .containsExactly("{\"Resource\":\"a\\\"b\",\"SecretKey\":\"\u00fc\\\\\"}");
    }
  }

  @Test
  void takesBase64WhenTold() throws Exception {
    String coded = Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8));
    FakeAgent.Answer answer =
        (request, out) -> out.write(FakeAgent.frame("{\"SecretValue\":\"" + coded + "\\n\"}"));
    try (FakeAgent agent = FakeAgent.tcp(answer)) {
      Secrets decoding = new Secrets(agent.spec().withBase64(true));
      assertThat(decoding.resolveText("secrets:a:b")).isEqualTo(SECRET);
      assertThat(new Secrets(agent.spec()).resolveText("secrets:a:b")).isEqualTo(coded + "\n");
    }
    try (FakeAgent agent = FakeAgent.tcp(RIGHT)) {
      SecretAgentSpec spec = agent.spec().withBase64(true);
      assertFails(spec, false, "the secret is no base64");
    }
  }

  @Test
  void tellsWhatTheAgentAnswers() throws Exception {
    assertAnswer("{\"Error\":\"no such\\nresource\"}", "answers: no such resource");
    assertAnswer("{\"Error\":\"" + "x".repeat(1000) + "\"}", "x...");
    assertAnswer("{\"Error\":\"\"}", "has neither a SecretValue nor an Error");
    assertAnswer("{\"Error\":\"\",\"SecretValue\":7}", "has neither");
    assertAnswer("[]", "has neither");
    assertAnswer("{\"SecretValue\":\"\"}", "the secret is empty");
    assertAnswer("", "has neither");
  }

  @Test
  void showsNothingOfAnAnswerThatIsNoJson() throws Exception {
    assertAnswer("{\"SecretValue\":\"" + SECRET, "is no JSON");
    assertAnswer(SECRET, "is no JSON");
    assertAnswer("{\"SecretValue\":\"" + SECRET + "\"} " + SECRET, "is no JSON");
  }

  @Test
  void believesNoLengthAndNoMagic() throws Exception {
    assertBytes(
        FakeAgent.frame(0x51DEC1CC, Integer.MAX_VALUE, new byte[9]), "has 2147483647 bytes");
    assertBytes(FakeAgent.frame(0x51DEC1CC, -1, new byte[9]), "has 4294967295 bytes");
    assertBytes(FakeAgent.frame(0x51DEC1CC, (1 << 20) + 1, new byte[9]), "1048576 are the most");
    assertBytes("HTTP/1.1 400 Bad".getBytes(StandardCharsets.US_ASCII), "starts with 48545450");
  }

  @Test
  void aCutAnswerIsWorthAnotherTry() throws Exception {
    byte[] whole = FakeAgent.frame("{\"SecretValue\":\"" + SECRET + "\"}");
    for (int length = 0; length < whole.length; length += 5) {
      int cut = length;
      try (FakeAgent agent = FakeAgent.tcp((request, out) -> out.write(whole, 0, cut))) {
        assertFails(agent.spec(), true, "ended the connection within its answer");
      }
    }
  }

  @Test
  void aSlowAnswerIsNotWaitedFor() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    FakeAgent.Answer silent = (request, out) -> done.await();
    // A byte now and then is not enough: the whole answer has its time.
    FakeAgent.Answer dripping =
        (request, out) -> {
          for (byte b : FakeAgent.frame("{\"Error\":\"" + "x".repeat(1000) + "\"}")) {
            out.write(b);
            out.flush();
            done.await(20, java.util.concurrent.TimeUnit.MILLISECONDS);
          }
        };
    for (FakeAgent.Answer answer : new FakeAgent.Answer[] {silent, dripping}) {
      try (FakeAgent tcp = FakeAgent.tcp(answer);
          FakeAgent unix =
              FakeAgent.unix(Files.createTempDirectory(folder, "u").resolve("s"), answer)) {
        for (FakeAgent agent : new FakeAgent[] {tcp, unix}) {
          assertFails(
              agent.spec().withTimeout(Duration.ofMillis(200)),
              true,
              "did not answer within 200 ms");
        }
      }
    }
    done.countDown();
  }

  @Test
  void nobodyThere() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertFails(SecretAgentSpec.tcp("127.0.0.1", port), true, "could not connect: ");
    assertFails(SecretAgentSpec.unix(folder.resolve("none").toString()), true, "could not connect");
    assertThatThrownBy(() -> new Secrets(SecretAgentSpec.tcp("here", 0)).resolve("secrets:a:b"))
        .hasMessage("the Secret Agent's address here has no port: give it with --sa-port");
  }

  @Test
  void speaksTlsToWhomItTrusts() throws Exception {
    TestCertificates ca = TestCertificates.authority("test ca");
    TestCertificates other = TestCertificates.authority("other ca");
    String caFile = ca.writeCertificate(folder.resolve("ca.pem")).toString();
    String otherFile = other.writeCertificate(folder.resolve("other.pem")).toString();
    try (FakeAgent agent = FakeAgent.tcp(tlsServer(ca.issue("agent.test"), null), RIGHT)) {
      SecretAgentSpec spec = agent.spec().withTls(caFile, "agent.test");
      assertThat(new Secrets(spec).resolveText("secrets:a:b")).isEqualTo(SECRET);
      assertFails(
          agent.spec().withTls(otherFile, "agent.test"), false, "the TLS connection failed");
      assertFails(agent.spec().withTls(caFile, "else.test"), false, "the TLS connection failed");
      assertFails(agent.spec().withTls(caFile, ""), false, "the TLS connection failed");
    }
  }

  @Test
  void showsItsCertificateWhenAsked() throws Exception {
    TestCertificates ca = TestCertificates.authority("test ca");
    TestCertificates own = ca.issue("client");
    String caFile = ca.writeCertificate(folder.resolve("ca.pem")).toString();
    String cert = own.writeCertificate(folder.resolve("own.pem")).toString();
    String key = own.writeKey(folder.resolve("own.key")).toString();
    try (FakeAgent agent = FakeAgent.tcp(tlsServer(ca.issue("agent.test"), ca), RIGHT)) {
      SecretAgentSpec spec = agent.spec().withTls(caFile, "agent.test");
      assertThat(new Secrets(spec.withCertificate(cert, key)).resolveText("secrets:a:b"))
          .isEqualTo(SECRET);
      assertThatThrownBy(() -> new Secrets(spec).resolve("secrets:a:b"))
          .isInstanceOf(SecretException.class);
    }
  }

  @Test
  void filesOfTlsThatAreNoneAreNamed() throws Exception {
    String none = folder.resolve("none.pem").toString();
    String empty = Files.writeString(folder.resolve("empty.pem"), "nothing").toString();
    SecretAgentSpec spec = SecretAgentSpec.tcp("127.0.0.1", 1);
    String ca =
        TestCertificates.authority("ca").writeCertificate(folder.resolve("ca.pem")).toString();
    assertTlsFails(spec.withTls(none, ""), "the CA file " + none);
    assertTlsFails(spec.withTls(empty, ""), "holds no certificate in PEM");
    SecretAgentSpec trusting = spec.withTls(ca, "");
    assertTlsFails(trusting.withCertificate(none, none), "the certificate " + none);
    assertTlsFails(trusting.withCertificate(ca, none), "the key " + none);
    assertTlsFails(trusting.withCertificate(ca, ca), "holds no private key in PEM");
  }

  @Test
  void specificationsThatCantWorkAreRefused() {
    SecretAgentSpec tcp = SecretAgentSpec.tcp("a", 1);
    assertThatThrownBy(() -> SecretAgentSpec.tcp(" ", 1)).hasMessageContaining("no address");
    assertThatThrownBy(() -> SecretAgentSpec.tcp("a", 65536)).hasMessageContaining("65536");
    assertThatThrownBy(() -> tcp.withTimeout(Duration.ZERO)).hasMessageContaining("timeout");
    assertThatThrownBy(() -> tcp.withTls("ca", "").withCertificate("c", ""))
        .hasMessageContaining("need each other");
    assertThatThrownBy(() -> tcp.withTls("", "name")).hasMessageContaining("without a CA file");
    assertThatThrownBy(() -> SecretAgentSpec.unix("/s").withTls("ca", ""))
        .hasMessageContaining("needs TCP");
  }

  @Test
  void specificationsTravel() throws Exception {
    SecretAgentSpec spec =
        SecretAgentSpec.tcp("agent", 3005).withTls("ca", "n").withCertificate("c", "k");
    assertThat(Json.fromTree(Json.toTree(spec), SecretAgentSpec.class)).isEqualTo(spec);
    assertThat(spec).hasToString("agent:3005");
  }

  private static void assertAnswer(String json, String message) throws Exception {
    assertBytes(FakeAgent.frame(json), message);
  }

  private static void assertBytes(byte[] answer, String message) throws Exception {
    try (FakeAgent agent = FakeAgent.tcp((request, out) -> out.write(answer))) {
      assertFails(agent.spec(), false, message);
    }
  }

  private static void assertFails(SecretAgentSpec spec, boolean passing, String message) {
    assertThatThrownBy(() -> new Secrets(spec).resolve("secrets:a:b"))
        .isInstanceOfSatisfying(
            SecretException.class, e -> assertThat(e.isTransient()).isEqualTo(passing))
        .hasMessageStartingWith("secrets:a:b: the Secret Agent at " + spec + " ")
        .hasMessageContaining(message)
        .hasMessageNotContainingAny(SECRET, "\n")
        .hasNoCause();
  }

  private static void assertTlsFails(SecretAgentSpec spec, String message) {
    assertThatThrownBy(() -> new Secrets(spec).resolve("secrets:a:b"))
        .isInstanceOf(SecretException.class)
        .hasMessageContaining(message);
  }

  /** A server of this certificate, which asks for one of an authority if it is given. */
  private static SSLServerSocket tlsServer(TestCertificates own, TestCertificates clients)
      throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    Certificate[] chain = {certificate(own)};
    store.setKeyEntry("own", own.keys().getPrivate(), new char[0], chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, new char[0]);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", certificate(clients == null ? own : clients));
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    SSLServerSocket socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    socket.setNeedClientAuth(clients != null);
    return socket;
  }

  private static Certificate certificate(TestCertificates from) throws Exception {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(from.der()));
  }
}
