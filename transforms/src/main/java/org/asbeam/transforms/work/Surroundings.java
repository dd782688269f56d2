package org.asbeam.transforms.work;

import java.io.Closeable;
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
 * @param timer does things again and again
 */
public record Surroundings(InstantSource clock, RandomGenerator random, Timer timer) {

  /** Does things again and again, beside the work. */
  @FunctionalInterface
  public interface Timer {
    /**
     * Does something at once and then after every period, until the result is closed.
     *
     * @param name of what is done, for a thread's name
     */
    Closing every(Duration period, String name, Runnable task);
  }

  /** Ends what a {@link Timer} does. */
  @FunctionalInterface
  public interface Closing extends Closeable {
    @Override
    void close();
  }

  /** Those of a real process. */
  public static Surroundings real() {
    return new Surroundings(InstantSource.system(), new SecureRandom(), new DaemonTimer());
  }

  public Instant now() {
    return clock.instant();
  }
}
