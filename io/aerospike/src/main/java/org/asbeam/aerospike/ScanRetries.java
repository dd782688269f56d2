package org.asbeam.aerospike;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long a scan goes on against failures. By itself a scan goes on as long as it gets anywhere
 * within the stall timeout, and tells a node that is silent because it works from one that hangs;
 * the other parts are the peers' limits, which end it earlier, for those who ask for them.
 *
 * @param stallTimeout how long a scan may go on without any row or finished partition, while nodes
 *     fail, before it gives up
 * @param maxRetries how often each partition is asked for again, {@code --max-retries}; {@link
 *     #UNLIMITED}: as the stall timeout allows
 * @param sleepBetweenRetries the pause before a partition is asked for again, {@code
 *     --sleep-between-retries}; zero: growing pauses from the interval at which the map of
 *     partitions is looked at
 * @param socketTimeout the silence after which a request has failed, {@code --socket-timeout}; a
 *     node is silent for long when next to nothing passes the filter. Zero: as long as the node can
 *     show that it works.
 * @param totalTimeout how long the whole scan may take, {@code --total-timeout}; zero: any time
 */
public record ScanRetries(
    Duration stallTimeout,
    int maxRetries,
    Duration sleepBetweenRetries,
    Duration socketTimeout,
    Duration totalTimeout)
    implements Serializable {
  public static final int UNLIMITED = -1;

  public static final Duration DEFAULT_STALL_TIMEOUT = Duration.ofMinutes(5);

  /** Only the stall timeout. */
  public static final ScanRetries DEFAULT =
      new ScanRetries(
          DEFAULT_STALL_TIMEOUT, UNLIMITED, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /**
   * @throws IllegalArgumentException if a part is out of its range
   */
  public ScanRetries {
    if (stallTimeout.isNegative() || stallTimeout.isZero()) {
      throw new IllegalArgumentException("a stall timeout of " + stallTimeout + " is not positive");
    }
    if (maxRetries < UNLIMITED) {
      throw new IllegalArgumentException(maxRetries + " retries are less than none");
    }
    check("pause between retries", sleepBetweenRetries);
    check("socket timeout", socketTimeout);
    check("total timeout", totalTimeout);
  }

  public ScanRetries withStallTimeout(Duration timeout) {
    return new ScanRetries(timeout, maxRetries, sleepBetweenRetries, socketTimeout, totalTimeout);
  }

  public ScanRetries withMaxRetries(int retries) {
    return new ScanRetries(stallTimeout, retries, sleepBetweenRetries, socketTimeout, totalTimeout);
  }

  public ScanRetries withSleepBetweenRetries(Duration pause) {
    return new ScanRetries(stallTimeout, maxRetries, pause, socketTimeout, totalTimeout);
  }

  public ScanRetries withSocketTimeout(Duration silence) {
    return new ScanRetries(stallTimeout, maxRetries, sleepBetweenRetries, silence, totalTimeout);
  }

  public ScanRetries withTotalTimeout(Duration timeout) {
    return new ScanRetries(stallTimeout, maxRetries, sleepBetweenRetries, socketTimeout, timeout);
  }

  private static void check(String what, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a " + what + " of " + duration + " is negative");
    }
  }
}
