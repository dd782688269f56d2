package org.asbeam.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.aerospike.client.AerospikeClient;
import com.aerospike.client.AerospikeException;
import com.aerospike.client.Bin;
import com.aerospike.client.Key;
import com.aerospike.client.Value;
import com.aerospike.client.cdt.ListReturnType;
import com.aerospike.client.cdt.MapReturnType;
import com.aerospike.client.exp.Exp;
import com.aerospike.client.exp.Expression;
import com.aerospike.client.exp.ListExp;
import com.aerospike.client.exp.MapExp;
import com.aerospike.client.policy.Policy;
import com.aerospike.client.policy.WritePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Random expressions mean the same to the embedded node and to a real server. */
@EnabledIfEnvironmentVariable(named = "ASBEAM_TEST_SERVER", matches = ".+")
class RandomExpressionTest {
  private static final Key KEY = new Key("test", "embedded_exp_random", "user-1");
  private static final int EXPRESSIONS = 3000;
  private static final long[] NUMBERS = {0, 1, 2, -1, -7, 5, 63, 1L << 40};
  private static final double[] FRACTIONS = {0, -0.0, 1, 2.5, -3.25, 1e10};

  private Random random;

  @Test
  void meanTheSame() {
    try (EmbeddedCluster cluster = EmbeddedCluster.builder().namespace("test").start();
        AerospikeClient embedded = Clients.connect(cluster);
        AerospikeClient real = Clients.connect(System.getenv("ASBEAM_TEST_SERVER"))) {
      write(embedded);
      write(real);
      int matches = 0;
      for (int seed = 0; seed < EXPRESSIONS; seed++) {
        random = new Random(seed);
        Expression expression = Exp.build(bool(4));
        int expected = code(real, expression);
        assertThat(code(embedded, expression))
            .as("seed %d, %s", seed, expression.getBase64())
            .isEqualTo(expected);
        matches += expected == ResultCode.OK ? 1 : 0;
      }
      // Neither all the same nor nothing but refusals.
      assertThat(matches).isBetween(EXPRESSIONS / 10, EXPRESSIONS * 9 / 10);
      real.delete(null, KEY);
    }
  }

  private static void write(AerospikeClient client) {
    WritePolicy policy = new WritePolicy();
    policy.sendKey = true;
    policy.expiration = -1;
    client.delete(null, KEY);
    client.put(
        policy,
        KEY,
        new Bin("i", 5),
        new Bin("d", 2.5),
        new Bin("s", "Hello"),
        new Bin("t", Value.get(true)),
        new Bin("l", List.of(3, 1, 2, "x", 1, 2.5, List.of(1, 2), true)),
        new Bin("m", new TreeMap<>(Map.of("a", 1, "b", 2, "c", "z"))));
  }

  private static int code(AerospikeClient client, Expression expression) {
    Policy policy = new Policy();
    policy.filterExp = expression;
    policy.failOnFilteredOut = true;
    try {
      client.get(policy, KEY);
      return ResultCode.OK;
    } catch (AerospikeException e) {
      return e.getResultCode();
    }
  }

  private Exp[] several(int count, java.util.function.Supplier<Exp> of) {
    List<Exp> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(of.get());
    }
    return all.toArray(new Exp[0]);
  }

  private Exp bool(int depth) {
    if (depth == 0) {
      return switch (random.nextInt(6)) {
        case 0 -> Exp.val(random.nextBoolean());
        case 1 -> Exp.boolBin(random.nextBoolean() ? "t" : "none");
        case 2 -> Exp.keyExists();
        case 3 -> Exp.binExists(random.nextBoolean() ? "i" : "none");
        case 4 -> Exp.unknown();
        default -> Exp.eq(Exp.setName(), Exp.val("embedded_exp_random"));
      };
    }
    int next = depth - 1;
    return switch (random.nextInt(12)) {
      case 0 -> Exp.and(several(2 + random.nextInt(2), () -> bool(next)));
      case 1 -> Exp.or(several(2 + random.nextInt(2), () -> bool(next)));
      case 2 -> Exp.not(bool(next));
      case 3 -> Exp.exclusive(several(2 + random.nextInt(2), () -> bool(next)));
      case 4 -> compare(integer(next), integer(next));
      case 5 -> compare(fraction(next), fraction(next));
      case 6 -> compare(text(), text());
      case 7 -> compare(integer(next), integer(next));
      case 8 -> Exp.cond(bool(next), bool(next), bool(next));
      case 9 -> ListExp.getByValue(ListReturnType.EXISTS, any(next), Exp.listBin("l"));
      case 10 -> MapExp.getByKey(MapReturnType.EXISTS, Exp.Type.BOOL, text(), Exp.mapBin("m"));
      default ->
          Exp.let(
              Exp.def("v" + depth, integer(next)), compare(Exp.var("v" + depth), integer(next)));
    };
  }

  private Exp compare(Exp left, Exp right) {
    return switch (random.nextInt(6)) {
      case 0 -> Exp.eq(left, right);
      case 1 -> Exp.ne(left, right);
      case 2 -> Exp.gt(left, right);
      case 3 -> Exp.ge(left, right);
      case 4 -> Exp.lt(left, right);
      default -> Exp.le(left, right);
    };
  }

  private Exp any(int depth) {
    return switch (random.nextInt(3)) {
      case 0 -> integer(depth);
      case 1 -> fraction(depth);
      default -> text();
    };
  }

  private Exp text() {
    return switch (random.nextInt(5)) {
      case 0 -> Exp.stringBin("s");
      case 1 -> Exp.val("x");
      case 2 -> Exp.val("a");
      case 3 -> Exp.key(Exp.Type.STRING);
      default ->
          MapExp.getByIndex(
              MapReturnType.KEY, Exp.Type.STRING, Exp.val(random.nextInt(6) - 3), Exp.mapBin("m"));
    };
  }

  private Exp integer(int depth) {
    if (depth == 0) {
      return switch (random.nextInt(4)) {
        case 0 -> Exp.intBin(random.nextInt(4) == 0 ? "none" : "i");
        case 1 -> Exp.binType(random.nextBoolean() ? "l" : "none");
        default -> Exp.val(NUMBERS[random.nextInt(NUMBERS.length)]);
      };
    }
    int next = depth - 1;
    Exp list = Exp.listBin("l");
    Exp map = Exp.mapBin("m");
    int count = ListReturnType.COUNT | (random.nextInt(3) == 0 ? ListReturnType.INVERTED : 0);
    return switch (random.nextInt(26)) {
      case 0 -> Exp.add(several(1 + random.nextInt(3), () -> integer(next)));
      case 1 -> Exp.sub(several(1 + random.nextInt(3), () -> integer(next)));
      case 2 -> Exp.mul(several(1 + random.nextInt(3), () -> integer(next)));
      case 3 -> Exp.div(several(1 + random.nextInt(3), () -> integer(next)));
      case 4 -> Exp.mod(integer(next), integer(next));
      case 5 -> Exp.abs(integer(next));
      case 6 -> Exp.min(several(1 + random.nextInt(3), () -> integer(next)));
      case 7 -> Exp.max(several(1 + random.nextInt(3), () -> integer(next)));
      case 8 -> Exp.intAnd(integer(next), integer(next));
      case 9 -> Exp.intOr(integer(next), integer(next));
      case 10 -> Exp.intXor(integer(next), integer(next));
      case 11 -> Exp.intNot(integer(next));
      case 12 -> Exp.lshift(integer(next), Exp.val(random.nextInt(64)));
      case 13 -> Exp.rshift(integer(next), Exp.val(random.nextInt(64)));
      case 14 -> Exp.arshift(integer(next), Exp.val(random.nextInt(64)));
      case 15 -> Exp.count(integer(next));
      case 16 -> Exp.lscan(integer(next), bool(0));
      case 17 -> Exp.rscan(integer(next), bool(0));
      case 18 -> Exp.cond(bool(next), integer(next), integer(next));
      case 19 -> ListExp.getByValueRange(count, any(next), any(next), list);
      case 20 -> ListExp.getByIndexRange(count, index(), Exp.val(random.nextInt(10)), list);
      case 21 -> ListExp.getByRankRange(count, index(), list);
      case 22 ->
          ListExp.getByIndex(
              new int[] {7, 1, 2, 3, 4, 5}[random.nextInt(6)], Exp.Type.INT, index(), list);
      case 23 ->
          ListExp.getByRank(
              new int[] {7, 1, 2, 3, 4, 5}[random.nextInt(6)], Exp.Type.INT, index(), list);
      case 24 ->
          MapExp.getByKey(
              new int[] {7, 1, 2, 3, 4, 5}[random.nextInt(6)], Exp.Type.INT, text(), map);
      default -> MapExp.getByKeyRange(count, text(), text(), map);
    };
  }

  private Exp index() {
    return Exp.val(random.nextInt(24) - 12);
  }

  private Exp fraction(int depth) {
    if (depth == 0) {
      return random.nextInt(3) == 0
          ? Exp.floatBin("d")
          : Exp.val(FRACTIONS[random.nextInt(FRACTIONS.length)]);
    }
    int next = depth - 1;
    return switch (random.nextInt(9)) {
      case 0 -> Exp.add(fraction(next), fraction(next));
      case 1 -> Exp.sub(several(1 + random.nextInt(2), () -> fraction(next)));
      case 2 -> Exp.mul(fraction(next), fraction(next));
      case 3 -> Exp.div(several(1 + random.nextInt(2), () -> fraction(next)));
      case 4 -> Exp.floor(fraction(next));
      case 5 -> Exp.ceil(fraction(next));
      case 6 -> Exp.toFloat(integer(next));
      case 7 -> Exp.min(fraction(next), fraction(next));
      default -> Exp.abs(fraction(next));
    };
  }
}
