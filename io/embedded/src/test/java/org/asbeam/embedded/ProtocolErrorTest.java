package org.asbeam.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no client should send. */
class ProtocolErrorTest {
  private EmbeddedCluster cluster;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    cluster = EmbeddedCluster.builder().namespace("test").start();
    client = new RawClient(cluster.port(0));
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    cluster.close();
  }

  @Test
  void anotherProtocolIsHungUpOn() throws IOException {
    client.send("GET / HTTP/1.1\r\n\r\n".getBytes());
    assertThat(client.receiveByte()).isEqualTo(-1);
  }

  @Test
  void anAnnouncedSizeBeyondTheLimitIsHungUpOn() throws IOException {
    client.send(new byte[] {2, 3, 0, 0, 8, 0, 0, 1});
    assertThat(client.receiveByte()).isEqualTo(-1);
  }

  @Test
  void aLoginIsWavedThrough() throws IOException {
    Frame answer = client.ask(Frame.toBytes(Protocol.TYPE_SECURITY, new byte[16]));
    assertThat(answer.type()).isEqualTo(Protocol.TYPE_SECURITY);
    assertThat(answer.body()).hasSize(16);
    assertThat(answer.body()[1]).isEqualTo((byte) 52);
  }

  @Test
  void aCompressedRequestIsUnpacked() throws IOException {
    byte[] put = Messages.put("test", "s", 1, 5);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.write(Bytes.ofLong(put.length));
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      deflater.write(put);
    }
    Frame answer = client.ask(Frame.toBytes(Protocol.TYPE_COMPRESSED, packed.toByteArray()));
    assertThat(answer.body()[5]).isZero();
    assertThat(cluster.namespace("test").get("s", 1)).isPresent();
  }

  @Test
  void aLastInfoCommandWithoutALineFeedIsIgnored() throws IOException {
    Frame answer = client.ask(Frame.toBytes(Protocol.TYPE_INFO, Bytes.utf8("status\nbuild")));
    assertThat(answer.text()).isEqualTo("status\tok\n");
  }

  /** Whatever is damaged: an answer with a code, and the connection goes on. */
  @Test
  void damagedMessagesAreAnsweredAndTheConnectionGoesOn() throws IOException {
    Random random = new Random(11);
    byte[][] good = {
      Messages.put("test", "s", 1, 5),
      Messages.batchPut("test", "s", Arrays.asList(1, 2, 3)),
      Messages.scan("test", 1, 2, 3)
    };
    for (int round = 0; round < 3000; round++) {
      byte[] message = good[round % good.length].clone();
      int length = message.length;
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        // Not the header of the protocol: it says where the message ends.
        message[8 + random.nextInt(length - 8)] = (byte) random.nextInt(256);
      }
      client.send(message);
      assertThat(client.receive().type()).isEqualTo(Protocol.TYPE_MESSAGE);
      // However many frames the answer has, that of the next request is behind them.
      client.send(Frame.toBytes(Protocol.TYPE_INFO, Bytes.utf8("status\n")));
      Frame answer = client.receive();
      while (answer.type() != Protocol.TYPE_INFO) {
        answer = client.receive();
      }
      assertThat(answer.text()).isEqualTo("status\tok\n");
    }
  }
}
