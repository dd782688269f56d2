package org.asbeam.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlanCacheTest {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final AtomicInteger LOADS = new AtomicInteger();

  /** Equal to another one of the same name. */
  private record Numbered(int name, int size, int loaded) implements SlicePlan<Integer> {
    @Override
    public List<Integer> load() {
      LOADS.incrementAndGet();
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < loaded; i++) {
        numbers.add(i);
      }
      return numbers;
    }
  }

  private static Numbered plan() {
    return new Numbered(NAMES.incrementAndGet(), 3, 3);
  }

  @Test
  void equalPlansAreLoadedOnce() throws Exception {
    Numbered plan = plan();
    int before = LOADS.get();

    List<Integer> first = PlanCache.load(plan);

    assertThat(PlanCache.load(new Numbered(plan.name(), 3, 3))).isSameAs(first);
    assertThat(first).containsExactly(0, 1, 2);
    assertThat(LOADS.get() - before).isEqualTo(1);
  }

  @Test
  void manyThreadsThatWantOnePlanLoadItOnce() throws Exception {
    Numbered plan = plan();
    int before = LOADS.get();
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<List<Integer>>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(
            threads.submit(
                () -> {
                  start.await();
                  return PlanCache.load(plan);
                }));
      }
      start.countDown();
      for (Future<List<Integer>> result : results) {
        assertThat(result.get()).hasSize(3);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(LOADS.get() - before).isEqualTo(1);
  }

  @Test
  void thePlanUsedLongestAgoIsForgotten() throws Exception {
    Numbered old = plan();
    PlanCache.load(old);
    for (int i = 0; i < 8; i++) {
      PlanCache.load(plan());
    }
    int before = LOADS.get();

    PlanCache.load(old);

    assertThat(LOADS.get() - before).isEqualTo(1);
  }

  @Test
  void aPlanThatDoesNotLoadIsTriedAgain() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    SlicePlan<Integer> plan =
        new SlicePlan<>() {
          private static final long serialVersionUID = 1L;

          @Override
          public int size() {
            return 1;
          }

          @Override
          public List<Integer> load() throws IOException {
            if (tries.getAndIncrement() == 0) {
              throw new IOException("not now");
            }
            return List.of(1);
          }
        };

    assertThatThrownBy(() -> PlanCache.load(plan)).hasMessage("not now");
    assertThat(PlanCache.load(plan)).containsExactly(1);
  }

  @Test
  void aPlanWithFewerOrMoreSlicesThanItSaysIsRefused() {
    for (int loaded : new int[] {0, 2, 4}) {
      assertThatThrownBy(() -> PlanCache.load(new Numbered(NAMES.incrementAndGet(), 3, loaded)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(loaded + " slices")
          .hasMessageContaining("launched for 3");
    }
  }
}
