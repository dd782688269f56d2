package org.asbeam.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class Crc32cTest {
  @Test
  void isCastagnolis() {
    // The check value of the CRC catalogue's CRC-32/ISCSI, and 32 zeros of RFC 3720 B.4.
    assertThat(Crc32c.of("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xE3069283);
    assertThat(Crc32c.of(new byte[32])).isEqualTo(0x8A9136AA);
  }

  @Property
  void combinedIsStreamed(@ForAll byte[] bytes, @ForAll @IntRange(max = 1000) int cut) {
    int at = bytes.length == 0 ? 0 : cut % (bytes.length + 1);
    int first = Crc32c.of(bytes, 0, at);
    int second = Crc32c.of(bytes, at, bytes.length - at);
    assertThat(Crc32c.combine(first, second, bytes.length - at)).isEqualTo(Crc32c.of(bytes));
    assertThat(Crc32c.remainder(Crc32c.of(bytes), first, bytes.length - at)).isEqualTo(second);
  }

  @Property(tries = 50)
  void combinesLongRuns(@ForAll int first, @ForAll @IntRange(max = 5_000_000) int zeros) {
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    byte[] head = Integer.toString(first).getBytes(StandardCharsets.US_ASCII);
    crc.update(head);
    crc.update(new byte[zeros]);
    int combined = Crc32c.combine(Crc32c.of(head), Crc32c.of(new byte[zeros]), zeros);
    assertThat(combined).isEqualTo((int) crc.getValue());
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void lengthsAddUpBeyondMemory(
      @ForAll int a, @ForAll int b, @ForAll int c, @ForAll @IntRange(min = 0) int length) {
    // (a + b) + c is a + (b + c), for lengths that no test can hold.
    long lengthB = (long) length << 20;
    long lengthC = (long) length << 13;
    int left = Crc32c.combine(Crc32c.combine(a, b, lengthB), c, lengthC);
    int right = Crc32c.combine(a, Crc32c.combine(b, c, lengthC), lengthB + lengthC);
    assertThat(left).isEqualTo(right);
  }

  @Property
  void hexIsReadBack(@ForAll int crc) {
    assertThat(Crc32c.hex(crc)).hasSize(8);
    assertThat(Crc32c.parseHex(Crc32c.hex(crc))).isEqualTo(crc);
  }

  @Test
  void whatIsNoHexIsRefused() {
    for (String text :
        Arrays.asList("", "1234567", "123456789", "+1234567", "-1234567", "1234567g")) {
      assertThatThrownBy(() -> Crc32c.parseHex(text)).hasMessageContaining("'" + text + "'");
    }
  }
}
