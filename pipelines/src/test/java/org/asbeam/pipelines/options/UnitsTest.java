package org.asbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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

  @Test
  void readsTimes() {
    assertThat(Units.parseDuration("60")).isEqualTo(Duration.ofSeconds(60));
    assertThat(Units.parseDuration("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(Units.parseDuration("10m")).isEqualTo(Duration.ofMinutes(10));
    assertThat(Units.parseDuration("1.5h")).isEqualTo(Duration.ofMinutes(90));
    assertThat(Units.parseDuration("1d")).isEqualTo(Duration.ofDays(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1s", "10MiB", "0.0001ms"})
  void refusesWhatIsNoTime(String text) {
    assertThatThrownBy(() -> Units.parseDuration(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a time");
  }
}
