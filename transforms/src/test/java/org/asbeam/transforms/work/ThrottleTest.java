package org.asbeam.transforms.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Time is a number here: a nap moves it. */
class ThrottleTest {
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong now = new AtomicLong(5 * SECOND);

  private Throttle throttle(long records, long bytes) {
    return new Throttle(new Limits(records, bytes), now::get, now::addAndGet);
  }

  private double secondsFor(Throttle throttle, int takes, long records, long bytes)
      throws Exception {
    long before = now.get();
    for (int i = 0; i < takes; i++) {
      throttle.take(records, bytes, () -> false);
    }
    return (now.get() - before) / (double) SECOND;
  }

  @Test
  void recordsComeAtTheirPace() throws Exception {
    assertThat(secondsFor(throttle(500, 0), 5_000, 1, 100)).isCloseTo(10, within(0.1));
  }

  @Test
  void bytesComeAtTheirPace() throws Exception {
    assertThat(secondsFor(throttle(0, 1 << 20), 4_096, 1, 2_560)).isCloseTo(10, within(0.1));
  }

  @Test
  void theTighterLimitCounts() throws Exception {
    assertThat(secondsFor(throttle(1_000, 10_000), 1_000, 1, 100)).isCloseTo(10, within(0.2));
    assertThat(secondsFor(throttle(100, 1_000_000), 1_000, 1, 100)).isCloseTo(10, within(0.2));
  }

  @Test
  void aPauseIsNotMadeUpFor() throws Exception {
    Throttle throttle = throttle(100, 0);
    secondsFor(throttle, 100, 1, 0);
    now.addAndGet(60 * SECOND);
    assertThat(secondsFor(throttle, 100, 1, 0)).isCloseTo(1, within(0.05));
  }

  @Test
  void threadsShareOneBudget() throws Exception {
    Throttle throttle = throttle(1_000, 0);
    long before = now.get();
    int threads = 4;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CountDownLatch ended = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      // One of them needs nearly everything.
      int takes = i == 0 ? 3_700 : 100;
      pool.execute(
          () -> {
            try {
              for (int t = 0; t < takes; t++) {
                throttle.take(1, 0, () -> false);
              }
            } catch (Exception e) {
              throw new AssertionError(e);
            } finally {
              ended.countDown();
            }
          });
    }
    ended.await();
    pool.shutdown();
    assertThat((now.get() - before) / (double) SECOND).isGreaterThan(3.9);
  }

  @Test
  void aStopEndsTheWait() {
    Throttle throttle = throttle(1, 0);
    AtomicLong asked = new AtomicLong();
    assertThatThrownBy(
            () -> {
              throttle.take(1_000, 0, () -> false);
              throttle.take(1, 0, () -> asked.incrementAndGet() > 3);
            })
        .isInstanceOf(StoppedException.class);
  }

  @Test
  void withoutLimitsNobodyWaits() throws Exception {
    assertThat(secondsFor(throttle(0, 0), 1_000_000, 1, 1_000)).isZero();
  }

  @Test
  void aNewRateHoldsAlsoForThoseThatWait() throws Exception {
    Throttle throttle = throttle(10, 0);
    throttle.take(100, 0, () -> false);
    long before = now.get();
    // Ten seconds at the first rate; the second one comes when one second has passed.
    throttle.take(
        1,
        0,
        () -> {
          if (now.get() - before > SECOND && throttle.records().rate(now.get()) == 10) {
            throttle.records().change(90, Long.MAX_VALUE, now.get());
          }
          return false;
        });
    assertThat((now.get() - before) / (double) SECOND).isCloseTo(2, within(0.2));
  }

  @Test
  void aRateThatIsLentEndsWithTheLoan() throws Exception {
    Throttle throttle = throttle(100, 0);
    throttle.records().change(50, now.get() + 2 * SECOND, now.get());
    // One more than in two seconds: the first one need not wait.
    assertThat(secondsFor(throttle, 101, 1, 0)).isCloseTo(2, within(0.05));
    AtomicLong asked = new AtomicLong();
    assertThatThrownBy(() -> throttle.take(1, 0, () -> asked.incrementAndGet() > 1_000))
        .isInstanceOf(StoppedException.class);
    // What was not lent meanwhile is not made up for.
    throttle.records().change(50, now.get() + 100 * SECOND, now.get());
    assertThat(secondsFor(throttle, 50, 1, 0)).isCloseTo(1, within(0.05));
  }

  @Test
  void whatAThreadWaitedIsCounted() throws Exception {
    Throttle throttle = throttle(100, 1_000_000);
    long before = Throttle.waitedByThisThread();
    secondsFor(throttle, 301, 1, 1);
    assertThat(Throttle.waitedByThisThread() - before).isEqualTo(throttle.records().use().waited());
    assertThat(throttle.records().use().waited() / (double) SECOND).isCloseTo(3, within(0.05));
    assertThat(throttle.bytes().use()).isEqualTo(new Pace.Use(301, 0));
    Thread other =
        new Thread(() -> assertThat(Throttle.waitedByThisThread()).as("of another").isZero());
    other.start();
    other.join();
  }
}
