package org.asbeam.transforms.work;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * The seam to time and chance.
 *
 * @param clock tells the time of day
 * @param random makes run ids and names of attempts
 * @param pause waits
 */
public record Surroundings(InstantSource clock, RandomGenerator random, Pause pause) {

  /** Waits for some time. */
  @FunctionalInterface
  public interface Pause {
    /**
     * @throws InterruptedException if the thread was asked to end
     */
    void sleep(Duration time) throws InterruptedException;
  }

  /** Those of a real process. */
  public static Surroundings real() {
    return new Surroundings(
        InstantSource.system(), new SecureRandom(), time -> Thread.sleep(time.toMillis()));
  }

  public Instant now() {
    return clock.instant();
  }
}
