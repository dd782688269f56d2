package org.asbeam.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node does with a client that asks and doesn't read. */
@Timeout(60)
class SlowReaderTest {
  /** More than sockets take by themselves. */
  private static final int RECORDS = 300;

  private static final int RECORD_BYTES = 100_000;

  private EmbeddedCluster cluster;

  @BeforeEach
  void start() {
    cluster = EmbeddedCluster.builder().namespace("test").start();
    for (int i = 0; i < RECORDS; i++) {
      byte[] digest = new byte[20];
      digest[2] = (byte) (i >> 8);
      digest[3] = (byte) i;
      cluster
          .namespace("test")
          .put(NewRecord.ofDigest("s", digest).bin("b", new byte[RECORD_BYTES]));
    }
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void hangsUpAfterTheSocketTimeout() throws IOException {
    try (RawClient slow = new RawClient(cluster.port(0));
        RawClient other = new RawClient(cluster.port(0))) {
      slow.send(Messages.scanWithSocketTimeout("test", 50, 0));
      awaitEnd(other);
      assertThat(other.info("query-show")).contains("abandoned");
      assertThatThrownBy(() -> readAll(slow)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void waitsForEverWithoutASocketTimeout() throws IOException {
    try (RawClient slow = new RawClient(cluster.port(0));
        RawClient timed = new RawClient(cluster.port(0));
        RawClient other = new RawClient(cluster.port(0))) {
      slow.send(Messages.scanWithSocketTimeout("test", 0, 0));
      timed.send(Messages.scanWithSocketTimeout("test", 50, 0));
      awaitEnd(other);
      // The other one is over, this one isn't.
      assertThat(other.info("query-show")).contains("active(ok)");
      assertThat(readAll(slow)).isEqualTo(RECORDS);
    }
  }

  private static void awaitEnd(RawClient other) throws IOException {
    while (!other.info("query-show").contains("done(")) {
      Thread.onSpinWait();
    }
  }

  private static int readAll(RawClient client) throws IOException {
    int rows = 0;
    while (true) {
      for (byte[] row : client.receive().rowBytes()) {
        if (Frame.isLast(row)) {
          return rows;
        }
        rows++;
      }
    }
  }
}
