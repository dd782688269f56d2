package org.asbeam.flink;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits for what other processes do, up to a time that only a broken one needs. */
final class Eventually {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long PERIOD_MILLIS = 20;

  private Eventually() {}

  /**
   * Asks until the answer is good; an exception is not.
   *
   * @throws AssertionError if that takes too long
   */
  static <T> T get(String what, Callable<T> question, Predicate<T> good) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Object last = null;
    while (System.nanoTime() - deadline < 0) {
      try {
        T answer = question.call();
        if (good.test(answer)) {
          return answer;
        }
        last = answer;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        last = e;
      }
      TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
    }
    throw new AssertionError("not in time: " + what + "; at last: " + last);
  }
}
