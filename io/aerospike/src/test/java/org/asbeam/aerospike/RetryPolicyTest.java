package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  @Test
  void multipliesEachDelay() {
    RetryPolicy policy = new RetryPolicy(Duration.ofMillis(1000), 1.5, 20);
    double expected = 1e9;
    for (int retry = 1; retry <= 20; retry++) {
      assertThat((double) policy.delayNanos(retry)).isBetween(expected - 1, expected * 1.1 + 1);
      expected *= 1.5;
    }
  }

  @Test
  void growsToSixteenTimesTheFirstIfThereIsNoLimit() {
    assertThat(RetryPolicy.UNTIL_STALLED.delayNanos(1)).isBetween(100_000_000L, 110_000_000L);
    assertThat(RetryPolicy.UNTIL_STALLED.delayNanos(5)).isBetween(1_600_000_000L, 1_760_000_000L);
    assertThat(RetryPolicy.UNTIL_STALLED.delayNanos(Integer.MAX_VALUE))
        .isBetween(1_600_000_000L, 1_760_000_000L);
  }

  @Test
  void neverOverflows() {
    assertThat(new RetryPolicy(Duration.ofDays(1), 10, 100).delayNanos(100)).isPositive();
    assertThat(new RetryPolicy(Duration.ZERO, 10, 100).delayNanos(500)).isZero();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> new RetryPolicy(Duration.ofMillis(-1), 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPolicy(Duration.ZERO, 0.9, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPolicy(Duration.ZERO, Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPolicy(Duration.ZERO, 1, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
