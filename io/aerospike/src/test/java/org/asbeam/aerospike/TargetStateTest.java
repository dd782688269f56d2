package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.aerospike.TargetCheck.Finding;
import org.asbeam.aerospike.TargetCheck.Severity;
import org.asbeam.aerospike.TargetCheck.Topic;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.NamespaceOptions;
import org.asbeam.embedded.StoredBin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TargetStateTest {
  private EmbeddedCluster cluster;
  private EmbeddedNamespace namespace;
  private ClusterClient client;

  @BeforeEach
  void start() throws Exception {
    cluster =
        EmbeddedCluster.builder()
            .nodes(3)
            .replicationFactor(2)
            .clusterName("blue")
            .namespace("test")
            .namespace("other")
            .start();
    namespace = cluster.namespace("test");
    client = ClusterClients.acquire(ConnectionSpec.of(cluster.seeds()).withTendIntervalMillis(250));
  }

  @AfterEach
  void stop() {
    client.close();
    ClusterClients.closeIdle();
    cluster.close();
  }

  @Test
  void findsNothingWhereNothingIs() throws Exception {
    TargetState state = state();
    assertThat(state.clusterName()).isEqualTo("blue");
    assertThat(state.objects()).isZero();
    assertThat(state.maxRecordSize()).isEqualTo(1 << 20);
    assertThat(state.nsupPeriod()).isEqualTo(120);
    assertThat(TargetCheck.any().withClusterName("blue").withRequireEmpty(true).findings(state))
        .isEmpty();
  }

  @Test
  void countsEachRecordOnceThoughThereAreCopies() throws Exception {
    put("a", 100);
    put("b", 50);
    put("", 7);
    TargetState state = state();
    assertThat(state.objects()).isEqualTo(157);
    assertThat(state.sets())
        .extracting(TargetState.TargetSet::name, TargetState.TargetSet::objects)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", 100L),
            org.assertj.core.groups.Tuple.tuple("b", 50L));
  }

  @Test
  void mindsTheClustersName() throws Exception {
    assertThat(only(TargetCheck.any().withClusterName("green")))
        .isEqualTo(
            new Finding(
                Severity.ERROR,
                Topic.CLUSTER_NAME,
                "the cluster is named 'blue', not 'green'; check the hosts"));
  }

  @Test
  void mindsRecordsOfTheSetsThatAreRestored() throws Exception {
    put("a", 3);
    assertThat(only(TargetCheck.any()).severity()).isEqualTo(Severity.WARNING);
    TargetCheck empty = TargetCheck.any().withRequireEmpty(true);
    assertThat(only(empty).severity()).isEqualTo(Severity.ERROR);
    assertThat(only(empty).message()).contains("holds records already: 3");
    assertThat(empty.withSets(Set.of("b")).findings(state())).isEmpty();
    assertThat(only(empty.withSets(Set.of("a", "b"))).message()).contains("3 in set 'a'");
  }

  @Test
  void mindsWhatRefusesWrites() throws Exception {
    namespace.stopWrites(true);
    assertThat(only(TargetCheck.any()).topic()).isEqualTo(Topic.STOP_WRITES);
    namespace.stopWrites(false);
    namespace.clockSkewStopWrites(true);
    assertThat(only(TargetCheck.any()).topic()).isEqualTo(Topic.CLOCK_SKEW);
    namespace.clockSkewStopWrites(false);
    namespace.rejectNonXdrWrites(true);
    assertThat(only(TargetCheck.any()).topic()).isEqualTo(Topic.ONLY_XDR_WRITES);
    namespace.rejectNonXdrWrites(false);
    namespace.disallowNullSetName(true);
    assertThat(only(TargetCheck.any()).topic()).isEqualTo(Topic.NEEDS_SET);
    assertThat(TargetCheck.any().withSets(Set.of("a")).findings(state())).isEmpty();
  }

  @Test
  void mindsQuotas() throws Exception {
    put("a", 30);
    namespace.quota("a", 1000, 0);
    assertThat(only(TargetCheck.any()).topic()).isEqualTo(Topic.NOT_EMPTY);
    namespace.quota("a", 5, 0);
    List<Finding> findings = TargetCheck.any().findings(state());
    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.topic()).isEqualTo(Topic.SET_QUOTA);
              assertThat(finding.severity()).isEqualTo(Severity.ERROR);
              assertThat(finding.message()).contains("'a'").contains("stop-writes-count (5)");
            });
    assertThat(TargetCheck.any().withSets(Set.of("b")).findings(state())).isEmpty();
    namespace.quota("a", 0, 10);
    assertThat(TargetCheck.any().findings(state()))
        .anyMatch(finding -> finding.message().contains("stop-writes-size (10)"));
  }

  @Test
  void mindsThatRecordsMayNotExpire() throws Exception {
    namespace.options(NamespaceOptions.DEFAULT.withNsupPeriod(0));
    assertThat(only(TargetCheck.any()).topic()).isEqualTo(Topic.NO_TTL);
    namespace.options(NamespaceOptions.DEFAULT.withNsupPeriod(0).withAllowTtlWithoutNsup(true));
    assertThat(TargetCheck.any().findings(state())).isEmpty();
  }

  @Test
  void mindsWhereTheDataWouldGo() throws Exception {
    namespace.shippedTo("dc2", "dc1");
    cluster.namespace("other").shippedTo("dc3");
    assertThat(state().xdrDestinations()).containsExactly("dc1", "dc2");
    Finding finding = only(TargetCheck.any());
    assertThat(finding.topic()).isEqualTo(Topic.XDR);
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.message()).contains("dc1, dc2");
  }

  @Test
  void knowsNoNamespaceThatIsNotThere() {
    assertThatThrownBy(() -> TargetState.read(client, "nowhere"))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_SUCH_NAMESPACE))
        .hasMessageContaining("test");
  }

  private void put(String set, int count) {
    for (int i = 0; i < count; i++) {
      namespace.put(set, i, StoredBin.of("i", i));
    }
  }

  private TargetState state() throws Exception {
    return TargetState.read(client, "test");
  }

  private Finding only(TargetCheck check) throws Exception {
    List<Finding> findings = check.findings(state());
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }
}
