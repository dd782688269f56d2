package org.asbeam.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.aerospike.client.AerospikeClient;
import com.aerospike.client.AerospikeException;
import com.aerospike.client.Bin;
import com.aerospike.client.Key;
import com.aerospike.client.Value;
import com.aerospike.client.cdt.CTX;
import com.aerospike.client.cdt.ListReturnType;
import com.aerospike.client.cdt.MapReturnType;
import com.aerospike.client.exp.Exp;
import com.aerospike.client.exp.ListExp;
import com.aerospike.client.exp.MapExp;
import com.aerospike.client.policy.Policy;
import com.aerospike.client.policy.WritePolicy;
import com.aerospike.client.query.RegexFlag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What expressions mean, packed by the client's own builder, on one record: written once for the
 * embedded node and a real server.
 */
abstract class ExpressionContract {
  private static final Key KEY = new Key("test", "embedded_exp", "user-1");

  /** What a server makes of a condition. */
  private enum Outcome {
    TRUE,
    FALSE,
    UNKNOWN,
    REFUSED
  }

  private AerospikeClient client;

  abstract String server();

  @BeforeEach
  void write() {
    client = Clients.connect(server());
    WritePolicy policy = new WritePolicy();
    policy.sendKey = true;
    policy.expiration = -1;
    client.delete(null, KEY);
    client.put(
        policy,
        KEY,
        new Bin("i", 5),
        new Bin("j", -7),
        new Bin("d", 2.5),
        new Bin("nan", Double.NaN),
        new Bin("s", "Hello.World"),
        new Bin("t", Value.get(true)),
        new Bin("b", new byte[] {1, 2, 3}),
        new Bin("l", List.of(3, 1, 2, "x", 1)),
        new Bin("deep", List.of(List.of(1, 2), List.of(3, Map.of("k", 9)))),
        new Bin("m", new TreeMap<>(Map.of("a", 1, "b", 2, "c", "z"))),
        new Bin("mm", Map.of("k", Map.of("x", 10))));
  }

  @AfterEach
  void close() {
    client.delete(null, KEY);
    client.close();
  }

  private Outcome outcome(Exp exp) {
    int plain = code(exp);
    int negated = code(Exp.not(exp));
    if (plain == ResultCode.PARAMETER) {
      return Outcome.REFUSED;
    }
    return plain == ResultCode.OK
        ? Outcome.TRUE
        : negated == ResultCode.OK ? Outcome.FALSE : Outcome.UNKNOWN;
  }

  private int code(Exp exp) {
    Policy policy = new Policy();
    policy.filterExp = Exp.build(exp);
    policy.failOnFilteredOut = true;
    try {
      client.get(policy, KEY);
      return ResultCode.OK;
    } catch (AerospikeException e) {
      assertThat(e.getResultCode()).isIn(ResultCode.PARAMETER, ResultCode.FILTERED_OUT);
      return e.getResultCode();
    }
  }

  private void check(Map<Exp, Outcome> expected) {
    int number = 0;
    for (Map.Entry<Exp, Outcome> entry : expected.entrySet()) {
      number++;
      assertThat(outcome(entry.getKey())).as("number %d", number).isEqualTo(entry.getValue());
    }
  }

  private void check(Outcome outcome, Exp... all) {
    Map<Exp, Outcome> expected = new LinkedHashMap<>();
    for (Exp exp : all) {
      expected.put(exp, outcome);
    }
    check(expected);
  }

  private static Exp i() {
    return Exp.intBin("i");
  }

  private static Exp d() {
    return Exp.floatBin("d");
  }

  private static Exp n(long value) {
    return Exp.val(value);
  }

  private static Exp f(double value) {
    return Exp.val(value);
  }

  private static Exp list() {
    return Exp.listBin("l");
  }

  private static Exp map() {
    return Exp.mapBin("m");
  }

  @Test
  void comparisons() {
    check(
        Outcome.TRUE,
        Exp.eq(i(), n(5)),
        Exp.ne(i(), n(6)),
        Exp.gt(i(), Exp.intBin("j")),
        Exp.ge(Exp.stringBin("s"), Exp.val("Hello")),
        Exp.lt(Exp.val(false), Exp.boolBin("t")),
        Exp.le(Exp.blobBin("b"), Exp.val(new byte[] {1, 2, 3})),
        Exp.ne(Exp.floatBin("nan"), Exp.floatBin("nan")),
        Exp.eq(f(0.0), f(-0.0)),
        Exp.gt(Exp.stringBin("s"), Exp.val("")),
        Exp.boolBin("t"));
    check(
        Outcome.FALSE,
        Exp.eq(Exp.floatBin("nan"), Exp.floatBin("nan")),
        Exp.gt(Exp.floatBin("nan"), f(0)),
        Exp.lt(Exp.floatBin("nan"), f(0)));
    check(
        Outcome.UNKNOWN,
        Exp.eq(Exp.intBin("none"), n(5)),
        Exp.eq(Exp.intBin("s"), n(5)),
        Exp.boolBin("i"));
    check(
        Outcome.REFUSED,
        Exp.eq(i(), f(5)),
        Exp.eq(i(), Exp.val("5")),
        Exp.and(Exp.val(true), i()),
        Exp.geoCompare(i(), i()));
  }

  @Test
  void logic() {
    Exp unknown = Exp.eq(Exp.intBin("none"), n(5));
    Exp yes = Exp.keyExists();
    Exp no = Exp.not(Exp.keyExists());
    check(
        Outcome.TRUE,
        Exp.or(unknown, yes),
        Exp.and(yes, Exp.not(no)),
        Exp.exclusive(yes, no, no),
        Exp.not(Exp.and(no, unknown)),
        Exp.not(Exp.exclusive(yes, yes, unknown)));
    check(
        Outcome.UNKNOWN,
        Exp.or(unknown, no),
        Exp.and(unknown, yes),
        Exp.not(unknown),
        Exp.exclusive(yes, unknown),
        Exp.unknown(),
        Exp.or(no, Exp.unknown()));
  }

  @Test
  void facts() {
    check(
        Outcome.TRUE,
        Exp.eq(Exp.setName(), Exp.val("embedded_exp")),
        Exp.eq(Exp.ttl(), n(-1)),
        Exp.eq(Exp.voidTime(), n(-1)),
        Exp.gt(Exp.lastUpdate(), n(1_700_000_000_000_000_000L)),
        Exp.lt(Exp.sinceUpdate(), n(600_000)),
        Exp.gt(Exp.recordSize(), n(0)),
        Exp.keyExists(),
        Exp.eq(Exp.key(Exp.Type.STRING), Exp.val("user-1")),
        Exp.eq(Exp.binType("i"), n(1)),
        Exp.eq(Exp.binType("d"), n(2)),
        Exp.eq(Exp.binType("s"), n(3)),
        Exp.eq(Exp.binType("b"), n(4)),
        Exp.eq(Exp.binType("t"), n(17)),
        Exp.eq(Exp.binType("m"), n(19)),
        Exp.eq(Exp.binType("l"), n(20)),
        Exp.eq(Exp.binType("none"), n(0)),
        Exp.binExists("i"));
    byte[] last = KEY.digest;
    long number =
        (last[16] & 0xffL)
            | (last[17] & 0xffL) << 8
            | (last[18] & 0xffL) << 16
            | (last[19] & 0xffL) << 24;
    check(Outcome.TRUE, Exp.eq(Exp.digestModulo(7), n(number % 7)));
    check(Outcome.FALSE, Exp.isTombstone(), Exp.binExists("none"));
    check(Outcome.UNKNOWN, Exp.eq(Exp.key(Exp.Type.INT), n(1)));
    check(
        Outcome.REFUSED, Exp.eq(Exp.key(Exp.Type.FLOAT), f(1)), Exp.eq(Exp.digestModulo(0), n(0)));
  }

  @Test
  void wholeNumbers() {
    check(
        Outcome.TRUE,
        Exp.eq(Exp.add(i(), n(2), n(3)), n(10)),
        Exp.eq(Exp.sub(i(), n(2), n(1)), n(2)),
        Exp.eq(Exp.sub(i()), n(-5)),
        Exp.eq(Exp.mul(i(), Exp.intBin("j")), n(-35)),
        Exp.eq(Exp.div(n(100), i(), n(3)), n(6)),
        Exp.eq(Exp.div(Exp.intBin("j"), n(2)), n(-3)),
        Exp.eq(Exp.mod(Exp.intBin("j"), n(4)), n(-3)),
        Exp.eq(Exp.abs(Exp.intBin("j")), n(7)),
        Exp.eq(Exp.min(i(), n(2), n(9)), n(2)),
        Exp.eq(Exp.max(i(), n(2), n(9)), n(9)),
        Exp.eq(Exp.add(n(Long.MAX_VALUE), n(1)), n(Long.MIN_VALUE)),
        Exp.eq(Exp.toFloat(i()), f(5)),
        Exp.eq(Exp.intAnd(i(), n(4)), n(4)),
        Exp.eq(Exp.intOr(i(), n(2)), n(7)),
        Exp.eq(Exp.intXor(i(), n(1)), n(4)),
        Exp.eq(Exp.intNot(i()), n(-6)),
        Exp.eq(Exp.lshift(i(), n(2)), n(20)),
        Exp.eq(Exp.rshift(Exp.intBin("j"), n(60)), n(15)),
        Exp.eq(Exp.arshift(Exp.intBin("j"), n(1)), n(-4)),
        Exp.eq(Exp.count(i()), n(2)),
        Exp.eq(Exp.lscan(i(), Exp.val(true)), n(61)),
        Exp.eq(Exp.lscan(n(0), Exp.val(true)), n(-1)),
        Exp.eq(Exp.lscan(n(-1), Exp.val(false)), n(-1)),
        Exp.eq(Exp.rscan(i(), Exp.val(true)), n(63)),
        Exp.eq(Exp.rscan(i(), Exp.val(false)), n(62)),
        Exp.eq(Exp.rscan(n(0), Exp.val(true)), n(-1)));
    check(
        Outcome.UNKNOWN,
        Exp.eq(Exp.div(i(), n(0)), n(0)),
        Exp.eq(Exp.mod(i(), n(0)), n(0)),
        Exp.eq(Exp.add(i(), Exp.intBin("none")), n(0)));
    check(
        Outcome.REFUSED,
        Exp.eq(Exp.add(i(), f(1)), n(6)),
        Exp.eq(Exp.toFloat(d()), f(5)),
        Exp.eq(Exp.intAnd(d(), n(1)), n(6)),
        Exp.eq(Exp.mod(d(), f(1)), f(6)));
  }

  @Test
  void fractions() {
    check(
        Outcome.TRUE,
        Exp.eq(Exp.add(d(), f(0.25)), f(2.75)),
        Exp.eq(Exp.sub(d()), f(-2.5)),
        Exp.eq(Exp.mul(d(), f(2), f(2)), f(10)),
        Exp.eq(Exp.div(d(), f(5)), f(0.5)),
        Exp.eq(Exp.div(d()), f(0.4)),
        Exp.gt(Exp.div(d(), f(0)), f(1e300)),
        Exp.eq(Exp.pow(d(), f(2)), f(6.25)),
        Exp.eq(Exp.log(f(8), f(2)), f(3)),
        Exp.eq(Exp.floor(d()), f(2)),
        Exp.eq(Exp.ceil(d()), f(3)),
        Exp.eq(Exp.abs(Exp.sub(d())), f(2.5)),
        Exp.eq(Exp.toInt(d()), n(2)),
        Exp.eq(Exp.toInt(f(-2.9)), n(-2)),
        Exp.eq(Exp.min(d(), f(1)), f(1)),
        Exp.eq(Exp.max(d(), f(1)), f(2.5)));
    check(Outcome.REFUSED, Exp.eq(Exp.pow(i(), n(2)), n(25)), Exp.eq(Exp.floor(i()), f(5)));
  }

  @Test
  void choicesAndVariables() {
    Exp unknown = Exp.eq(Exp.intBin("none"), n(5));
    check(
        Outcome.TRUE,
        Exp.eq(Exp.cond(Exp.gt(i(), n(9)), n(1), Exp.gt(i(), n(3)), n(2), n(3)), n(2)),
        Exp.eq(Exp.cond(Exp.gt(i(), n(9)), n(1), n(3)), n(3)),
        Exp.cond(Exp.val(true), Exp.val(true), Exp.unknown()),
        Exp.let(
            Exp.def("x", Exp.add(i(), n(1))),
            Exp.def("y", Exp.mul(Exp.var("x"), n(2))),
            Exp.eq(Exp.var("y"), n(12))),
        Exp.let(
            Exp.def("x", Exp.intBin("none")), Exp.or(Exp.eq(Exp.var("x"), n(1)), Exp.keyExists())));
    check(
        Outcome.UNKNOWN,
        Exp.cond(unknown, Exp.val(true), Exp.val(true)),
        Exp.cond(Exp.val(true), Exp.unknown(), Exp.val(true)),
        Exp.let(Exp.def("x", Exp.intBin("none")), Exp.eq(Exp.var("x"), n(1))));
    check(
        Outcome.REFUSED,
        Exp.eq(Exp.cond(Exp.val(true), n(1), f(1)), n(1)),
        Exp.eq(Exp.cond(i(), n(1), n(1)), n(1)),
        Exp.eq(Exp.var("x"), n(1)),
        Exp.let(Exp.def("1x", n(1)), Exp.eq(n(1), n(1))),
        Exp.let(Exp.def("x", n(1)), Exp.def("x", n(2)), Exp.eq(n(1), n(1))));
  }

  @Test
  void patterns() {
    Exp text = Exp.stringBin("s");
    check(
        Outcome.TRUE,
        Exp.regexCompare("^Hello", RegexFlag.NONE, text),
        Exp.regexCompare("world$", RegexFlag.ICASE, text),
        Exp.regexCompare("l\\{2\\}o", RegexFlag.NONE, text),
        Exp.regexCompare("l{2}o", RegexFlag.EXTENDED, text),
        Exp.regexCompare("(Hello|Bye)\\.W", RegexFlag.EXTENDED, text),
        Exp.regexCompare("\\(Hello\\|Bye\\)\\.W", RegexFlag.NONE, text),
        Exp.regexCompare("[[:upper:]][a-z]+", RegexFlag.EXTENDED, text),
        Exp.regexCompare("[^]x]*World", RegexFlag.NONE, text),
        Exp.regexCompare("o[.]W", RegexFlag.NONE, text),
        Exp.regexCompare("l*\\.", RegexFlag.NONE, text),
        Exp.regexCompare("\\(l\\)\\1", RegexFlag.NONE, text),
        Exp.regexCompare("user-[0-9]", RegexFlag.NONE, Exp.key(Exp.Type.STRING)));
    check(
        Outcome.FALSE,
        Exp.regexCompare("l{2}o", RegexFlag.NONE, text),
        Exp.regexCompare("(Hello)", RegexFlag.NONE, text),
        Exp.regexCompare("H+", RegexFlag.NONE, text),
        Exp.regexCompare("hello", RegexFlag.NONE, text),
        Exp.regexCompare("o\\.x", RegexFlag.NONE, text),
        Exp.regexCompare("^*", RegexFlag.NONE, text));
    check(
        Outcome.REFUSED,
        Exp.regexCompare("[", RegexFlag.NONE, text),
        Exp.regexCompare("(", RegexFlag.EXTENDED, text),
        Exp.regexCompare("x", RegexFlag.NONE, i()));
    check(Outcome.UNKNOWN, Exp.regexCompare("x", RegexFlag.NONE, Exp.stringBin("none")));
  }

  private static Exp has(Exp value) {
    return ListExp.getByValue(ListReturnType.EXISTS, value, list());
  }

  @Test
  void lists() {
    int value = ListReturnType.VALUE;
    int count = ListReturnType.COUNT;
    check(
        Outcome.TRUE,
        Exp.eq(ListExp.size(list()), n(5)),
        has(n(3)),
        has(Exp.val("x")),
        Exp.eq(ListExp.getByIndex(value, Exp.Type.INT, n(0), list()), n(3)),
        Exp.eq(ListExp.getByIndex(value, Exp.Type.INT, n(-1), list()), n(1)),
        Exp.eq(ListExp.getByIndex(value, Exp.Type.STRING, n(3), list()), Exp.val("x")),
        Exp.eq(ListExp.getByRank(value, Exp.Type.INT, n(0), list()), n(1)),
        Exp.eq(ListExp.getByRank(value, Exp.Type.STRING, n(-1), list()), Exp.val("x")),
        Exp.eq(ListExp.getByValue(count, n(1), list()), n(2)),
        Exp.eq(ListExp.getByValue(count | ListReturnType.INVERTED, n(1), list()), n(3)),
        Exp.eq(ListExp.getByValueList(count, Exp.val(List.of(1, "x")), list()), n(3)),
        Exp.eq(ListExp.getByValueRange(count, n(1), n(3), list()), n(3)),
        Exp.eq(ListExp.getByValueRange(count, n(2), null, list()), n(3)),
        Exp.eq(ListExp.getByValueRange(count, null, n(2), list()), n(2)),
        Exp.eq(ListExp.getByIndexRange(count, n(3), list()), n(2)),
        Exp.eq(ListExp.getByIndexRange(count, n(-2), n(9), list()), n(2)),
        Exp.eq(ListExp.getByIndexRange(value, n(0), n(2), list()), Exp.val(List.of(3, 1))),
        Exp.eq(ListExp.getByRankRange(count, n(2), list()), n(3)),
        Exp.eq(ListExp.size(Exp.val(List.of(1, 2))), n(2)),
        ListExp.getByValue(
            ListReturnType.EXISTS, Exp.setName(), Exp.val(List.of("a", "embedded_exp"))),
        Exp.eq(list(), Exp.val(List.of(3, 1, 2, "x", 1))),
        Exp.lt(list(), Exp.val(List.of(3, 1, 3))),
        Exp.gt(list(), Exp.val(List.of(3, 1))),
        Exp.eq(
            ListExp.getByIndex(value, Exp.Type.INT, n(1), Exp.listBin("deep"), CTX.listIndex(0)),
            n(2)),
        Exp.eq(
            MapExp.getByKey(
                MapReturnType.VALUE,
                Exp.Type.INT,
                Exp.val("k"),
                Exp.listBin("deep"),
                CTX.listIndex(1),
                CTX.listIndex(-1)),
            n(9)));
    check(
        Outcome.FALSE,
        has(n(4)),
        has(Exp.val("3")),
        ListExp.getByValueRange(ListReturnType.EXISTS, n(5), n(9), list()));
    check(
        Outcome.UNKNOWN,
        Exp.eq(ListExp.getByIndex(value, Exp.Type.INT, n(9), list()), n(3)),
        Exp.eq(ListExp.getByIndex(value, Exp.Type.INT, n(3), list()), n(3)),
        Exp.eq(ListExp.size(Exp.listBin("none")), n(0)),
        Exp.eq(ListExp.size(Exp.listBin("m")), n(0)),
        Exp.eq(ListExp.size(list(), CTX.listIndex(0)), n(0)),
        Exp.eq(ListExp.size(Exp.listBin("deep"), CTX.listIndex(7)), n(0)),
        ListExp.getByValue(ListReturnType.EXISTS, Exp.intBin("none"), list()));
    check(Outcome.REFUSED, Exp.eq(ListExp.size(i()), n(1)));
  }

  @Test
  void maps() {
    int value = MapReturnType.VALUE;
    int count = MapReturnType.COUNT;
    int exists = MapReturnType.EXISTS;
    check(
        Outcome.TRUE,
        Exp.eq(MapExp.size(map()), n(3)),
        Exp.eq(MapExp.getByKey(value, Exp.Type.INT, Exp.val("a"), map()), n(1)),
        Exp.eq(MapExp.getByKey(value, Exp.Type.STRING, Exp.val("c"), map()), Exp.val("z")),
        MapExp.getByKey(exists, Exp.Type.BOOL, Exp.val("b"), map()),
        Exp.eq(MapExp.getByKey(count, Exp.Type.INT, Exp.val("b"), map()), n(1)),
        Exp.eq(MapExp.getByKey(count, Exp.Type.INT, Exp.val("q"), map()), n(0)),
        Exp.eq(MapExp.getByIndex(value, Exp.Type.INT, n(1), map()), n(2)),
        Exp.eq(MapExp.getByIndex(MapReturnType.KEY, Exp.Type.STRING, n(-1), map()), Exp.val("c")),
        Exp.eq(MapExp.getByRank(value, Exp.Type.INT, n(0), map()), n(1)),
        Exp.eq(MapExp.getByRank(MapReturnType.KEY, Exp.Type.STRING, n(-1), map()), Exp.val("c")),
        MapExp.getByValue(exists, n(2), map()),
        Exp.eq(MapExp.getByValue(count, Exp.val("z"), map()), n(1)),
        Exp.eq(MapExp.getByKeyList(count, Exp.val(List.of("a", "c", "q")), map()), n(2)),
        Exp.eq(MapExp.getByValueList(count, Exp.val(List.of(1, 2, 3)), map()), n(2)),
        Exp.eq(MapExp.getByKeyRange(count, Exp.val("a"), Exp.val("c"), map()), n(2)),
        Exp.eq(MapExp.getByKeyRange(count, Exp.val("b"), null, map()), n(2)),
        Exp.eq(MapExp.getByValueRange(count, n(1), n(2), map()), n(1)),
        Exp.eq(MapExp.getByIndexRange(count, n(1), map()), n(2)),
        Exp.eq(MapExp.getByRankRange(count, n(1), n(1), map()), n(1)),
        Exp.eq(
            MapExp.getByIndexRange(MapReturnType.KEY, n(0), n(2), map()),
            Exp.val(List.of("a", "b"))),
        Exp.eq(
            MapExp.getByKey(
                value, Exp.Type.INT, Exp.val("x"), Exp.mapBin("mm"), CTX.mapKey(Value.get("k"))),
            n(10)),
        Exp.eq(MapExp.size(Exp.mapBin("mm"), CTX.mapIndex(0)), n(1)));
    check(
        Outcome.FALSE,
        MapExp.getByKey(exists, Exp.Type.BOOL, Exp.val("q"), map()),
        MapExp.getByValue(exists, n(9), map()));
    check(
        Outcome.UNKNOWN,
        Exp.eq(MapExp.getByKey(value, Exp.Type.INT, Exp.val("q"), map()), n(1)),
        Exp.eq(MapExp.getByKey(value, Exp.Type.INT, Exp.val("c"), map()), n(1)),
        Exp.eq(MapExp.getByIndex(value, Exp.Type.INT, n(9), map()), n(1)),
        Exp.eq(MapExp.size(Exp.mapBin("l")), n(1)),
        Exp.eq(MapExp.size(Exp.mapBin("mm"), CTX.mapKey(Value.get("q"))), n(1)));
  }
}
