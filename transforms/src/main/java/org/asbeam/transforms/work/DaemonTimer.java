package org.asbeam.transforms.work;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer with a daemon thread per task. */
final class DaemonTimer implements Surroundings.Timer {
  @Override
  public Surroundings.Closing every(Duration period, String name, Runnable task) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "asbeam-" + name);
              thread.setDaemon(true);
              return thread;
            });
    executor.scheduleWithFixedDelay(task, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    return executor::shutdownNow;
  }
}
