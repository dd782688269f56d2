package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.SecondaryIndex.Collection;
import org.asbeam.format.SecondaryIndex.ValueType;
import org.junit.jupiter.api.Test;

class IndexInfoTest {
  private static final String PLAIN =
      "ns=test:indexname=i1:set=s1:bin=v:type=numeric:indextype=default:context=null:exp=null"
          + ":state=RW";

  @Test
  void readsAnIndexOnABin() throws Exception {
    assertThat(IndexInfo.parse("test", PLAIN, "")).containsExactly(index("s1", "i1", "v", "", ""));
  }

  @Test
  void readsContextAndExpressionWithEqualsSigns() throws Exception {
    String list =
        "ns=test:indexname=c:set=null:bin=v:type=string:indextype=mapvalues:context=khEA==:exp=null"
            + ":state=ERROR;"
            + "ns=test:indexname=e:set=s:bin=null:type=blob:indextype=list:context=null:exp=kwGR="
            + ":state=RW";
    assertThat(IndexInfo.parse("test", list, ""))
        .containsExactly(
            new SecondaryIndex(
                "test", "", "c", Collection.MAP_VALUES, "v", ValueType.STRING, "khEA==", ""),
            new SecondaryIndex("test", "s", "e", Collection.LIST, "", ValueType.BLOB, "", "kwGR="));
  }

  @Test
  void readsTheNamesOfOldServers() throws Exception {
    String list =
        "ns=test:indexname=i1:set=NULL:bin=v:type=int signed:indextype=NONE:state=RW;"
            + "ns=test:indexname=i2:set=a:bin=w:type=text:indextype=none:state=RW;"
            + "ns=test:indexname=i3:set=a:bin=x:type=geojson:indextype=none:state=RW";
    assertThat(IndexInfo.parse("test", list, ""))
        .extracting(SecondaryIndex::valueType)
        .containsExactly(ValueType.NUMERIC, ValueType.STRING, ValueType.GEO2DSPHERE);
  }

  @Test
  void tellsTheSetNamedNullFromNone() throws Exception {
    String list = PLAIN.replace("set=s1", "set=null");
    assertThat(IndexInfo.parse("test", list, "ns=test:set=null:objects=1:sindexes=0;").get(0).set())
        .isEmpty();
    assertThat(IndexInfo.parse("test", list, "ns=test:set=null:objects=1:sindexes=1;").get(0).set())
        .isEqualTo("null");
  }

  @Test
  void refusesToGuessWhichIndexIsOnTheSetNamedNull() {
    String list =
        PLAIN.replace("set=s1", "set=null")
            + ";"
            + PLAIN.replace("set=s1", "set=null").replace("i1", "i2");
    assertThatThrownBy(() -> IndexInfo.parse("test", list, "ns=test:set=null:sindexes=1;"))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSUPPORTED))
        .hasMessageContaining("set named 'null'");
  }

  @Test
  void refusesAKindThatBackupsCannotHold() {
    assertThatThrownBy(
            () -> IndexInfo.parse("test", PLAIN.replace("type=numeric", "type=hologram"), ""))
        .hasMessageContaining("'i1'")
        .hasMessageContaining("hologram");
  }

  @Test
  void writesTheCommandOfABin() throws Exception {
    SecondaryIndex index =
        new SecondaryIndex("test", "", "i", Collection.MAP_KEYS, "v", ValueType.STRING, "khEA", "");
    assertThat(IndexInfo.createCommand(index, "namespace"))
        .isEqualTo(
            "sindex-create:namespace=test;indexname=i;context=khEA;indextype=mapkeys"
                + ";indexdata=v,string");
  }

  @Test
  void writesTheCommandOfAnExpression() throws Exception {
    SecondaryIndex index = index("s", "i", "null", "", "kwGR");
    assertThat(IndexInfo.createCommand(index, "ns"))
        .isEqualTo("sindex-create:ns=test;set=s;indexname=i;exp=kwGR;type=numeric");
  }

  @Test
  void refusesNamesThatWouldChangeTheCommand() {
    for (String name : List.of("a;b", "a:b", "a,b", "a=b", "a\nb", "")) {
      assertThatThrownBy(() -> IndexInfo.createCommand(index("s", "i", name, "", ""), "ns"))
          .hasMessageContaining("can't carry the name");
    }
    assertThatThrownBy(() -> IndexInfo.createCommand(index("s", "i", "v", "a;x", ""), "ns"))
        .hasMessageContaining("not base64");
  }

  @Test
  void keepsWhatIsIdentical() throws Exception {
    SecondaryIndex index = index("s", "i", "v", "", "");
    assertThat(IndexChange.plan(index, List.of(index), false).isKept()).isTrue();
  }

  @Test
  void createsWhatIsMissing() throws Exception {
    SecondaryIndex index = index("s", "i", "v", "", "");
    IndexChange change = IndexChange.plan(index, List.of(index("s", "other", "w", "", "")), false);
    assertThat(change.isKept()).isFalse();
    assertThat(change.drops()).isEmpty();
  }

  @Test
  void refusesAnotherDefinitionOfTheSameName() {
    SecondaryIndex index = index("s", "i", "v", "", "");
    assertThatThrownBy(() -> IndexChange.plan(index, List.of(index("s", "i", "w", "", "")), false))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.METADATA_CONFLICT))
        .hasMessageContaining("bin 'w'")
        .hasMessageContaining("bin 'v'");
  }

  @Test
  void refusesTheSameDefinitionUnderAnotherName() {
    SecondaryIndex index = index("s", "i", "v", "", "");
    assertThatThrownBy(() -> IndexChange.plan(index, List.of(index("s", "j", "v", "", "")), false))
        .hasMessageContaining("under the name 'j'");
  }

  @Test
  void dropsWhatStandsInTheWayIfAllowed() throws Exception {
    SecondaryIndex index = index("s", "i", "v", "", "");
    SecondaryIndex sameName = index("s", "i", "w", "", "");
    SecondaryIndex sameDefinition = index("s", "j", "v", "", "");
    assertThat(IndexChange.plan(index, List.of(sameName, sameDefinition), true).drops())
        .containsExactly(sameName, sameDefinition);
  }

  private static SecondaryIndex index(
      String set, String name, String bin, String context, String expression) {
    return new SecondaryIndex(
        "test", set, name, Collection.VALUE, bin, ValueType.NUMERIC, context, expression);
  }
}
