package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.asbeam.aerospike.NodeWindow.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodeWindowTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10);
  private final NodeWindow window = new NodeWindow(8, clock::get);

  @Test
  void letsInAsManyAsItHasPlaces() {
    for (int i = 0; i < 8; i++) {
      assertThat(window.tryEnter()).isNotEqualTo(NodeWindow.STOPPED);
    }
    assertThat(window.tryEnter()).isEqualTo(NodeWindow.STOPPED);
    window.leave(0, Outcome.NEUTRAL);
    assertThat(window.tryEnter()).isNotEqualTo(NodeWindow.STOPPED);
  }

  @Test
  void halvesOnceForRequestsThatFailTogether() {
    long[] passes = new long[8];
    for (int i = 0; i < 8; i++) {
      passes[i] = window.tryEnter();
    }
    for (long pass : passes) {
      window.leave(pass, Outcome.OVERLOAD);
    }
    assertThat(window.limit()).isEqualTo(4);
  }

  @Test
  void halvesWhatWasOnItsWay() {
    NodeWindow wide = new NodeWindow(1000, clock::get);
    for (int i = 0; i < 6; i++) {
      wide.tryEnter();
    }
    wide.leave(0, Outcome.OVERLOAD);
    assertThat(wide.limit()).isEqualTo(3);
  }

  @Test
  void neverShrinksToNothing() {
    for (int i = 0; i < 10; i++) {
      fail();
    }
    assertThat(window.limit()).isEqualTo(1);
    assertThat(window.tryEnter()).isNotEqualTo(NodeWindow.STOPPED);
  }

  @Test
  void growsByOneForAWindowOfSuccesses() {
    fail();
    assertThat(window.limit()).isEqualTo(1);
    succeed(1);
    assertThat(window.limit()).isEqualTo(2);
    succeed(1);
    assertThat(window.limit()).isEqualTo(2);
    succeed(1);
    assertThat(window.limit()).isEqualTo(3);
    succeed(3);
    assertThat(window.limit()).isEqualTo(4);
    succeed(1000);
    assertThat(window.limit()).as("no more than at first").isEqualTo(8);
  }

  /** 0.1, 0.2, 0.4, 0.8, 1.6 s, each up to a quarter more. */
  @Test
  void pausesLongerAndLongerUntilSomethingSucceeds() {
    long expected = TimeUnit.MILLISECONDS.toNanos(100);
    for (int i = 0; i < 8; i++) {
      long pass = window.tryEnter();
      window.leave(pass, Outcome.OVERLOAD);
      long pause = window.nextStart() - clock.get();
      assertThat(pause).isBetween(expected, expected + expected / 4 + 1);
      assertThat(window.tryEnter()).isEqualTo(NodeWindow.STOPPED);
      clock.addAndGet(pause - 1);
      assertThat(window.tryEnter()).isEqualTo(NodeWindow.STOPPED);
      clock.addAndGet(1);
      expected = Math.min(2 * expected, TimeUnit.MILLISECONDS.toNanos(1600));
    }
    succeed(1);
    window.leave(window.tryEnter(), Outcome.OVERLOAD);
    assertThat(window.nextStart() - clock.get())
        .isLessThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(125) + 1);
  }

  @Test
  void saysWhenSomethingLastSucceeded() {
    long start = clock.get();
    clock.addAndGet(500);
    fail();
    assertThat(window.lastSuccess()).isEqualTo(start);
    succeed(1);
    assertThat(window.lastSuccess()).isEqualTo(clock.get());
  }

  @Test
  void waitsForAPlace() throws Exception {
    NodeWindow narrow = new NodeWindow(1);
    long pass = narrow.enter(() -> false);
    AtomicInteger looked = new AtomicInteger();
    long second =
        narrow.enter(
            () -> {
              if (looked.incrementAndGet() == 2) {
                narrow.leave(pass, Outcome.SUCCESS);
              }
              return false;
            });
    assertThat(second).isNotEqualTo(NodeWindow.STOPPED);
    assertThat(looked.get()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void stopsWaiting() throws Exception {
    NodeWindow narrow = new NodeWindow(1);
    narrow.enter(() -> false);
    AtomicInteger looked = new AtomicInteger();
    assertThat(narrow.enter(() -> looked.incrementAndGet() > 2)).isEqualTo(NodeWindow.STOPPED);
  }

  private void fail() {
    clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
    window.leave(window.tryEnter(), Outcome.OVERLOAD);
    clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
  }

  private void succeed(int times) {
    for (int i = 0; i < times; i++) {
      window.leave(window.tryEnter(), Outcome.SUCCESS);
    }
  }
}
