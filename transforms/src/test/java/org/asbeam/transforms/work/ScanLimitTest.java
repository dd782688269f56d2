package org.asbeam.transforms.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ScanLimitTest {
  @Test
  void noMoreAreInThanItLets() throws Exception {
    ScanLimit limit = ScanLimit.of(3);
    AtomicInteger in = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch full = new CountDownLatch(3);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        done.add(
            threads.submit(
                () -> {
                  limit.enter(() -> false);
                  most.accumulateAndGet(in.incrementAndGet(), Math::max);
                  full.countDown();
                  // Three must meet here, or none goes on.
                  full.await();
                  in.decrementAndGet();
                  limit.leave();
                  return null;
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(most.get()).isEqualTo(3);
    assertThat(limit.inUse()).isZero();
  }

  @Test
  void aStopEndsTheWait() throws Exception {
    ScanLimit limit = ScanLimit.of(1);
    limit.enter(() -> false);
    assertThatThrownBy(() -> limit.enter(() -> true)).isInstanceOf(StoppedException.class);
    assertThat(limit.inUse()).isOne();
    limit.leave();
    limit.enter(() -> true);
  }

  @Test
  void itLetsOneInAtLeast() {
    assertThatThrownBy(() -> ScanLimit.of(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
