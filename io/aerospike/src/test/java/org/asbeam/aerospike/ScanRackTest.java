package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.InjectedFault;
import org.asbeam.embedded.NewRecord;
import org.asbeam.format.PartitionSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three nodes on two racks, two copies: each record has one on each rack. */
@Timeout(60)
class ScanRackTest {
  private static final int RECORDS = 3000;

  private EmbeddedCluster cluster;
  private ClusterClient client;
  private final List<InjectedFault> requests = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    cluster =
        EmbeddedCluster.builder()
            .nodes(3)
            .replicationFactor(2)
            .racks(1, 2, 2)
            .namespace("test")
            .start();
    for (int i = 0; i < RECORDS; i++) {
      cluster.namespace("test").put(NewRecord.of("s", "key " + i).bin("i", i));
    }
    client = client(ConnectionSpec.of(cluster.seeds()));
    for (int node = 0; node < 3; node++) {
      // A fault that does nothing but count.
      requests.add(
          cluster.inject(Fault.on(Fault.Target.SCAN).node(node).delay(Duration.ZERO).always()));
    }
  }

  private static ClusterClient client(ConnectionSpec spec) throws IOException {
    return ClusterClients.acquire(spec.withTendIntervalMillis(250));
  }

  @AfterEach
  void stop() {
    client.close();
    ClusterClients.closeIdle();
    cluster.close();
  }

  private boolean wasAsked(int node) {
    return requests.get(node).hits() > 0;
  }

  private static long scan(ClusterClient client, ScanSpec spec) throws IOException {
    ScanOutcome outcome =
        new PartitionScanner(client, spec.withStallTimeout(Duration.ofSeconds(5)))
            .scan(PartitionCursors.start(PartitionSet.all()), row -> {}, () -> false);
    assertThat(outcome.complete()).isTrue();
    return outcome.records();
  }

  @Test
  void asksMastersByDefault() throws Exception {
    assertThat(scan(client, ScanSpec.of("test"))).isEqualTo(RECORDS);
    assertThat(wasAsked(0)).isTrue();
    assertThat(wasAsked(1)).isTrue();
    assertThat(wasAsked(2)).isTrue();
  }

  @Test
  void asksOnlyThePreferredRack() throws Exception {
    assertThat(scan(client, ScanSpec.of("test").withPreferredRacks(List.of(1)))).isEqualTo(RECORDS);
    assertThat(wasAsked(0)).isTrue();
    assertThat(wasAsked(1)).isFalse();
    assertThat(wasAsked(2)).isFalse();
  }

  @Test
  void asksTheRackThatTheConnectionPrefers() throws Exception {
    try (ClusterClient other =
        client(ConnectionSpec.of(cluster.seeds()).withPreferRacks(List.of(7, 2)))) {
      assertThat(scan(other, ScanSpec.of("test"))).isEqualTo(RECORDS);
    }
    assertThat(wasAsked(0)).isFalse();
    assertThat(wasAsked(1)).isTrue();
    assertThat(wasAsked(2)).isTrue();
  }

  @Test
  void goesToAnotherRackWhenThePreferredOneFails() throws Exception {
    cluster.inject(Fault.on(Fault.Target.SCAN).node(0).resultCode(18).always());
    requests.get(0).close();
    assertThat(scan(client, ScanSpec.of("test").withPreferredRacks(List.of(1)))).isEqualTo(RECORDS);
    assertThat(wasAsked(1)).isTrue();
    assertThat(wasAsked(2)).isTrue();
  }

  @Test
  void asksMastersWhereNobodyIsOnThePreferredRack() throws Exception {
    assertThat(scan(client, ScanSpec.of("test").withPreferredRacks(List.of(9)))).isEqualTo(RECORDS);
    assertThat(wasAsked(0)).isTrue();
    assertThat(wasAsked(1)).isTrue();
  }
}
