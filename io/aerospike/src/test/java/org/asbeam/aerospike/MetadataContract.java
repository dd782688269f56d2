package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aerospike.client.cdt.CTX;
import com.aerospike.client.exp.Exp;
import com.aerospike.client.query.IndexCollectionType;
import com.aerospike.client.query.IndexType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.SecondaryIndex.Collection;
import org.asbeam.format.SecondaryIndex.ValueType;
import org.asbeam.format.UdfModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading and restoring of secondary indexes and UDFs on every server, and the cluster's state. */
abstract class MetadataContract {
  private static final String SET = "aerospike_meta";
  private static final String PREFIX = "aerospike_";
  private static final String CONTEXT = CTX.toBase64(new CTX[] {CTX.listIndex(1)});
  private static final String EXPRESSION =
      Exp.build(Exp.add(Exp.intBin("a"), Exp.intBin("b"))).getBase64();

  private Fixture fixture;

  abstract String start() throws Exception;

  abstract void stop();

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture(start());
    fixture.put(SET, 10);
  }

  @AfterEach
  void clean() throws Exception {
    for (SecondaryIndex index : ours()) {
      fixture
          .oracle
          .dropIndex(null, Fixture.NAMESPACE, index.set(), index.name())
          .waitTillComplete(20);
    }
    for (UdfModule module : ourUdfs()) {
      fixture.oracle.removeUdf(null, module.name());
    }
    fixture.delete(SET);
    fixture.close();
    stop();
  }

  @Test
  void restoresEveryKindOfIndexAndReadsTheSame() throws Exception {
    List<SecondaryIndex> indexes =
        List.of(
            index("blob", SET, Collection.VALUE, "b", ValueType.BLOB, "", ""),
            index("ctx", SET, Collection.VALUE, "l", ValueType.STRING, CONTEXT, ""),
            index("exp", SET, Collection.VALUE, "", ValueType.NUMERIC, "", EXPRESSION),
            index("geo", SET, Collection.LIST, "g", ValueType.GEO2DSPHERE, "", ""),
            index("keys", SET, Collection.MAP_KEYS, "m", ValueType.STRING, "", ""),
            index("none", "", Collection.VALUE, "n", ValueType.NUMERIC, "", ""),
            index("num", SET, Collection.VALUE, "i", ValueType.NUMERIC, "", ""),
            index("vals", SET, Collection.MAP_VALUES, "m", ValueType.NUMERIC, "", ""));
    assertThat(writer(false).writeIndexes(indexes))
        .isEqualTo(new MetadataOutcome(indexes.size(), 0, 0, 0, List.of()));
    assertThat(ours()).isEqualTo(indexes);
    assertThat(writer(false).writeIndexes(ours()))
        .as("a second restore leaves them alone")
        .isEqualTo(new MetadataOutcome(0, indexes.size(), 0, 0, List.of()));
  }

  @Test
  void readsWhatTheClientCreated() throws Exception {
    fixture
        .oracle
        .createIndex(
            null,
            Fixture.NAMESPACE,
            SET,
            PREFIX + "c",
            "bin",
            IndexType.NUMERIC,
            IndexCollectionType.LIST,
            CTX.mapKey(com.aerospike.client.Value.get("k")))
        .waitTillComplete(20);
    String context = CTX.toBase64(new CTX[] {CTX.mapKey(com.aerospike.client.Value.get("k"))});
    assertThat(ours())
        .containsExactly(index("c", SET, Collection.LIST, "bin", ValueType.NUMERIC, context, ""));
  }

  @Test
  void mapsTheNamespaceOfIndexes() throws Exception {
    SecondaryIndex elsewhere =
        new SecondaryIndex(
            "elsewhere", SET, PREFIX + "i", Collection.VALUE, "i", ValueType.NUMERIC, "", "");
    assertThat(writer(false).writeIndexes(List.of(elsewhere, elsewhere)))
        .isEqualTo(new MetadataOutcome(1, 1, 0, 0, List.of()));
    assertThat(ours()).extracting(SecondaryIndex::namespace).containsExactly(Fixture.NAMESPACE);
  }

  @Test
  void refusesToReplaceAnIndexUnlessTold() throws Exception {
    SecondaryIndex old = index("i", SET, Collection.VALUE, "i", ValueType.NUMERIC, "", "");
    SecondaryIndex other = index("i", SET, Collection.VALUE, "i", ValueType.STRING, "", "");
    SecondaryIndex fine = index("a", SET, Collection.VALUE, "a", ValueType.STRING, "", "");
    writer(false).writeIndexes(List.of(old));
    assertThatThrownBy(() -> writer(false).writeIndexes(List.of(fine, other)))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.METADATA_CONFLICT))
        .hasMessageContaining("numeric")
        .hasMessageContaining("string");
    assertThat(ours()).as("nothing was changed").containsExactly(old);
    assertThat(writer(true).writeIndexes(List.of(fine, other)))
        .isEqualTo(new MetadataOutcome(1, 0, 1, 0, List.of()));
    assertThat(ours()).containsExactly(fine, other);
  }

  @Test
  void skipsTheRemainsOfAnExpression() throws Exception {
    SecondaryIndex lost = index("e", SET, Collection.VALUE, "null", ValueType.NUMERIC, "", "");
    MetadataOutcome outcome = writer(false).writeIndexes(List.of(lost));
    assertThat(outcome.skipped()).isEqualTo(1);
    assertThat(outcome.warnings()).singleElement().asString().contains(PREFIX + "e");
    assertThat(ours()).isEmpty();
  }

  @Test
  void refusesANamespaceThatIsNotThere() {
    assertThatThrownBy(() -> new MetadataReader(fixture.client).secondaryIndexes("nowhere"))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_SUCH_NAMESPACE));
    assertThatThrownBy(() -> ClusterState.read(fixture.client, "nowhere"))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_SUCH_NAMESPACE))
        .hasMessageContaining(Fixture.NAMESPACE);
  }

  @Test
  void restoresModulesAndReadsTheSame() throws Exception {
    List<UdfModule> modules =
        List.of(
            module("a.lua", "-- first\nfunction one(r)\n  return 1\nend\n"),
            module("b.lua", "-- second\t\u00e9;:=\nfunction two(r)\n  return 2\nend"));
    assertThat(writer(false).writeUdfs(modules))
        .isEqualTo(new MetadataOutcome(2, 0, 0, 0, List.of()));
    assertThat(ourUdfs()).isEqualTo(modules);
    assertThat(writer(false).writeUdfs(ourUdfs()))
        .isEqualTo(new MetadataOutcome(0, 2, 0, 0, List.of()));
  }

  @Test
  void refusesToReplaceAModuleUnlessTold() throws Exception {
    UdfModule old = module("a.lua", "function one(r)\n  return 1\nend\n");
    UdfModule other = module("a.lua", "function one(r)\n  return 2\nend\n");
    writer(false).writeUdfs(List.of(old));
    assertThatThrownBy(() -> writer(false).writeUdfs(List.of(other)))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.METADATA_CONFLICT))
        .hasMessageContaining("a.lua");
    assertThat(ourUdfs()).containsExactly(old);
    assertThat(writer(true).writeUdfs(List.of(other)))
        .isEqualTo(new MetadataOutcome(0, 0, 1, 0, List.of()));
    assertThat(ourUdfs()).containsExactly(other);
  }

  @Test
  void stopsBetweenItems() {
    SecondaryIndex index = index("i", SET, Collection.VALUE, "i", ValueType.NUMERIC, "", "");
    MetadataWriter writer =
        new MetadataWriter(
            fixture.client, MetadataSpec.of(Fixture.NAMESPACE), line -> {}, () -> true);
    assertThatThrownBy(() -> writer.writeIndexes(List.of(index)))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STOPPED));
  }

  @Test
  void knowsTheStateOfTheCluster() throws Exception {
    ClusterState state =
        ClusterState.awaitStable(
            fixture.client, Fixture.NAMESPACE, Duration.ofSeconds(20), () -> false);
    assertThat(state.nodes()).hasSize(fixture.oracle.getNodes().length);
    assertThat(state.nodes().get(0).build()).startsWith("8.1.0.");
    assertThat(state.nodes().get(0).edition()).contains("Community");
    assertThat(state.clusterKey()).matches("[0-9A-Fa-f]+");
    assertThat(state.replicationFactor()).isPositive();
    assertThat(state.stopWrites()).isFalse();
    assertThat(state.stable()).isTrue();
    assertThat(state.maxSkewMillis()).isLessThan(60_000);
    assertThat(state.differencesFrom(ClusterState.read(fixture.client, Fixture.NAMESPACE)))
        .isEmpty();
    List<String> masters = ClusterState.masters(fixture.client, Fixture.NAMESPACE);
    assertThat(masters).hasSize(4096).allMatch(name -> !name.isEmpty());
    assertThat(ClusterState.partitionsByMaster(fixture.client, Fixture.NAMESPACE).values())
        .extracting(set -> set.size())
        .satisfies(sizes -> assertThat(sizes.stream().mapToInt(i -> i).sum()).isEqualTo(4096));
  }

  private MetadataWriter writer(boolean replace) {
    return new MetadataWriter(
        fixture.client,
        MetadataSpec.of(Fixture.NAMESPACE).withReplace(replace),
        line -> {},
        () -> false);
  }

  private List<SecondaryIndex> ours() throws IOException {
    return new MetadataReader(fixture.client)
        .secondaryIndexes(Fixture.NAMESPACE).stream()
            .filter(index -> index.name().startsWith(PREFIX))
            .toList();
  }

  private List<UdfModule> ourUdfs() throws IOException {
    return new MetadataReader(fixture.client)
        .udfs().stream().filter(module -> module.name().startsWith(PREFIX)).toList();
  }

  private static SecondaryIndex index(
      String name,
      String set,
      Collection collection,
      String bin,
      ValueType type,
      String context,
      String expression) {
    return new SecondaryIndex(
        Fixture.NAMESPACE, set, PREFIX + name, collection, bin, type, context, expression);
  }

  private static UdfModule module(String name, String content) {
    return new UdfModule(PREFIX + name, content.getBytes(StandardCharsets.UTF_8));
  }
}
