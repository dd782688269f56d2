package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aerospike.client.Key;
import com.aerospike.client.ResultCode;
import com.aerospike.client.cluster.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.InjectedFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that can't keep up, and how often and how long it is tried. */
@Timeout(60)
class WriteLoadTest {
  private static final RetryPolicy TWICE = new RetryPolicy(Duration.ofMillis(1), 1, 2);

  private final Rows rows = new Rows();
  private EmbeddedCluster cluster;
  private EmbeddedNamespace namespace;
  private ClusterClient client;

  @BeforeEach
  void start() throws Exception {
    cluster = EmbeddedCluster.builder().nodes(2).replicationFactor(1).namespace("test").start();
    namespace = cluster.namespace("test");
    client =
        ClusterClients.acquire(
            ConnectionSpec.of(cluster.seeds())
                .withTendIntervalMillis(250)
                .withMaxConnectionsPerNode(8));
  }

  @AfterEach
  void stop() {
    client.close();
    ClusterClients.closeIdle();
    cluster.close();
  }

  @ParameterizedTest
  @CsvSource({"18,true", "18,false", "14,true", "9,true", "152,true"})
  void shrinksTheWindowOfTheNodeThatIsOverloaded(int code, boolean batchWrites) throws Exception {
    Fault.Target target = code == 152 ? Fault.Target.BATCH : Fault.Target.WRITE;
    cluster.inject(Fault.on(target).node(0).times(3).resultCode(code));
    int before = window(0).limit();
    WriteCounts counts =
        write(WriteSpec.of("test").withBatchWrites(batchWrites).withBatches(50, 2, 1 << 20), 1000);
    assertThat(counts.inserted()).isEqualTo(1000);
    assertThat(window(0).limit()).isLessThan(before);
    assertThat(window(1).limit()).isEqualTo(before);
  }

  @Test
  void neverSendsMoreThanTheWindowLetsThrough() throws Exception {
    NodeWindow window = window(0);
    while (window.limit() > 1) {
      long pass = window.enter(() -> false);
      window.leave(pass, NodeWindow.Outcome.OVERLOAD);
    }
    long only = window.enter(() -> false);
    InjectedFault seen =
        cluster.inject(Fault.on(Fault.Target.BATCH).node(0).always().delay(Duration.ZERO));
    AtomicInteger looks = new AtomicInteger();
    AtomicInteger sentBefore = new AtomicInteger(-1);
    // Who waits for a place looks at the flag again and again; who sends does so a few times.
    BooleanSupplier stop =
        () -> {
          if (Thread.currentThread().getName().startsWith("asbeam-writer-")
              && looks.incrementAndGet() == 12) {
            sentBefore.set(seen.hits());
            window.leave(only, NodeWindow.Outcome.NEUTRAL);
          }
          return false;
        };
    try (BatchWriter writer = new BatchWriter(client, WriteSpec.of("test"), stop)) {
      for (int i = 0; i < 50; i++) {
        writer.write(rows.plain(key(i), i));
      }
      writer.flush();
      assertThat(writer.counts().inserted()).isEqualTo(50);
    }
    assertThat(sentBefore).as("requests while the only place was taken").hasValue(0);
    assertThat(seen.hits()).isEqualTo(1);
  }

  @Test
  void givesUpOnANodeThatStaysOverloaded() {
    cluster.inject(Fault.on(Fault.Target.WRITE).always().resultCode(ResultCode.DEVICE_OVERLOAD));
    WriteSpec spec = WriteSpec.of("test").withStallTimeout(Duration.ofMillis(300));
    assertThatThrownBy(() -> write(spec, 300))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT))
        .hasMessageContaining("18 ")
        .hasMessageContaining("fewer batches")
        .hasMessageContaining("stall timeout");
  }

  /** The first attempt and two more; all of them for the transient errors only. */
  @ParameterizedTest
  @ValueSource(ints = {8, 9, 11, 14, 18})
  void triesAsOftenAsAPersonSays(int code) throws Exception {
    WriteSpec spec = WriteSpec.of("test").withRetryPolicy(TWICE);
    cluster.inject(Fault.on(Fault.Target.WRITE).times(2).resultCode(code));
    assertThat(write(spec, 1).inserted()).isEqualTo(1);
    InjectedFault fault = cluster.inject(Fault.on(Fault.Target.WRITE).times(3).resultCode(code));
    try (BatchWriter writer =
        new BatchWriter(client, spec.withCheckGeneration(false), () -> false)) {
      writer.write(rows.plain(key(0), 1));
      assertThatThrownBy(writer::flush)
          .isInstanceOfSatisfying(
              ClusterException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(Kind.RETRIES_EXHAUSTED);
                assertThat(e.isTransient()).isFalse();
              })
          .hasMessageContaining("1 record could not be written")
          .hasMessageContaining("2 retries")
          .hasMessageContaining(code + " ");
      assertThat(writer.counts().unfinished()).isEqualTo(1);
    }
    assertThat(fault.hits()).isEqualTo(3);
  }

  @Test
  void triesOnceWithoutRetries() {
    InjectedFault fault =
        cluster.inject(Fault.on(Fault.Target.WRITE).always().resultCode(ResultCode.KEY_BUSY));
    RetryPolicy never = new RetryPolicy(Duration.ofMillis(1), 1, 0);
    assertThatThrownBy(() -> write(WriteSpec.of("test").withRetryPolicy(never), 1))
        .hasMessageContaining("0 retries");
    assertThat(fault.hits()).isEqualTo(1);
  }

  /** Requests without an answer: each retry of the policy may take so many more. */
  @ParameterizedTest
  @CsvSource({"0,3", "1,6"})
  void sendsAgainWhatGotNoAnswer(int maxRetries, int attempts) {
    InjectedFault fault = cluster.inject(Fault.on(Fault.Target.BATCH).always().dropConnection());
    WriteSpec spec = WriteSpec.of("test").withRetryPolicy(TWICE).withMaxRetries(maxRetries);
    assertThatThrownBy(() -> write(spec, 1))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.RETRIES_EXHAUSTED));
    assertThat(fault.hits()).isEqualTo(attempts);
  }

  /** The silence of a node is cut short by either of the timeouts. */
  @ParameterizedTest
  @CsvSource({"100,0", "0,100", "100,60000", "60000,100"})
  void waitsNoLongerThanItsTimeouts(int total, int socket) {
    cluster.inject(Fault.on(Fault.Target.BATCH).always().freeze());
    WriteSpec spec =
        WriteSpec.of("test")
            .withTimeouts(total, socket)
            .withMaxRetries(0)
            .withRetryPolicy(new RetryPolicy(Duration.ZERO, 1, 0));
    assertThat(spec.silenceMillis()).isEqualTo(100);
    assertThatThrownBy(() -> write(spec, 1)).hasMessageContaining("0 retries");
  }

  private NodeWindow window(int index) throws Exception {
    for (Node node : client.nodes()) {
      if (node.getName().equals(cluster.nodeName(index))) {
        return client.window(node, NodeWindow.Use.WRITE);
      }
    }
    throw new AssertionError("no node " + index);
  }

  private static Key key(int number) {
    return new Key("test", "s", number);
  }

  private WriteCounts write(WriteSpec spec, int count) throws IOException {
    try (BatchWriter writer = new BatchWriter(client, spec, () -> false)) {
      for (int i = 0; i < count; i++) {
        writer.write(rows.plain(key(i), i));
      }
      writer.flush();
      assertThat(namespace.count()).isEqualTo(count);
      return writer.counts();
    }
  }
}
