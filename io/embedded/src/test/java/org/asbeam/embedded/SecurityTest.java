package org.asbeam.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logins by the bytes of the protocol. */
@Timeout(60)
class SecurityTest {
  private static final String HASH = "$2a$10$7EqJtq98hPqEX7fNZaFWoO-and-so-on";
  private static final int LOGIN = 20;
  private static final int AUTHENTICATE = 0;

  private EmbeddedCluster cluster;

  @BeforeEach
  void start() {
    cluster =
        EmbeddedCluster.builder()
            .namespace("test")
            .authenticator(Authenticator.ofHashes(Map.of("ann", HASH)))
            .start();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void answersNothingToWhoDidNotLogIn() throws IOException {
    try (RawClient client = new RawClient(cluster.port(0))) {
      assertThat(client.info("node")).isEqualTo("ERROR:80:not authenticated");
      byte[] message = new byte[Protocol.HEADER];
      message[0] = Protocol.HEADER;
      Frame refusal = client.ask(Frame.toBytes(Protocol.TYPE_MESSAGE, message));
      assertThat(refusal.body()[5]).isEqualTo((byte) 80);
      assertThat(code(client, message(9))).isEqualTo(80);
    }
  }

  @Test
  void givesASessionThatOpensOtherConnections() throws IOException {
    byte[] session;
    try (RawClient client = new RawClient(cluster.port(0))) {
      Frame answer = client.ask(login("ann", HASH));
      assertThat(answer.type()).isEqualTo(Protocol.TYPE_SECURITY);
      // Scheme 0, code 0, the command, two fields.
      assertThat(answer.hex()).startsWith("00001402" + "00".repeat(12));
      int length = Bytes.i32(answer.body(), 16);
      assertThat(answer.body()[20]).as("a session token").isEqualTo((byte) 5);
      session = Arrays.copyOfRange(answer.body(), 21, 20 + length);
      String rest = HexFormat.of().formatHex(answer.body(), 20 + length, answer.body().length);
      assertThat(rest).as("its seconds").isEqualTo("00000005" + "06" + "00015180");
      assertThat(client.info("node")).isEqualTo(cluster.nodeName(0));
    }
    try (RawClient client = new RawClient(cluster.port(0))) {
      assertThat(code(client, authenticate("bob", session))).isEqualTo(66);
      assertThat(code(client, authenticate("ann", new byte[] {1, 2}))).isEqualTo(66);
      assertThat(client.info("node")).startsWith("ERROR:80");
      assertThat(code(client, authenticate("ann", session))).isZero();
      assertThat(client.info("node")).isEqualTo(cluster.nodeName(0));
    }
  }

  @Test
  void refusesOthers() throws IOException {
    try (RawClient client = new RawClient(cluster.port(0))) {
      assertThat(code(client, login("ann", HASH + "x"))).isEqualTo(65);
      assertThat(code(client, login("bob", HASH))).isEqualTo(60);
      assertThat(code(client, message(77))).isEqualTo(54);
      assertThat(code(client, Frame.toBytes(Protocol.TYPE_SECURITY, new byte[3]))).isEqualTo(55);
      // A field that reaches beyond the message is none.
      byte[] cut = login("ann", HASH);
      cut[8 + 16 + 2] = 1;
      assertThat(code(client, cut)).isEqualTo(60);
      assertThat(client.info("node")).startsWith("ERROR:80");
    }
  }

  @Test
  void namesUsers() throws IOException {
    try (RawClient client = new RawClient(cluster.port(0))) {
      client.ask(login("ann", HASH));
      assertThat(client.ask(message(9)).hex())
          .isEqualTo(
              "00000002"
                  + "00".repeat(12)
                  + "0000000400616e6e"
                  + "000000020a00"
                  + "0032"
                  + "00".repeat(14));
    }
  }

  private static int code(RawClient client, byte[] frame) throws IOException {
    return client.ask(frame).body()[1] & 0xff;
  }

  private static byte[] login(String user, String hash) throws IOException {
    return message(
        LOGIN, field(0, user.getBytes(StandardCharsets.UTF_8)), field(3, hash.getBytes("ASCII")));
  }

  private static byte[] authenticate(String user, byte[] session) throws IOException {
    return message(
        AUTHENTICATE, field(0, user.getBytes(StandardCharsets.UTF_8)), field(5, session));
  }

  private static byte[] field(int id, byte[] data) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(1 + data.length);
    out.writeByte(id);
    out.write(data);
    return bytes.toByteArray();
  }

  private static byte[] message(int command, byte[]... fields) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(new byte[] {0, 0, (byte) command, (byte) fields.length});
    body.write(new byte[12]);
    for (byte[] field : fields) {
      body.write(field);
    }
    return Frame.toBytes(Protocol.TYPE_SECURITY, body.toByteArray());
  }
}
