package org.asbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionTypeTest {
  private static <T> T parse(OptionType<T> type, String text) {
    return type.parser().parse(text, Clock.systemUTC());
  }

  private static void refuses(OptionType<?> type, String rule, String... texts) {
    for (String text : texts) {
      assertThatThrownBy(() -> parse(type, text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(rule);
    }
  }

  @Test
  void names() {
    OptionType<List<String>> type = OptionType.names("BIN,...", 15);
    assertThat(parse(type, "a")).containsExactly("a");
    assertThat(parse(type, "b, a,ü")).containsExactly("b", "a", "ü");
    refuses(type, "empty item", "", ",", "a,", "a,,b", " ");
    refuses(type, "'a' twice", "a,b,a");
    refuses(type, "longer than the 15 bytes", "a234567890123456", "üüüüüüüü");
  }

  @Test
  void integers() {
    OptionType<List<Integer>> type = OptionType.integers("RACK,...", 0, 1_000_000);
    assertThat(parse(type, "2,1,1000000")).containsExactly(2, 1, 1_000_000);
    refuses(type, "from 0 to 1000000", "x", "-1", "1000001", "1.5");
    refuses(type, "twice", "1,1");
  }

  @Test
  void numbers() {
    assertThat(parse(OptionType.whole("N", 0, Long.MAX_VALUE), "9223372036854775807"))
        .isEqualTo(Long.MAX_VALUE);
    refuses(OptionType.whole("N", 0, 9), "is not a whole number from 0 to 9", "10", "-1", "", "1k");
    assertThat(parse(OptionType.decimal("FACTOR", 1, 1000), "1.5")).isEqualTo(1.5);
    refuses(OptionType.decimal("F", 1, 9), "is not a number", "0.9", "10", "NaN", "1e0", "0x1p1");
  }

  @Test
  void choicesTakeAnyCase() {
    OptionType<String> type = OptionType.choice("INTERNAL", "PKI");
    assertThat(parse(type, "pki")).isEqualTo("PKI");
    assertThat(parse(type, "Internal")).isEqualTo("INTERNAL");
    refuses(type, "is not one of INTERNAL, PKI", "", "ldap");
  }

  @Test
  void base64() {
    assertThat(parse(OptionType.digest(), "EjRWeJq83vEjRRI0VniavN7xI0U=")).hasSize(28);
    refuses(OptionType.digest(), "is not a digest", "", "AAAA", "x", "EjRWeJq83vEjRRI0VniavN7xI0");
    assertThat(parse(OptionType.base64("X", "an expression"), "kwEBAQ==")).isEqualTo("kwEBAQ==");
    refuses(OptionType.base64("X", "an expression"), "is not an expression", "", "k", "%%");
  }
}
