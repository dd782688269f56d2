package org.asbeam.transforms.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** What all workers of a run together make of its limit, whatever becomes of them. */
class SharedLimitsTest {
  private static final long LIMIT = 100_000;
  private static final int SECONDS = 240;

  /** Pieces of time in a second and in a minute. */
  private static final int SECOND = 10;

  private static final int MINUTE = 60 * SECOND;

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void noMinuteHasMoreThanTheLimitWhateverHappens(@ForAll long seed) {
    SharingSimulation run = new SharingSimulation(seed, LIMIT, SharingSimulation.Weather.STORM);
    boolean atOnce = run.random.nextBoolean();
    int workers = 1 + run.random.nextInt(10);
    for (int i = 0; i < workers; i++) {
      run.at(atOnce ? 0 : run.within(SECONDS / 2.0), () -> liveDangerously(run));
    }
    run.run(Duration.ofSeconds(SECONDS));

    assertThat(run.highestRate()).isLessThanOrEqualTo(LIMIT * 1.000_001);
    assertThat(mostInAMinute(run.used())).isLessThanOrEqualTo(1.05 * 60 * LIMIT);
  }

  private static void liveDangerously(SharingSimulation run) {
    SharingSimulation.Worker worker = run.join(anySpeed(run.random));
    for (int i = 0; i < 10; i++) {
      run.at(run.within(SECONDS), () -> worker.want(anySpeed(run.random)));
    }
    for (int i = 0; i < 3; i++) {
      run.at(run.within(SECONDS), () -> worker.freeze(run.random.nextDouble() * 40));
    }
    int end = run.random.nextInt(4);
    if (end == 0) {
      run.at(run.within(SECONDS), worker::kill);
    } else if (end == 1) {
      run.at(run.within(SECONDS), worker::leave);
    }
  }

  /** From the start on, and also in the minute in which one of them dies. */
  @Property(tries = 25, shrinking = ShrinkingMode.OFF)
  void everyMinuteHasFourFifthsOfTheLimitWhenOneOfAtLeastThreeDies(@ForAll long seed) {
    SharingSimulation run = new SharingSimulation(seed, LIMIT, SharingSimulation.Weather.FAIR);
    Random random = run.random;
    int workers = 3 + random.nextInt(10);
    double speed = 1.5 * LIMIT * (1 + random.nextDouble()) / workers;
    join(run, workers, () -> speed * (0.7 + 0.6 * random.nextDouble()));
    run.at(
        10 * SharingSimulation.SECOND + run.within(SECONDS - 20),
        () -> run.workers().get(random.nextInt(workers)).kill());
    run.run(Duration.ofSeconds(SECONDS));

    assertThat(leastInAMinuteOfWanting(run, 0)).isGreaterThanOrEqualTo(0.8 * 60 * LIMIT);
  }

  /** Once they have found each other: some idle, some with more to do than all may. */
  @Property(tries = 25, shrinking = ShrinkingMode.OFF)
  void whatSomeDoNotNeedTheOthersGet(@ForAll long seed) {
    SharingSimulation run = new SharingSimulation(seed, LIMIT, SharingSimulation.Weather.FAIR);
    join(run, 2 + run.random.nextInt(11), () -> anySpeed(run.random));
    run.run(Duration.ofSeconds(SECONDS));

    assertThat(leastInAMinuteOfWanting(run, 15 * SECOND)).isGreaterThanOrEqualTo(0.8 * 60 * LIMIT);
  }

  @Test
  void whoComesLateGetsAsMuchAsTheFirst() {
    SharingSimulation run = new SharingSimulation(1, LIMIT, new SharingSimulation.Weather(0, 0));
    run.at(0, () -> run.join(10 * LIMIT));
    run.at(20 * SharingSimulation.SECOND, () -> run.join(10 * LIMIT));
    List<Double> shares = new ArrayList<>();
    run.at(
        30 * SharingSimulation.SECOND,
        () -> run.workers().forEach(worker -> shares.add(worker.share())));
    run.run(Duration.ofSeconds(31));

    assertThat(shares).containsExactly(LIMIT / 2.0, LIMIT / 2.0);
  }

  @Test
  void whoEndsLeavesItsShareToTheOthersAtOnce() {
    SharingSimulation run = new SharingSimulation(1, LIMIT, new SharingSimulation.Weather(0, 0));
    for (int i = 0; i < 2; i++) {
      run.at(0, () -> run.join(10 * LIMIT));
    }
    run.at(20 * SharingSimulation.SECOND, () -> run.workers().get(0).leave());
    run.run(Duration.ofSeconds(40));

    // Its own step comes first, then one of the other: far less than a lease.
    long after = sum(run.used(), 25 * SECOND, 30 * SECOND);
    assertThat(after).isGreaterThan((long) (0.95 * 5 * LIMIT));
  }

  @Test
  void manyWorkersAskTheStoreNoMoreThanAFew() {
    for (int workers : new int[] {20, 120}) {
      SharingSimulation run = new SharingSimulation(1, LIMIT, SharingSimulation.Weather.FAIR);
      for (int i = 0; i < workers; i++) {
        run.at(0, () -> run.join(LIMIT));
      }
      run.run(Duration.ofSeconds(SECONDS));
      assertThat(run.requests() / SECONDS).as("%s workers", workers).isLessThanOrEqualTo(50);
      assertThat(sum(run.used(), MINUTE, 2 * MINUTE)).isGreaterThan((long) (0.8 * 60 * LIMIT));
    }
  }

  /** Workers that start at once or within ten seconds, and want something else at some time. */
  private static void join(SharingSimulation run, int workers, DoubleSupplier speed) {
    boolean atOnce = run.random.nextBoolean();
    for (int i = 0; i < workers; i++) {
      run.at(
          atOnce ? 0 : run.within(10),
          () -> {
            SharingSimulation.Worker worker = run.join(speed.getAsDouble());
            run.at(run.within(SECONDS), () -> worker.want(speed.getAsDouble()));
          });
    }
  }

  private static double anySpeed(Random random) {
    double[] speeds = {0, 0.02, 0.1, 0.4, 1.5, 10};
    return LIMIT * speeds[random.nextInt(speeds.length)] * (0.5 + random.nextDouble());
  }

  private static double mostInAMinute(List<Long> used) {
    long most = 0;
    for (int i = MINUTE; i <= used.size(); i++) {
      most = Math.max(most, sum(used, i - MINUTE, i));
    }
    return most;
  }

  private static double leastInAMinuteOfWanting(SharingSimulation run, int from) {
    long least = Long.MAX_VALUE;
    for (int i = from + MINUTE; i <= run.used().size(); i++) {
      if (!run.wanting().subList(i - MINUTE, i).contains(false)) {
        least = Math.min(least, sum(run.used(), i - MINUTE, i));
      }
    }
    return least;
  }

  private static long sum(List<Long> used, int from, int to) {
    return used.subList(from, to).stream().mapToLong(Long::longValue).sum();
  }
}
