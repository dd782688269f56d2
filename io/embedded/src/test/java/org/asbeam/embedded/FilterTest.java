package org.asbeam.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aerospike.client.exp.Exp;
import com.aerospike.client.exp.Expression;
import com.aerospike.client.query.RegexFlag;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Filters as the client packs them, on a record of set "s1" with a key and five bins. */
class FilterTest {
  private static final long NOW = 1_000_000_000L;
  private static final long VOID_TIME = NOW / 1000 + 100;
  private static final long UPDATED = NOW - 5000;
  private static final long UNIX_MILLIS = 1_262_304_000_000L;

  private final byte[] row =
      NewRecord.of("s1", "k")
          .voidTime(VOID_TIME)
          .lastUpdate(UPDATED)
          .bin("i", 5)
          .bin("d", 1.5)
          .bin("s", "text")
          .bin("t", true)
          .bin("b", new byte[] {1, 2})
          .toRow(Bytes.utf8("test"), 0);

  private boolean matches(Exp exp) {
    return matches(exp, row);
  }

  private static boolean matches(Exp exp, byte[] row) {
    Expression expression = Exp.build(exp);
    try {
      return Filter.parse(expression.getBytes()).matches(row, NOW);
    } catch (RequestException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void factsAboutTheRecord() {
    long nanos = (UPDATED + UNIX_MILLIS) * 1_000_000;
    assertThat(matches(Exp.eq(Exp.lastUpdate(), Exp.val(nanos)))).isTrue();
    assertThat(matches(Exp.gt(Exp.lastUpdate(), Exp.val(nanos)))).isFalse();
    assertThat(matches(Exp.le(Exp.sinceUpdate(), Exp.val(5000)))).isTrue();
    assertThat(matches(Exp.lt(Exp.sinceUpdate(), Exp.val(5000)))).isFalse();
    assertThat(matches(Exp.eq(Exp.ttl(), Exp.val(100)))).isTrue();
    assertThat(
            matches(Exp.eq(Exp.voidTime(), Exp.val((VOID_TIME + 1_262_304_000L) * 1_000_000_000))))
        .isTrue();
    assertThat(matches(Exp.eq(Exp.setName(), Exp.val("s1")))).isTrue();
    assertThat(matches(Exp.ne(Exp.setName(), Exp.val("<ERO~MRT")))).isTrue();
    assertThat(matches(Exp.keyExists())).isTrue();
    assertThat(matches(Exp.not(Exp.isTombstone()))).isTrue();
    assertThat(matches(Exp.gt(Exp.recordSize(), Exp.val(10)))).isTrue();
    assertThat(matches(Exp.regexCompare("^s[0-9]$", RegexFlag.NONE, Exp.setName()))).isTrue();
  }

  @Test
  void recordsThatNeverExpire() {
    byte[] eternal = NewRecord.of("", 1).bin("i", 1).toRow(Bytes.utf8("test"), NOW);
    assertThat(matches(Exp.eq(Exp.ttl(), Exp.val(-1)), eternal)).isTrue();
    assertThat(matches(Exp.eq(Exp.voidTime(), Exp.val(-1)), eternal)).isTrue();
    assertThat(matches(Exp.eq(Exp.setName(), Exp.val("")), eternal)).isTrue();
    assertThat(matches(Exp.keyExists(), NewRecord.of("", 1).withoutKey().toRow(new byte[1], 0)))
        .isFalse();
  }

  @Test
  void scalarBins() {
    assertThat(matches(Exp.eq(Exp.intBin("i"), Exp.val(5)))).isTrue();
    assertThat(matches(Exp.lt(Exp.floatBin("d"), Exp.val(1.6)))).isTrue();
    assertThat(matches(Exp.ge(Exp.stringBin("s"), Exp.val("tex")))).isTrue();
    assertThat(matches(Exp.eq(Exp.boolBin("t"), Exp.val(true)))).isTrue();
    assertThat(matches(Exp.gt(Exp.blobBin("b"), Exp.val(new byte[] {1})))).isTrue();
    assertThat(matches(Exp.binExists("i"))).isTrue();
    assertThat(matches(Exp.binExists("none"))).isFalse();
  }

  @Test
  void whatDependsOnAMissingBinIsUnknown() {
    Exp unknown = Exp.eq(Exp.intBin("none"), Exp.val(5));
    Exp yes = Exp.keyExists();
    Exp no = Exp.not(Exp.keyExists());
    assertThat(matches(unknown)).isFalse();
    assertThat(matches(Exp.not(unknown))).isFalse();
    assertThat(matches(Exp.or(unknown, yes))).isTrue();
    assertThat(matches(Exp.or(unknown, no))).isFalse();
    assertThat(matches(Exp.and(yes, unknown))).isFalse();
    assertThat(matches(Exp.not(Exp.and(no, unknown)))).isTrue();
    assertThat(matches(Exp.exclusive(yes, no, no))).isTrue();
    assertThat(matches(Exp.exclusive(yes, yes))).isFalse();
  }

  /** By the definition: the last four bytes of the digest, little-endian, unsigned. */
  @Property(tries = 100)
  void digestModulo(@ForAll @Size(20) byte[] digest) {
    byte[] other = NewRecord.ofDigest("", digest).bin("i", 1).toRow(Bytes.utf8("test"), 0);
    byte[] reversed = {0, digest[19], digest[18], digest[17], digest[16]};
    int modulo = new BigInteger(reversed).mod(BigInteger.TEN).intValue();

    assertThat(matches(Exp.eq(Exp.digestModulo(10), Exp.val(modulo)), other)).isTrue();
  }

  @Test
  void malformedFiltersAreParameterErrors() {
    List<String> malformed =
        List.of(
            "", // nothing
            "91", // a list without its op
            "9147ff", // bytes behind it
            "9145", // not boolean
            "92109147", // and with one argument
            "93019145a3037331", // an integer compared with a string
            "9199", // unknown op
            "9301914691", // cut short
            "dd7fffffff10", // more arguments than bytes
            "9240c2"); // modulo of a boolean
    for (String hex : malformed) {
      assertThatThrownBy(() -> Filter.parse(HexFormat.of().parseHex(hex)))
          .as(hex)
          .isInstanceOfSatisfying(
              RequestException.class,
              e -> assertThat(e.resultCode()).isEqualTo(ResultCode.PARAMETER));
    }
  }

  @Property(tries = 1000)
  void anyBytesAreAFilterOrARequestError(@ForAll @Size(max = 30) byte[] bytes) {
    byte[] likely = Arrays.copyOf(bytes, bytes.length);
    if (likely.length > 1) {
      likely[0] = (byte) 0x93;
      likely[1] = (byte) (likely[1] & 0x1f);
    }
    try {
      Filter.parse(likely).matches(row, NOW);
    } catch (RequestException e) {
      assertThat(e.resultCode()).isEqualTo(ResultCode.PARAMETER);
    }
  }
}
