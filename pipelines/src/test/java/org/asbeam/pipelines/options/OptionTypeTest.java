package org.asbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
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

  /** A form that is filled in elsewhere must not refuse what would be taken here. */
  @Test
  void theSyntaxMatchesAllThatIsTaken() {
    List<String> texts =
        List.of(
            "0",
            "1",
            "+7",
            "-3",
            "22",
            "1.5",
            "3000",
            "4096",
            "true",
            "Yes",
            "OFF",
            "zstd",
            "NONE",
            "aes256",
            "Reject",
            "tcp",
            "P10",
            "64KiB",
            "5MB",
            "1.5 GiB",
            "2t",
            "7B",
            "500KiB/s",
            "1 GiB/S",
            "250ms",
            " 60s ",
            "10m",
            "5min",
            "2h",
            "1d",
            "2026-01-31_13:30:00",
            "2026-01-31",
            "13:30:00",
            "2026-01-31T13:30:00Z",
            "2026-01-31T13:30:00.5+01:00",
            "2026-01-31T13:30:00+01:00[Europe/Berlin]",
            "2026-01-31T13:30:00-03:00[Etc/GMT+3]",
            "a",
            "b, a,\u00fc",
            "2,1, 1000000",
            "0-1000",
            "0-1, 17,4095",
            "EjRWeJq83vEjRRI0VniavN7xI0U=",
            "EjRWeJq83vEjRRI0VniavN7xI0U",
            "kwEBAQ==",
            "0-10,EjRWeJq83vEjRRI0VniavN7xI0U=",
            "auto",
            "daily-1.x",
            "secrets:aws:key",
            "/a/b",
            "gs://bucket/dir",
            "db1:tls:3000,[::1]:3000");
    int taken = 0;
    for (Option<?> option : Options.all()) {
      Pattern syntax = Pattern.compile(option.type().syntax());
      for (String text : texts) {
        if (takes(option.type(), text)) {
          assertThat(text).as(option.flag()).matches(syntax);
          taken++;
        }
      }
      option.defaultText().ifPresent(text -> assertThat(text).matches(syntax));
      assertThat(takes(option.type(), "") || !syntax.matcher("").matches())
          .as(option.flag())
          .isTrue();
    }
    assertThat(taken).isGreaterThan(1_000);
  }

  private static boolean takes(OptionType<?> type, String text) {
    try {
      parse(type, text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Test
  void theSyntaxRefusesWhatIsPlainlyWrong() {
    for (OptionType<?> type :
        List.of(
            OptionType.flag(),
            OptionType.integer("N", 0, 9),
            OptionType.whole("N", 0, 9),
            OptionType.decimal("F", 1, 9),
            OptionType.size(),
            OptionType.byteRate(),
            OptionType.millis(),
            OptionType.seconds(Duration.ZERO, Duration.ofDays(1)),
            OptionType.choice("NONE", "ZSTD"),
            OptionType.integers("N,...", 0, 9),
            OptionType.partitions(),
            OptionType.digest())) {
      assertThat("many").as(type.label()).doesNotMatch(type.syntax());
      assertThat("1,,2").as(type.label()).doesNotMatch(type.syntax());
      assertThat("-1 potatoes").as(type.label()).doesNotMatch(type.syntax());
    }
  }

  @Test
  void wordsAreThoseOfTheLabel() {
    assertThat(OptionType.choice("NONE", "ZSTD").words()).containsExactly("NONE", "ZSTD");
    assertThat(OptionType.choice("NONE", "ZSTD").label()).isEqualTo("NONE|ZSTD");
    assertThat(OptionType.text("TEXT").words()).isEmpty();
  }
}
