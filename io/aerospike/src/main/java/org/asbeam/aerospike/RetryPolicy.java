package org.asbeam.aerospike;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How records that failed in a way that passes are sent again: a server or key that is busy, an
 * overloaded device, a timeout, a broken connection, a partition or node that is not there for a
 * while. Errors that do not pass are never tried again.
 *
 * <p>The delay before retry {@code k} is {@code baseDelay * multiplier^(k-1)}, and up to a tenth
 * more so that workers that failed together don't come back together.
 *
 * @param baseDelay the first delay; peers' {@code --retry-base-timeout}
 * @param multiplier what each delay is of the one before, at least 1; peers' {@code
 *     --retry-multiplier}
 * @param maxRetries how often the records of a batch that failed are sent again after their first
 *     attempt: {@code --retry-max-retries} of asrestore; absctl's {@code --retry-max-attempts} is
 *     one more. {@link #UNLIMITED}: until the stall timeout, with delays of no more than 16 times
 *     the first
 */
public record RetryPolicy(Duration baseDelay, double multiplier, int maxRetries)
    implements Serializable {
  /** As often as needed until the stall timeout is over. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** Until the stall timeout, after 0.1 s, 0.2 s, ... 1.6 s. */
  public static final RetryPolicy UNTIL_STALLED =
      new RetryPolicy(Duration.ofMillis(100), 2, UNLIMITED);

  private static final int MOST_TIMES_BASE = 16;

  /** Longer than any stall timeout. */
  private static final double MAX_NANOS = 1e18;

  /**
   * @throws IllegalArgumentException if a part is out of its range
   */
  public RetryPolicy {
    if (baseDelay.isNegative() || !(multiplier >= 1) || maxRetries < 0) {
      throw new IllegalArgumentException(
          "retries need a base delay of 0 or more, a multiplier of 1 or more and a count of 0 or"
              + " more, not "
              + baseDelay
              + ", "
              + multiplier
              + " and "
              + maxRetries);
    }
  }

  public boolean isUnlimited() {
    return maxRetries == UNLIMITED;
  }

  /**
   * @param retry from 1
   */
  long delayNanos(int retry) {
    double factor = Math.pow(multiplier, retry - 1);
    double nanos =
        baseDelay.toNanos() * (isUnlimited() ? Math.min(factor, MOST_TIMES_BASE) : factor);
    long delay = (long) Math.min(nanos, MAX_NANOS);
    return delay + ThreadLocalRandom.current().nextLong(delay / 10 + 1);
  }
}
