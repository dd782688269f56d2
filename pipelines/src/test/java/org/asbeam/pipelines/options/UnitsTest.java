package org.asbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "262144000, 262144000",
    "250MiB, 262144000",
    "250 MiB, 262144000",
    "250m, 262144000",
    "5MB, 5000000",
    "1.5GiB, 1610612736",
    "64k, 65536",
    "7B, 7",
    "2TiB, 2199023255552",
    "3tb, 3000000000000"
  })
  void readsSizes(String text, long bytes) {
    assertThat(Units.parseSize(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "-1",
        "1.5",
        "1e3",
        "5 m b",
        "10s",
        "99999999999999999999",
        "9999999999GiB"
      })
  void refusesWhatIsNoSize(String text) {
    assertThatThrownBy(() -> Units.parseSize(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a size");
  }

  private static Duration seconds(String text) {
    return Units.parseDuration(text, ChronoUnit.SECONDS, Duration.ofDays(10));
  }

  @Test
  void readsTimes() {
    assertThat(seconds("60")).isEqualTo(Duration.ofSeconds(60));
    assertThat(seconds("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(seconds("10m")).isEqualTo(Duration.ofMinutes(10));
    assertThat(seconds("1.5h")).isEqualTo(Duration.ofMinutes(90));
    assertThat(seconds("1d")).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void aBareNumberMayBeMilliseconds() {
    Duration longest = Duration.ofDays(1);
    assertThat(Units.parseDuration("250", ChronoUnit.MILLIS, longest)).hasMillis(250);
    assertThat(Units.parseDuration("2s", ChronoUnit.MILLIS, longest)).hasSeconds(2);
    assertThat(Units.parseDuration("0", ChronoUnit.MILLIS, longest)).isZero();
  }

  @Test
  void aTimeHasALimit() {
    assertThat(seconds("10d")).hasDays(10);
    assertThatThrownBy(() -> seconds("241h")).hasMessageContaining("at most 10d");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "8, 8388608",
    "0.5, 524288",
    "50MiB/s, 52428800",
    "50MiB, 52428800",
    "1 GiB/S, 1073741824",
    "500kB/s, 500000"
  })
  void readsRates(String text, long bytes) {
    assertThat(Units.parseByteRate(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/s", "-1", "8,100", "10s", "1MiB/h"})
  void refusesWhatIsNoRate(String text) {
    assertThatThrownBy(() -> Units.parseByteRate(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a rate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1s", "10MiB", "0.0001ms"})
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(() -> seconds(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a time");
  }
}
