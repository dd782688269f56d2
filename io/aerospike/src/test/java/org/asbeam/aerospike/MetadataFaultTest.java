package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aerospike.client.ResultCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.InjectedFault;
import org.asbeam.embedded.StoredIndex;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands on indexes and UDFs that fail for a while or for good, and which are sent at all. */
@Timeout(60)
class MetadataFaultTest {
  private static final RetryPolicy OFTEN = new RetryPolicy(Duration.ofMillis(1), 1, 100_000);

  private EmbeddedCluster cluster;
  private ClusterClient client;

  @BeforeEach
  void start() throws Exception {
    cluster = EmbeddedCluster.builder().nodes(2).namespace("test").start();
    client = ClusterClients.acquire(ConnectionSpec.of(cluster.seeds()).withTendIntervalMillis(250));
  }

  @AfterEach
  void stop() {
    client.close();
    ClusterClients.closeIdle();
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {ResultCode.TIMEOUT, ResultCode.PARTITION_UNAVAILABLE})
  void sendsAgainWhatFailedForAWhile(int code) throws Exception {
    InjectedFault fault = cluster.inject(Fault.on(Fault.Target.INFO).always().resultCode(code));
    MetadataWriter writer = writer(spec().withRetryPolicy(OFTEN), until(fault, 8));
    assertThat(writer.writeUdfs(List.of(udf())).created()).isEqualTo(1);
    fault = cluster.inject(Fault.on(Fault.Target.INFO).always().resultCode(code));
    writer = writer(spec().withRetryPolicy(OFTEN), until(fault, 8));
    assertThat(writer.writeIndexes(List.of(index("i1", "a"))).created()).isEqualTo(1);
    assertThat(names()).containsExactly("i1");
    assertThat(cluster.udfs()).hasSize(1);
  }

  @Test
  void sendsAgainWhatGotNoAnswer() throws Exception {
    InjectedFault fault = cluster.inject(Fault.on(Fault.Target.INFO).always().dropConnection());
    MetadataWriter writer = writer(spec().withRetryPolicy(OFTEN), until(fault, 8));
    assertThat(writer.writeIndexes(List.of(index("i1", "a"))).created()).isEqualTo(1);
    assertThat(fault.hits()).isGreaterThanOrEqualTo(8);
  }

  @Test
  void triesAsOftenAsAPersonSays() {
    cluster.inject(Fault.on(Fault.Target.INFO).always().resultCode(ResultCode.TIMEOUT));
    MetadataSpec twice = spec().withRetryPolicy(new RetryPolicy(Duration.ofMillis(1), 1, 2));
    assertThatThrownBy(() -> writer(twice, () -> false).writeIndexes(List.of(index("i1", "a"))))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.RETRIES_EXHAUSTED));
    assertThat(names()).isEmpty();
  }

  @Test
  void doesNotRepeatWhatIsRefusedForGood() {
    InjectedFault fault =
        cluster.inject(Fault.on(Fault.Target.INFO).always().resultCode(ResultCode.ROLE_VIOLATION));
    assertThatThrownBy(
            () ->
                writer(spec().withRetryPolicy(OFTEN), () -> fault.hits() > 100)
                    .writeIndexes(List.of(index("i1", "a"))))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.ACCESS_DENIED));
  }

  @Test
  void stopsWhileItRepeats() {
    InjectedFault fault =
        cluster.inject(Fault.on(Fault.Target.INFO).always().resultCode(ResultCode.TIMEOUT));
    assertThatThrownBy(() -> writer(spec(), () -> fault.hits() > 2).writeUdfs(List.of(udf())))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STOPPED));
  }

  @Test
  void leavesOutIndexesOfSetsThatAreNotSelected() throws Exception {
    MetadataOutcome outcome =
        writer(spec().withSets(Set.of("a")), () -> false)
            .writeIndexes(List.of(index("i1", "a"), index("i2", "b"), index("i3", "")));
    assertThat(outcome.created()).isEqualTo(2);
    assertThat(outcome.skipped()).isEqualTo(1);
    assertThat(outcome.warnings()).isEmpty();
    assertThat(names()).containsExactlyInAnyOrder("i1", "i3");
  }

  @Test
  void mapsIndexesOfTheSourceNamespaceOnly() throws Exception {
    MetadataSpec spec = spec().withSourceNamespace("elsewhere");
    assertThat(writer(spec, () -> false).writeIndexes(List.of(index("i1", "a"))).created())
        .isEqualTo(1);
    assertThatThrownBy(
            () ->
                writer(spec.withSourceNamespace("source"), () -> false)
                    .writeIndexes(List.of(index("i2", "a"))))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.WRONG_NAMESPACE))
        .hasMessageContaining("'elsewhere'")
        .hasMessageContaining("'source'");
    assertThat(names()).containsExactly("i1");
  }

  /** Ends the fault when it has happened often enough. */
  private BooleanSupplier until(InjectedFault fault, int hits) {
    return () -> {
      if (fault.hits() >= hits) {
        fault.close();
      }
      return false;
    };
  }

  private List<String> names() {
    return cluster.namespace("test").indexes().stream().map(StoredIndex::name).toList();
  }

  private static MetadataSpec spec() {
    return MetadataSpec.of("test");
  }

  private MetadataWriter writer(MetadataSpec spec, BooleanSupplier stop) {
    return new MetadataWriter(client, spec, line -> {}, stop);
  }

  private static SecondaryIndex index(String name, String set) {
    return new SecondaryIndex(
        "elsewhere",
        set,
        name,
        SecondaryIndex.Collection.VALUE,
        "bin_" + name,
        SecondaryIndex.ValueType.NUMERIC,
        "",
        "");
  }

  private static UdfModule udf() {
    return new UdfModule("u.lua", "function f() end".getBytes(StandardCharsets.UTF_8));
  }
}
