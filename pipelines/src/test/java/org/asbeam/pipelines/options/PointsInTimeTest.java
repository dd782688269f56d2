package org.asbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointsInTimeTest {
  /** Four in the afternoon in Berlin, which is two hours ahead then. */
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-07-15T14:00:00Z"), ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource({
    "2026-01-31_13:30:05, 2026-01-31T12:30:05Z",
    "2026-07-01_00:00:00, 2026-06-30T22:00:00Z",
    "2026-01-31, 2026-01-30T23:00:00Z",
    "09:15:00, 2026-07-15T07:15:00Z",
    "2026-01-31T13:30:05Z, 2026-01-31T13:30:05Z",
    "2026-01-31T13:30:05.250+05:30, 2026-01-31T08:00:05.250Z",
    "2026-01-31T13:30:05-08:00[America/Los_Angeles], 2026-01-31T21:30:05Z",
    "2h, 2026-07-15T12:00:00Z",
    "90s, 2026-07-15T13:58:30Z",
    "400d, 2025-06-10T14:00:00Z"
  })
  void readsAllForms(String text, Instant expected) {
    assertThat(PointsInTime.parse(text, CLOCK)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2",
        "-2h",
        "2026-02-30",
        "2026-02-30_00:00:00",
        "2026-01-31_24:00:00",
        "2026-01-31 13:30:05",
        "2026-01-31T13:30:05",
        "25:00:00",
        "9:15:00",
        "31.01.2026"
      })
  void refusesWhatIsNoPointInTime(String text) {
    assertThatThrownBy(() -> PointsInTime.parse(text, CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a point in time");
  }

  @ParameterizedTest
  @CsvSource({"2026-03-29_02:30:00, never was", "2026-10-25_02:30:00, was twice"})
  void theNightThatClocksAreSetNeedsAZone(String text, String problem) {
    assertThatThrownBy(() -> PointsInTime.parse(text, CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining("Europe/Berlin")
        .hasMessageContaining("zone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1969-12-31T23:59:59Z", "21000d", "9999-01-01", "2200-01-02"})
  void refusesTimesOfNoRecord(String text) {
    assertThatThrownBy(() -> PointsInTime.parse(text, CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1970 to 2199");
  }
}
