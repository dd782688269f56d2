package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.embedded.EmbeddedCluster;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.MiscPEMGenerator;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections over TLS: to proxies in front of a cluster, with certificates made here. */
@Timeout(60)
class TlsTest {
  private static final String PASSWORD = "open sesame";

  /** What {@code jdk.tls.disabledAlgorithms} of every JDK 17 has. */
  private static final String TURNED_OFF = "+TLSv1";

  private static EmbeddedCluster cluster;
  private static TestCa ca;
  private static TestCa.Identity server;
  private static TestCa.Identity client;

  @TempDir static Path folder;
  private static String caFile;

  @BeforeAll
  static void start() {
    cluster = EmbeddedCluster.builder().namespace("test").start();
    ca = new TestCa("Test Authority");
    server = ca.issue("node.example", "alt-1.example", "alt-2.example");
    client = ca.issue("ann");
    caFile = TestCa.pem(folder.resolve("ca.pem"), ca.certificate);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void closeClients() {
    ClusterClients.closeIdle();
  }

  @Test
  void talksToAllNodesOverTls() throws Exception {
    try (EmbeddedCluster two = EmbeddedCluster.builder().nodes(2).namespace("test").start();
        TlsProxy first = new TlsProxy(two.port(0), server.serverContext(null), false);
        TlsProxy second = new TlsProxy(two.port(1), server.serverContext(null), false)) {
      two.tlsPorts("node.example", first.port(), second.port());
      try (ClusterClient lease = ClusterClients.acquire(spec(first, trusting()))) {
        assertThat(ClusterState.read(lease, "test").nodes()).hasSize(2);
        assertThat(first.handshakes()).isPositive();
        assertThat(second.handshakes()).isPositive();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"node.example", "alt-1.example", "alt-2.example"})
  void knowsAServerByAnyOfItsNames(String name) throws Exception {
    try (TlsProxy proxy = proxy()) {
      connect(spec(proxy, trusting().withName(name)));
      // A name of the seed's own comes first.
      connect(
          ConnectionSpec.of("127.0.0.1:" + name + ":" + proxy.port())
              .withTls(trusting().withName("other.example"))
              .withConnectTimeoutMillis(2000));
    }
  }

  @Test
  void saysWhichNamesTheCertificateHas() throws Exception {
    try (TlsProxy proxy = proxy()) {
      refused(Kind.TLS, spec(proxy, trusting().withName("other.example")), "other.example")
          .hasMessageContaining("alt-1.example, alt-2.example, node.example");
      // Without a name it is the host's.
      refused(Kind.TLS, spec(proxy, trusting().withName("")), "'127.0.0.1'");
    }
  }

  @Test
  void doesNotTrustAnotherAuthority() throws Exception {
    String other =
        TestCa.pem(folder.resolve("other.pem"), new TestCa("Other Authority").certificate);
    try (TlsProxy proxy = proxy()) {
      refused(Kind.TLS, spec(proxy, trusting().withCaFile(other)), "CN=Test Authority")
          .hasMessageContaining(other);
      refused(Kind.TLS, spec(proxy, trusting().withCaFile("")), "no CA file was given");
    }
  }

  @Test
  void saysSinceWhenACertificateIsExpired() throws Exception {
    Instant end = Instant.parse("2024-02-03T04:05:06Z");
    TestCa.Identity old =
        ca.issue("EC", "node.example", end.minus(Duration.ofDays(1)), end, "node.example");
    try (TlsProxy proxy = new TlsProxy(cluster.port(0), old.serverContext(null), false)) {
      refused(Kind.TLS, spec(proxy, trusting()), "expired on 2024-02-03T04:05:06Z")
          .hasMessageContaining("CN=node.example");
    }
  }

  @Test
  void saysFromWhenACertificateIsValid() throws Exception {
    Instant start = Instant.parse("2999-02-03T04:05:06Z");
    TestCa.Identity early =
        ca.issue("EC", "node.example", start, start.plus(Duration.ofDays(1)), "node.example");
    try (TlsProxy proxy = new TlsProxy(cluster.port(0), early.serverContext(null), false)) {
      refused(Kind.TLS, spec(proxy, trusting()), "valid only from 2999-02-03T04:05:06Z");
    }
  }

  @Test
  void trustsAllCertificatesOfAFolder() throws Exception {
    Path cas = Files.createDirectories(folder.resolve("cas"));
    TestCa.pem(cas.resolve("a.pem"), new TestCa("One").certificate);
    // Two in one file, the right one last, and a file without any beside it.
    TestCa.pem(cas.resolve("b.crt"), new TestCa("Two").certificate, ca.certificate);
    Files.writeString(cas.resolve("README"), "certificates of the company");
    try (TlsProxy proxy = proxy()) {
      connect(spec(proxy, trusting().withCaFile("").withCaPath(cas.toString())));
    }
  }

  @Test
  void saysWhatIsWrongWithFilesOfAuthorities() throws Exception {
    String empty = Files.createDirectories(folder.resolve("empty")).toString();
    String text = Files.writeString(folder.resolve("text.pem"), "hello").toString();
    String damaged =
        Files.writeString(
                folder.resolve("damaged.pem"),
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n")
            .toString();
    try (TlsProxy proxy = proxy()) {
      TlsSpec tls = trusting();
      refused(Kind.CONFIGURATION, spec(proxy, tls.withCaFile("/no/ca.pem")), "'/no/ca.pem'")
          .hasMessageContaining("does not exist");
      refused(Kind.CONFIGURATION, spec(proxy, tls.withCaFile(text)), text)
          .hasMessageContaining("has no certificate");
      refused(Kind.CONFIGURATION, spec(proxy, tls.withCaFile(damaged)), damaged)
          .hasMessageContaining("damaged");
      refused(Kind.CONFIGURATION, spec(proxy, tls.withCaPath("/no/cas")), "'/no/cas'")
          .hasMessageContaining("does not exist");
      refused(Kind.CONFIGURATION, spec(proxy, tls.withCaPath(empty)), empty)
          .hasMessageContaining("no PEM file with a certificate");
    }
  }

  @Test
  void takesTheCertificatesFromASecret() throws Exception {
    byte[] pem = Files.readAllBytes(Path.of(caFile));
    try (TlsProxy proxy = proxy()) {
      ConnectionSpec spec = spec(proxy, trusting().withCaFile("secrets:tls:ca"));
      try (ClusterClient lease =
          ClusterClients.acquire(
              spec,
              reference -> {
                assertThat(reference).isEqualTo("secrets:tls:ca");
                return pem;
              })) {
        assertThat(lease.nodes()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void showsItsCertificateToAServerThatAsks(String version) throws Exception {
    try (TlsProxy proxy = new TlsProxy(cluster.port(0), server.serverContext(ca), true, version)) {
      TlsSpec tls = trusting().withProtocols(version);
      connect(spec(proxy, identified(tls, client, client.keys().getPrivate())));
      refused(Kind.TLS, spec(proxy, tls), "asks for a certificate of the client");
      TestCa.Identity stranger = new TestCa("Strangers").issue("eve");
      ClusterException refusal =
          refusal(spec(proxy, identified(tls, stranger, stranger.keys().getPrivate())));
      assertThat(refusal.kind()).isEqualTo(Kind.TLS);
    }
  }

  @Test
  void readsKeysOfAllForms() throws Exception {
    Instant now = Instant.now();
    TestCa.Identity rsa =
        ca.issue("RSA", "ann", now.minusSeconds(60), now.plus(Duration.ofDays(1)));
    try (TlsProxy proxy = new TlsProxy(cluster.port(0), server.serverContext(ca), true)) {
      for (TestCa.Identity identity : new TestCa.Identity[] {client, rsa}) {
        PrivateKey key = identity.keys().getPrivate();
        // PKCS#1 or SEC 1, PKCS#8, and both encrypted.
        connect(spec(proxy, identified(trusting(), identity, key)));
        connect(
            spec(
                proxy,
                identified(
                    trusting(),
                    identity,
                    new PemObject(
                        "PRIVATE KEY",
                        PrivateKeyInfo.getInstance(key.getEncoded()).getEncoded()))));
        for (Object encrypted : new Object[] {traditional(key), pkcs8(key)}) {
          connect(
              spec(proxy, identified(trusting(), identity, encrypted).withKeyPassword("env:KEY")));
        }
      }
    }
  }

  @Test
  void saysWhatIsWrongWithKeys() throws Exception {
    PrivateKey key = client.keys().getPrivate();
    try (TlsProxy proxy = new TlsProxy(cluster.port(0), server.serverContext(ca), true)) {
      for (Object encrypted : new Object[] {traditional(key), pkcs8(key)}) {
        TlsSpec tls = identified(trusting(), client, encrypted);
        refused(Kind.CONFIGURATION, spec(proxy, tls), tls.keyFile())
            .hasMessageContaining("no password");
        refused(Kind.CONFIGURATION, spec(proxy, tls.withKeyPassword("env:WRONG")), tls.keyFile())
            .hasMessageContaining("password for it is wrong")
            .hasMessageNotContaining("not it");
      }
      TlsSpec other = identified(trusting(), client, server.keys().getPrivate());
      refused(Kind.CONFIGURATION, spec(proxy, other), other.keyFile())
          .hasMessageContaining(other.certFile())
          .hasMessageContaining("another key")
          .hasMessageContaining("CN=ann");
      TlsSpec none = identified(trusting(), client, client.certificate());
      refused(Kind.CONFIGURATION, spec(proxy, none), none.keyFile())
          .hasMessageContaining("no private key");
      TlsSpec absent = trusting().withCertificate(caFile, "/no/key.pem");
      refused(Kind.CONFIGURATION, spec(proxy, absent), "'/no/key.pem' does not exist");
      refused(Kind.CONFIGURATION, spec(proxy, trusting().withCertificate(caFile, "")), "give both");
    }
  }

  @Test
  void usesTheVersionsThatItIsTold() throws Exception {
    try (TlsProxy proxy =
        new TlsProxy(cluster.port(0), server.serverContext(ca), false, "TLSv1.3")) {
      connect(spec(proxy, trusting().withProtocols("all -TLSv1.2")));
      refused(Kind.TLS, spec(proxy, trusting().withProtocols("+TLSv1.2")), "TLSv1.2");
      refused(Kind.TLS, spec(proxy, trusting().withProtocols(TURNED_OFF)), "turned off TLSv1");
    }
  }

  @Test
  void saysThatAPortSpeaksNoTls() throws Exception {
    ConnectionSpec spec =
        ConnectionSpec.of("127.0.0.1:" + cluster.port(0))
            .withTls(trusting())
            .withConnectTimeoutMillis(2000);
    refused(Kind.TLS, spec, "127.0.0.1:" + cluster.port(0))
        .hasMessageContaining("does not speak TLS");
  }

  @Test
  void saysThatAPortWantsTls() throws Exception {
    try (TlsProxy proxy = proxy()) {
      ConnectionSpec spec =
          ConnectionSpec.of("127.0.0.1:" + proxy.port()).withConnectTimeoutMillis(2000);
      refused(Kind.NOT_AEROSPIKE, spec, "wants TLS");
    }
  }

  private static TlsProxy proxy() throws IOException {
    return new TlsProxy(cluster.port(0), server.serverContext(null), false);
  }

  private static TlsSpec trusting() {
    return TlsSpec.ON.withCaFile(caFile).withName("node.example");
  }

  private static ConnectionSpec spec(TlsProxy proxy, TlsSpec tls) {
    cluster.tlsPorts("node.example", proxy.port());
    return ConnectionSpec.of("127.0.0.1:" + proxy.port())
        .withTls(tls)
        .withConnectTimeoutMillis(2000);
  }

  private static TlsSpec identified(TlsSpec tls, TestCa.Identity identity, Object key)
      throws IOException {
    Path files = Files.createTempDirectory(folder, "client");
    return tls.withCertificate(
        TestCa.pem(files.resolve("cert.pem"), identity.certificate()),
        TestCa.pem(files.resolve("key.pem"), key instanceof PrivateKey open ? whole(open) : key));
  }

  /** As openssl has it: with the curve inside, not only around. */
  private static PrivateKeyInfo whole(PrivateKey key) throws IOException {
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
    if (!(key instanceof ECPrivateKey curved)) {
      return info;
    }
    AlgorithmIdentifier algorithm = info.getPrivateKeyAlgorithm();
    return new PrivateKeyInfo(
        algorithm,
        new org.bouncycastle.asn1.sec.ECPrivateKey(256, curved.getS(), algorithm.getParameters()));
  }

  private static Object traditional(PrivateKey key) throws IOException {
    return new MiscPEMGenerator(
        whole(key),
        new JcePEMEncryptorBuilder("AES-256-CBC")
            .setProvider(new BouncyCastleProvider())
            .build(PASSWORD.toCharArray()));
  }

  private static Object pkcs8(PrivateKey key) throws Exception {
    return new JcaPKCS8Generator(
        key,
        new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
            .setProvider(new BouncyCastleProvider())
            .setPassword(PASSWORD.toCharArray())
            .build());
  }

  private static void connect(ConnectionSpec spec) throws IOException {
    try (ClusterClient lease = ClusterClients.acquire(spec, TlsTest::secret)) {
      assertThat(lease.nodes()).isNotEmpty();
    }
  }

  private static byte[] secret(String reference) {
    return (reference.equals("env:KEY") ? PASSWORD : "not it").getBytes(StandardCharsets.UTF_8);
  }

  private static ClusterException refusal(ConnectionSpec spec) {
    return catchThrowableOfType(
        ClusterException.class, () -> ClusterClients.acquire(spec, TlsTest::secret).close());
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(
      Kind kind, ConnectionSpec spec, String says) {
    ClusterException refusal = refusal(spec);
    assertThat(refusal).isNotNull();
    assertThat(refusal.kind()).as(refusal.getMessage()).isEqualTo(kind);
    assertThat(refusal.getMessage()).doesNotContain("\n");
    return assertThat(refusal).hasMessageContaining(says);
  }
}
