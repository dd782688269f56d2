package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.asbeam.aerospike.TestCa;
import org.asbeam.aerospike.TlsProxy;
import org.asbeam.embedded.Authenticator;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.InjectedFault;
import org.asbeam.embedded.ResultCode;
import org.asbeam.storage.secrets.FakeAgent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the options on connections, users, TLS, keys and the Secret Agent do, by the command. */
@Timeout(120)
class ConnectionEffectsTest {
  private static final int RECORDS = 60;
  private static final Path KEYS = Path.of("../../io/storage/src/test/resources/golden/keys");
  private static final String PASSWORD = "open sesame";

  private static EmbeddedCluster cluster;
  private static TestCa ca;
  private static TestCa.Identity server;
  private static TestCa.Identity client;

  @TempDir static Path temp;
  private Path scratch;

  @BeforeAll
  static void start() {
    cluster = EmbeddedCluster.builder().namespace("test").namespace("copy").start();
    DemoData.fill(cluster, "test", RECORDS);
    ca = new TestCa("Test Authority");
    server = ca.issue("node.example", "node.example");
    Instant now = Instant.now();
    client = ca.issue("RSA", "ann", now.minusSeconds(60), now.plusSeconds(3_600));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void makeRoom() throws IOException {
    scratch = Files.createTempDirectory(temp, "test");
  }

  private static Asbeam.Result run(Map<String, String> environment, String line, Object... more) {
    List<Object> words = new ArrayList<>(Arrays.asList(line.split(" +")));
    words.addAll(Arrays.asList(more));
    return Asbeam.run(environment, words.toArray());
  }

  /** A backup, and if it succeeds a restore, with the same flags. */
  private Asbeam.Result both(Map<String, String> environment, String flags) {
    Path folder = scratch.resolve("backup");
    Asbeam.Result backup = run(environment, "backup -r -n test " + flags, "-d", folder);
    if (backup.code() != 0) {
      return backup;
    }
    assertThat(backup.number("records")).isEqualTo(RECORDS);
    return run(environment, "restore -g -n test,copy " + flags, "-d", folder);
  }

  private Asbeam.Result both(String flags) {
    return both(Map.of(), flags);
  }

  private String pem(String name, Object... objects) {
    return TestCa.pem(temp.resolve(name), objects);
  }

  @Test
  void tlsTrustsWhatItIsTold() throws Exception {
    String trusted = pem("ca.pem", ca.certificate);
    String stranger = pem("other.pem", new TestCa("Other").certificate);
    Path folder = Files.createDirectories(temp.resolve("cas"));
    Files.copy(Path.of(trusted), folder.resolve("one.pem"));
    try (TlsProxy proxy = new TlsProxy(cluster.port(0), server.serverContext(null), false)) {
      cluster.tlsPorts("node.example", proxy.port());
      String host = "-h 127.0.0.1 -p " + proxy.port() + " --client-timeout 2s ";
      String named = host + "--tls-enable --tls-name node.example ";
      both(named + "--tls-cafile " + trusted).succeeds();
      both(named + "--tls-capath " + folder).succeeds();
      both("-h 127.0.0.1:node.example:"
              + proxy.port()
              + " -p 1 --tls-enable --tls-cafile "
              + trusted)
          .succeeds();
      assertThat(proxy.handshakes()).isPositive();
      both(named + "--tls-cafile " + stranger).fails(30, "Test Authority");
      both(host + "--tls-enable --tls-name x.example --tls-cafile " + trusted)
          .fails(30, "x.example");
      both(host + "--tls-cafile " + trusted).fails(2, "--tls-enable");
      assertThat(both(host).code()).isIn(21, 30);
    }
  }

  @Test
  void tlsShowsOurCertificateAndSpeaksTheVersions() throws Exception {
    String trusted = pem("ca2.pem", ca.certificate);
    String certificate = pem("ann.pem", client.certificate());
    String key = pem("ann.key", client.keys().getPrivate());
    try (TlsProxy proxy =
        new TlsProxy(cluster.port(0), server.serverContext(ca), true, "TLSv1.3")) {
      cluster.tlsPorts("node.example", proxy.port());
      String flags =
          "-p "
              + proxy.port()
              + " --client-timeout 2s --tls-enable --tls-name node.example --tls-cafile "
              + trusted;
      String ours = flags + " --tls-certfile " + certificate + " --tls-keyfile " + key;
      both(ours + " --tls-protocols TLSv1.3").succeeds();
      assertThat(both(ours + " --tls-protocols TLSv1.2").code()).isIn(21, 30);
      assertThat(both(flags + " --tls-protocols TLSv1.3").code()).isIn(21, 30);
    }
  }

  @Test
  void warmConnectionsAreOpenedBeforeTheFirstWrite() throws Exception {
    Path folder = scratch.resolve("backup");
    run(Map.of(), "backup -n test -p " + cluster.port(0), "-d", folder).succeeds();
    String trusted = pem("ca3.pem", ca.certificate);
    for (int warm : new int[] {0, 40}) {
      try (TlsProxy proxy = new TlsProxy(cluster.port(0), server.serverContext(null), false)) {
        cluster.tlsPorts("node.example", proxy.port());
        run(
                Map.of(),
                "restore -n test,copy --no-records --tls-enable --tls-name node.example -p "
                    + proxy.port()
                    + " --warm-up "
                    + warm
                    + " --tls-cafile "
                    + trusted,
                "-d",
                folder)
            .succeeds();
        if (warm == 0) {
          assertThat(proxy.handshakes()).isLessThan(40);
        } else {
          assertThat(proxy.handshakes()).isGreaterThanOrEqualTo(warm);
        }
      }
    }
  }

  @Test
  void idleConnectionsAreNotUsedAgain() throws Exception {
    String trusted = pem("ca5.pem", ca.certificate);
    List<Integer> handshakes = new ArrayList<>();
    for (String idle : List.of("60s", "1s")) {
      try (EmbeddedCluster two = EmbeddedCluster.builder().nodes(2).namespace("test").start();
          TlsProxy first = new TlsProxy(two.port(0), server.serverContext(null), false);
          TlsProxy second = new TlsProxy(two.port(1), server.serverContext(null), false)) {
        DemoData.fill(two, "test", RECORDS);
        two.tlsPorts("node.example", first.port(), second.port());
        // While the first node is slow, the connection to the second lies idle.
        two.inject(
            Fault.on(Fault.Target.SCAN).node(0).skip(2).times(2).delay(Duration.ofMillis(2_200)));
        run(
                Map.of(),
                "backup -n test -w 1 --tls-enable --tls-name node.example -p "
                    + first.port()
                    + " --client-idle-timeout "
                    + idle
                    + " --tls-cafile "
                    + trusted,
                "-d",
                scratch.resolve(idle))
            .succeeds();
        handshakes.add(second.handshakes());
      }
    }
    assertThat(handshakes.get(1)).isGreaterThan(handshakes.get(0));
  }

  /** Takes users whatever their password is, and remembers what they sent. */
  private static EmbeddedCluster secured(List<Authenticator.Attempt> attempts, int code) {
    EmbeddedCluster secured =
        EmbeddedCluster.builder()
            .namespace("test")
            .namespace("copy")
            .authenticator(
                attempt -> {
                  attempts.add(attempt);
                  return attempt.user().equals("bob") ? ResultCode.INVALID_USER : code;
                })
            .start();
    DemoData.fill(secured, "test", RECORDS);
    return secured;
  }

  @Test
  void usersLogInByPasswordInEachForm() throws IOException {
    List<Authenticator.Attempt> attempts = new CopyOnWriteArrayList<>();
    try (EmbeddedCluster secured = secured(attempts, ResultCode.OK)) {
      String coded = Base64.getEncoder().encodeToString(PASSWORD.getBytes(StandardCharsets.UTF_8));
      Path file = Files.writeString(scratch.resolve("password"), PASSWORD);
      String flags = "--client-timeout 2s -p " + secured.port(0);
      both(flags + " -U ann -P b64:" + coded).succeeds();
      both(flags + " --user ann --auth INTERNAL --password file:" + file).succeeds();
      assertThat(attempts)
          .isNotEmpty()
          .allSatisfy(
              attempt -> {
                assertThat(attempt.user()).isEqualTo("ann");
                assertThat(attempt.password()).isEmpty();
              });
      assertThat(attempts.stream().map(Authenticator.Attempt::credential).distinct()).hasSize(1);
      attempts.clear();
      both(flags + " -U ann -P another").succeeds();
      assertThat(attempts.get(0).credential()).isNotEmpty();
      assertThat(both(flags + " -U bob -P b64:" + coded).errors())
          .singleElement()
          .asString()
          .contains("'bob'");
      assertThat(both(flags).errors()).singleElement().asString().contains("user");
    }
  }

  @Test
  void logsInByLdapAndByCertificate() throws Exception {
    List<Authenticator.Attempt> attempts = new CopyOnWriteArrayList<>();
    String trusted = pem("ca4.pem", ca.certificate);
    String certificate = pem("ann4.pem", client.certificate());
    String key = pem("ann4.key", client.keys().getPrivate());
    try (EmbeddedCluster secured = secured(attempts, ResultCode.OK);
        TlsProxy proxy = new TlsProxy(secured.port(0), server.serverContext(null), false)) {
      secured.tlsPorts("node.example", proxy.port());
      String tls =
          "-p " + proxy.port() + " --tls-enable --tls-name node.example --tls-cafile " + trusted;
      both(Map.of(), tls + " --auth EXTERNAL -U ann -P secret").succeeds();
      assertThat(attempts).extracting(Authenticator.Attempt::password).contains("secret");
      attempts.clear();
      both(tls + " --auth pki --tls-certfile " + certificate + " --tls-keyfile " + key).succeeds();
      assertThat(attempts)
          .isNotEmpty()
          .allMatch(attempt -> attempt.user().isEmpty() && attempt.password().isEmpty());
    }
  }

  @Test
  void aLoginMayTakeOnlySoLong() {
    CountDownLatch end = new CountDownLatch(1);
    try (EmbeddedCluster slow =
        EmbeddedCluster.builder()
            .namespace("test")
            .authenticator(
                attempt -> {
                  try {
                    end.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return ResultCode.OK;
                })
            .start()) {
      String flags =
          " --client-login-timeout 300 --client-timeout 600 -U ann -P env:PW -p " + slow.port(0);
      assertThat(both(Map.of("PW", "x"), flags).code()).isNotZero();
    } finally {
      end.countDown();
    }
  }

  @Test
  void nobodyIsWaitedForLongerThanTheClientTimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      both("-h 127.0.0.1 --client-timeout 500 -p " + silent.getLocalPort())
          .fails(21, "127.0.0.1:" + silent.getLocalPort());
    }
  }

  @Test
  void alternateAddressesAreUsedWhenWanted() throws Exception {
    try (EmbeddedCluster two =
        EmbeddedCluster.builder().nodes(2).namespace("test").namespace("copy").start()) {
      DemoData.fill(two, "test", RECORDS);
      // Nothing listens at the second node's alternate address.
      int free;
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        free = socket.getLocalPort();
      }
      two.alternatePorts(two.port(0), free);
      String flags = "-h 127.0.0.1 --client-timeout 1s -p " + two.port(0);
      both(flags).succeeds();
      assertThat(
              run(
                      Map.of(),
                      "backup -n test --services-alternate --stall-timeout 1s --wait-stable 1s "
                          + flags,
                      "-d",
                      scratch.resolve("other"))
                  .code())
          .isNotZero();
      two.alternatePorts(two.port(0), two.port(1));
      both(flags + " --services-alternate").succeeds();
    }
  }

  @Test
  void anInfoCommandIsRepeatedAsOftenAsWanted() {
    // The metadata of a backup is asked for with the patience of the flags.
    try (EmbeddedCluster one = EmbeddedCluster.builder().namespace("test").start()) {
      DemoData.fill(one, "test", RECORDS);
      String flags = "backup -n test --no-records -p " + one.port(0) + " ";
      InjectedFault few =
          one.inject(Fault.on(Fault.Target.INFO).skip(12).times(2).dropConnection());
      run(
              Map.of(),
              flags
                  + "--info-max-retries 50 --info-retry-timeout 1 --info-retry-multiplier 1"
                  + " --info-timeout 2s",
              "-d",
              scratch.resolve("a"))
          .succeeds();
      few.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TCP", "UNIX"})
  void secretsComeFromTheAgent(String connection) throws Exception {
    String pem = Files.readString(KEYS.resolve("key-pkcs8.pem"));
    FakeAgent.Answer answer =
        (request, out) ->
            out.write(
                FakeAgent.frame(
                    "{\"SecretValue\":\""
                        + (request.contains("port")
                            ? Integer.toString(cluster.port(0))
                            : request.contains("coded")
                                ? Base64.getEncoder()
                                    .encodeToString(pem.getBytes(StandardCharsets.UTF_8))
                                : pem.replace("\n", "\\n"))
                        + "\"}"));
    boolean unix = connection.equals("UNIX");
    try (FakeAgent agent =
        unix ? FakeAgent.unix(scratch.resolve("s"), answer) : FakeAgent.tcp(answer)) {
      String reached =
          unix
              ? " --sa-connection-type UNIX --sa-address " + scratch.resolve("s")
              : " --sa-address 127.0.0.1 --sa-port " + agent.spec().port();
      reached += " --sa-timeout 5s";
      String key = " --encrypt AES128 --encryption-key-secret secrets:r:";
      both("-p secrets:r:port" + reached + key + "pem").succeeds();
      assertThat(agent.requests()).anyMatch(line -> line.contains("port"));
      both("-p " + cluster.port(0) + reached + " --sa-is-base64" + key + "coded").succeeds();
      Path folder = scratch.resolve("backup");
      run(Map.of(), "verify --sa-is-base64" + reached + key + "coded", "-d", folder).succeeds();
      run(Map.of(), "restore -n test,copy -p " + cluster.port(0), "-d", folder)
          .fails(31, "encrypt");
    }
  }

  @Test
  void anAgentThatIsSilentIsNotWaitedFor() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (FakeAgent agent = FakeAgent.tcp((request, out) -> end.await())) {
      both("-p secrets:r:port --sa-timeout 300 --sa-address 127.0.0.1:" + agent.spec().port())
          .fails(2, "--port");
    } finally {
      end.countDown();
    }
  }

  @Test
  void theKeyComesFromTheEnvironmentOfTheProcess() throws Exception {
    String pem = Files.readString(KEYS.resolve("key-pkcs8.pem"));
    Path folder = scratch.resolve("backup");
    String port = Integer.toString(cluster.port(0));
    String[] flags = {"--encrypt", "AES256", "--encryption-key-env", "THE_KEY"};
    assertThat(process(pem, words(flags, "backup", "-p", port, "-n", "test", "-d", folder)))
        .isZero();
    cluster.namespace("copy").clear();
    assertThat(process(pem, words(flags, "restore", "-p", port, "-n", "test,copy", "-d", folder)))
        .isZero();
    assertThat(cluster.namespace("copy").count()).isEqualTo(RECORDS);
    assertThat(process(pem, words(flags, "verify", folder))).isZero();
    String other = Files.readString(otherKey());
    assertThat(process(other, words(flags, "verify", folder))).isEqualTo(31);
    Asbeam.run("verify", folder, "--encryption-key-file", KEYS.resolve("key-pkcs8.pem")).succeeds();
  }

  /** A key that is not the golden one. */
  private Path otherKey() throws Exception {
    java.security.KeyPairGenerator generator = java.security.KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return Path.of(
        TestCa.pem(scratch.resolve("other.pem"), generator.generateKeyPair().getPrivate()));
  }

  private static Object[] words(String[] flags, Object... words) {
    return Stream.concat(Stream.of(words), Stream.of((Object[]) flags)).toArray();
  }

  private int process(String key, Object... words) throws Exception {
    ProcessBuilder builder = Asbeam.process(scratch, words);
    builder.environment().put("THE_KEY", key);
    Process process =
        builder
            .redirectError(scratch.resolve("err").toFile())
            .redirectOutput(scratch.resolve("out").toFile())
            .start();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
