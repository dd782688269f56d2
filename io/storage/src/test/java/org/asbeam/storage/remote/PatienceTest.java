package org.asbeam.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PatienceTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Patience patience(int attempts, long first, long longest, double multiplier) {
    return new Patience(
        attempts, Duration.ofMillis(first), Duration.ofMillis(longest), multiplier, MINUTE);
  }

  @Test
  void pausesGrowUpToTheLongestAndHalfIsLeftToChance() {
    Patience patience = patience(100, 1000, 10_000, 2);
    Random random = new Random(1);
    long[] most = {1000, 2000, 4000, 8000, 10_000, 10_000};
    for (int attempt = 1; attempt <= most.length; attempt++) {
      long least = Long.MAX_VALUE;
      long longest = 0;
      for (int i = 0; i < 2000; i++) {
        long pause = patience.pause(attempt, random).toMillis();
        least = Math.min(least, pause);
        longest = Math.max(longest, pause);
      }
      assertThat(least).isBetween(most[attempt - 1] / 2, most[attempt - 1] * 6 / 10);
      assertThat(longest).isBetween(most[attempt - 1] * 9 / 10, most[attempt - 1]);
    }
    assertThat(patience.pause(Integer.MAX_VALUE, random).toMillis()).isBetween(5000L, 10_000L);
  }

  @Test
  void aMultiplierOfOneKeepsThePause() {
    assertThat(patience(5, 100, 1000, 1).pause(5, new Random(1)).toMillis()).isBetween(50L, 100L);
    assertThat(patience(5, 0, 0, 1).pause(3, new Random(1))).isZero();
    assertThat(patience(5, 1, 1, 1).pause(1, new Random(1)).toMillis()).isZero();
  }

  @Test
  void whatIsOnlyTidyGetsLittle() {
    assertThat(patience(100, 1, 1, 1).brief())
        .isEqualTo(
            new Patience(3, Duration.ofMillis(1), Duration.ofMillis(1), 1, Duration.ofSeconds(30)));
    assertThat(patience(2, 1, 1, 1).brief().attempts()).isEqualTo(2);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> patience(0, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> patience(1, 1, 1, 0.5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Patience(1, MINUTE, MINUTE, 1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
