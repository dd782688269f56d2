package org.asbeam.storage.remote;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often something is tried, and how long each time.
 *
 * @param attempts all of them, from 1
 * @param firstPause before the second attempt
 * @param longestPause pauses grow no further
 * @param multiplier how much longer each pause is than the one before, from 1
 * @param limit how long one attempt may take
 */
public record Patience(
    int attempts, Duration firstPause, Duration longestPause, double multiplier, Duration limit) {
  /**
   * With requests, unless it is set otherwise: attempts and the longest pause are asbackup's, the
   * limit is absctl's. asbackup's first pause of a minute would let a moment's failure cost more
   * than that.
   */
  public static final Patience OF_REQUESTS =
      new Patience(100, Duration.ofSeconds(1), Duration.ofSeconds(90), 2, Duration.ofMinutes(10));

  /** With a body that breaks off, unless it is set otherwise: absctl's. */
  public static final Patience OF_READING =
      new Patience(3, Duration.ofSeconds(1), Duration.ofSeconds(90), 2, Duration.ofMinutes(10));

  /** A store that never answered is tried so often: its address may be wrong. */
  static final int FIRST_CONTACT = 3;

  /**
   * @throws IllegalArgumentException if there is no attempt, or pauses get shorter
   */
  public Patience {
    if (attempts < 1 || multiplier < 1 || firstPause.isNegative() || longestPause.isNegative()) {
      throw new IllegalArgumentException(
          "there must be an attempt, and a multiplier of 1 or more for the pauses after it");
    }
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("an attempt must have some time");
    }
  }

  /** No more than a few attempts of half a minute, for what is only tidy. */
  Patience brief() {
    Duration most = Duration.ofSeconds(30);
    return new Patience(
        Math.min(attempts, FIRST_CONTACT),
        firstPause,
        longestPause,
        multiplier,
        limit.compareTo(most) < 0 ? limit : most);
  }

  /**
   * The pause after an attempt: half of it by chance, so that many workers don't come at once.
   *
   * @param attempt the number of attempts so far, from 1
   */
  Duration pause(int attempt, RandomGenerator random) {
    double grown = firstPause.toMillis() * Math.pow(multiplier, Math.min(attempt - 1, 60));
    long most = (long) Math.min(grown, longestPause.toMillis());
    return Duration.ofMillis(most / 2 + (most > 1 ? random.nextLong(most / 2 + 1) : 0));
  }
}
