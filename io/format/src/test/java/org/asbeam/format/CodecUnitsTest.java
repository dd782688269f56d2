package org.asbeam.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The spellings below lines: digits, base64, escapes, line feeds. */
class CodecUnitsTest {
  @Property
  void longsAreSpelledAsJavaSpellsThem(@ForAll long value) {
    byte[] out = new byte[32];
    int end = Decimals.write(value, out, 3);
    assertThat(Texts.text(Arrays.copyOfRange(out, 3, end))).isEqualTo(Long.toString(value));
  }

  @Example
  void longsAtEachNumberOfDigits() {
    byte[] out = new byte[32];
    long power = 1;
    for (int digits = 1; digits <= 19; digits++, power *= 10) {
      for (long value : new long[] {power - 1, power, power + 1, -power, Long.MIN_VALUE}) {
        int end = Decimals.write(value, out, 0);
        assertThat(Texts.text(Arrays.copyOf(out, end))).isEqualTo(Long.toString(value));
      }
      assertThat(Decimals.count(power)).isEqualTo(digits);
    }
  }

  @Property
  void base64IsTheJdks(@ForAll byte[] value, @ForAll long seed) {
    byte[] in = new byte[value.length + 5];
    System.arraycopy(value, 0, in, 2, value.length);
    byte[] expected = Base64.getEncoder().encode(value);
    byte[] out = new byte[expected.length + 4];

    int end = Base64Text.encode(in, 2, value.length, out, 3);

    assertThat(Arrays.copyOfRange(out, 3, end)).isEqualTo(expected);
    assertThat(Base64Text.encodedLength(value.length)).isEqualTo(expected.length);
    assertThat(Base64Text.isValid(out, 3, expected.length)).isTrue();
    if (value.length > 0) {
      byte[] back = new byte[value.length + 4];
      int head = expected.length - 4;
      int at = Base64Text.decode(out, 3, head, back, 1);
      at = Base64Text.decodeLast(out, 3 + head, back, at);
      assertThat(Arrays.copyOfRange(back, 1, at)).isEqualTo(value);
    }
  }

  @Example
  void base64OfTheArraysVeryEnd() {
    for (int length = 0; length < 40; length++) {
      byte[] value = new byte[length];
      new Random(length).nextBytes(value);
      byte[] out = new byte[(int) Base64Text.encodedLength(length)];
      Base64Text.encode(value, 0, length, out, 0);
      assertThat(out).isEqualTo(Base64.getEncoder().encode(value));
    }
  }

  @Example
  void everyOctetOutsideOfTheAlphabetIsRefused() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int octet = 0; octet < 256; octet++) {
      for (int place = 0; place < 12; place++) {
        byte[] text = Texts.octets("AAAABBBBCCCC");
        text[place] = (byte) octet;
        boolean good = octet < 128 && alphabet.indexOf(octet) >= 0 || octet == '=' && place == 11;
        assertThat(Base64Text.isValid(text, 0, 12)).as("%d at %d", octet, place).isEqualTo(good);
        int group = Base64Text.decode(text, 0, 12, new byte[16], 0);
        if (octet >= 128 || alphabet.indexOf(octet) < 0) {
          assertThat(group).isEqualTo(~(place / 4 * 4));
        }
      }
    }
  }

  @Example
  void base64PaddingIsStrict() {
    for (String bad :
        new String[] {
          "=", "==", "===", "====", "A===", "A==A", "=AAA", "AA=A", "AAA", "AA==AAAA"
        }) {
      assertThat(Base64Text.isValid(Texts.octets(bad), 0, bad.length())).as(bad).isFalse();
    }
    for (String good : new String[] {"", "AA==", "AAA=", "AAAA", "AAAAAA=="}) {
      assertThat(Base64Text.isValid(Texts.octets(good), 0, good.length())).as(good).isTrue();
    }
  }

  @Example
  void namesAreEscapedOctetByOctet() {
    byte[] name = Texts.octets(" a\\b\nc\r\t!-#\u00fc ");
    byte[] out = new byte[40];
    int end = Escapes.write(name, 0, name.length, out, 0);
    assertThat(Texts.text(Arrays.copyOf(out, end))).isEqualTo("\\ a\\\\b\\\nc\r\t!-#\u00fc\\ ");
  }

  @Property
  void lineFeedsAreCounted(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[random.nextInt(100)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextBoolean() ? '\n' : random.nextInt(256));
    }
    int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    int expected = 0;
    for (int i = from; i < bytes.length; i++) {
      expected += bytes[i] == '\n' ? 1 : 0;
    }
    assertThat(Octets.countLineFeeds(bytes, from, bytes.length)).isEqualTo(expected);
  }

  @Example
  void buffersStopBeforeArraysDo() {
    AsbBuffer buffer = new AsbBuffer(1);
    assertThatThrownBy(() -> buffer.reserve(1L << 31)).hasMessageContaining("too long");
  }
}
