package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aerospike.client.exp.Exp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanFilterTest {
  private static final Instant AFTER = Instant.parse("2024-03-01T10:00:00.5Z");
  private static final Instant BEFORE = Instant.parse("2024-03-02T10:00:00Z");
  private static final String USERS = Exp.build(Exp.eq(Exp.intBin("i"), Exp.val(5))).getBase64();

  @Test
  void sendsNothingForNothing() {
    assertThat(ScanFilter.NONE.packed()).isEmpty();
    assertThat(ScanFilter.NONE.setField()).isEmpty();
  }

  @Test
  void sendsOneSetAsAField() {
    ScanFilter one = ScanFilter.builder().sets("users", "users").build();
    assertThat(one.setField()).isEqualTo("users");
    assertThat(one.packed()).isEmpty();
  }

  /** The client's own builder is the oracle, up to its choice of the length of numbers. */
  @Test
  void packsWhatTheClientPacks() {
    Exp monitor = Exp.ne(Exp.setName(), Exp.val("<ERO~MRT"));
    Exp after = Exp.ge(Exp.lastUpdate(), Exp.val(nanos(AFTER)));
    Exp before = Exp.lt(Exp.lastUpdate(), Exp.val(nanos(BEFORE)));
    Exp never = Exp.eq(Exp.ttl(), Exp.val(-1));
    Exp users = Exp.eq(Exp.intBin("i"), Exp.val(5));
    Exp sets =
        Exp.or(Exp.eq(Exp.setName(), Exp.val("a")), Exp.eq(Exp.setName(), Exp.val("x".repeat(63))));
    ScanFilter.Builder times = ScanFilter.builder().modifiedAfter(AFTER).modifiedBefore(BEFORE);
    assertPacked(times.build(), Exp.and(monitor, after, before));
    assertPacked(times.sets("a").build(), Exp.and(after, before));
    assertPacked(
        times.sets("a", "x".repeat(63)).noTtlOnly(true).expression(USERS).build(),
        Exp.and(sets, after, before, never, users));
    assertPacked(ScanFilter.builder().sets("a", "x".repeat(63)).build(), sets);
    assertPacked(ScanFilter.builder().sets("a").expression(USERS).build(), users);
    assertPacked(ScanFilter.builder().expression(USERS).build(), Exp.and(monitor, users));
  }

  private static void assertPacked(ScanFilter filter, Exp expected) {
    assertThat(filter.packed()).isEqualTo(Exp.build(expected).getBytes());
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000 + time.getNano();
  }

  @Test
  void packsManySets() {
    String[] names = new String[1000];
    Exp[] each = new Exp[names.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = "set " + i;
      each[i] = Exp.eq(Exp.setName(), Exp.val(names[i]));
    }
    byte[] expected = Exp.build(Exp.or(each)).getBytes();
    byte[] packed = ScanFilter.builder().sets(names).build().packed();
    // The client writes the length of the list in two bytes.
    assertThat(Arrays.copyOfRange(packed, 5, packed.length))
        .isEqualTo(Arrays.copyOfRange(expected, 3, expected.length));
    assertThat(PackedExpression.fault(packed)).isEmpty();
  }

  @Test
  void refusesTheSetOfMonitors() {
    assertThatThrownBy(() -> ScanFilter.builder().sets("a", "<ERO~MRT").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("<ERO~MRT")
        .hasMessageContaining("leave it out");
  }

  @Test
  void refusesSetsThatNoServerHas() {
    assertThatThrownBy(() -> ScanFilter.builder().sets("x".repeat(64)).build())
        .hasMessageContaining("64 bytes");
    assertThatThrownBy(() -> ScanFilter.builder().sets("").build()).hasMessageContaining("empty");
  }

  @Test
  void refusesAWindowWithNothingInIt() {
    ScanFilter.Builder window = ScanFilter.builder().modifiedAfter(AFTER).modifiedBefore(AFTER);
    assertThatThrownBy(window::build)
        .hasMessageContaining(AFTER.toString())
        .hasMessageContaining("the second must be later");
  }

  @Test
  void refusesTimesThatTheServerCantCompare() {
    assertThatThrownBy(() -> ScanFilter.builder().modifiedAfter(Instant.MAX).build())
        .hasMessageContaining("beyond what the server can compare");
  }

  @ParameterizedTest
  @CsvSource({
    "93010203ff, 1 bytes are left behind its end at byte 4",
    "930102, it is cut off at byte 3",
    "9301a5, it is cut off at byte 3",
    "9301c1, byte 2 is no msgpack",
    "05, 'it starts with byte 05, which is no msgpack list'",
    "c300, 1 bytes are left behind its end at byte 1",
    "dd7fffffff01, it is cut off at byte 6",
    "92c7, it is cut off at byte 2",
  })
  void saysWhatIsWrongWithAnExpression(String hex, String fault) {
    String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    assertThatThrownBy(() -> ScanFilter.builder().expression(base64).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the filter expression is base64, but not of a packed expression: " + fault);
  }

  @Test
  void saysThatAnExpressionIsNoBase64() {
    assertThatThrownBy(() -> ScanFilter.builder().expression("no base64!").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not base64")
        .hasMessageContaining("no base64!");
  }

  @Test
  void acceptsEveryKindOfMsgpack() {
    for (String hex :
        List.of(
            "c3",
            "91c0",
            "9181a10102",
            "92c40101c50001ff",
            "91c600000001ff",
            "9107",
            "91d60001020304",
            "91c7020301ff",
            "93cb0000000000000000ca00000000d9020301",
            "92cf0000000000000000d3ffffffffffffffff",
            "96ccffcdffffceffffffffd0ffd1ffffd2ffffffff",
            "dc000101",
            "91de00010102")) {
      assertThat(PackedExpression.fault(HexFormat.of().parseHex(hex))).as(hex).isEmpty();
    }
  }

  @Property(tries = 1000)
  void anyBytesAreFineOrRefused(@ForAll @Size(min = 1, max = 40) byte[] bytes) {
    byte[] list = bytes.clone();
    list[0] = (byte) (0x90 | list[0] & 0x0f);
    assertThat(PackedExpression.fault(bytes)).isNotNull();
    assertThat(PackedExpression.fault(list)).isNotNull();
  }

  @Test
  void keepsItsPartsThroughTheBuilder() {
    ScanFilter filter =
        ScanFilter.builder()
            .sets("a", "b")
            .modifiedAfter(AFTER)
            .modifiedBefore(BEFORE)
            .noTtlOnly(true)
            .expression(USERS)
            .build();
    assertThat(filter.toBuilder().build()).isEqualTo(filter);
  }
}
