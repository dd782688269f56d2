package org.asbeam.aerospike;

import java.io.Serializable;
import java.time.Duration;

/**
 * How patiently nodes are asked by info commands. What is no answer is asked for again; an answer
 * that is an error is one.
 *
 * @param timeoutMillis how long a node may take to answer; {@code --info-timeout}
 * @param pause before a command is sent again for the first time; {@code --info-retry-timeout}
 * @param multiplier what the pause is multiplied with for each further time, at least 1
 * @param maxRetries how often a command is sent again; {@code --info-max-retries}
 */
public record InfoPatience(int timeoutMillis, Duration pause, double multiplier, int maxRetries)
    implements Serializable {
  /** The peers' defaults. */
  public static final InfoPatience DEFAULT = new InfoPatience(10_000, Duration.ofSeconds(1), 1, 3);

  /**
   * @throws IllegalArgumentException if a part is out of its range
   */
  public InfoPatience {
    if (timeoutMillis < 1 || pause.isNegative() || !(multiplier >= 1) || maxRetries < 0) {
      throw new IllegalArgumentException(
          "info commands need a timeout of 1 ms or more, a pause of 0 or more, a multiplier of 1 or"
              + " more and a count of retries of 0 or more, not "
              + timeoutMillis
              + ", "
              + pause
              + ", "
              + multiplier
              + " and "
              + maxRetries);
    }
  }

  /**
   * @param retry from 1
   */
  long pauseNanos(int retry) {
    return (long) Math.min(1e18, pause.toNanos() * Math.pow(multiplier, retry - 1));
  }
}
