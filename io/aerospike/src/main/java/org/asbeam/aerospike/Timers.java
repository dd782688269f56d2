package org.asbeam.aerospike;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One daemon thread for everything that happens by the clock. Tasks must be short. */
final class Timers {
  /**
   * In a process that serves many jobs, each with classes of its own, an idle thread holds them.
   */
  private static final long IDLE_SECONDS = 1;

  private static final ScheduledThreadPoolExecutor EXECUTOR = start();

  private Timers() {}

  static ScheduledFuture<?> once(Runnable task, long delay, TimeUnit unit) {
    return EXECUTOR.schedule(task, delay, unit);
  }

  static ScheduledFuture<?> every(Runnable task, long period, TimeUnit unit) {
    return EXECUTOR.scheduleWithFixedDelay(task, period, period, unit);
  }

  private static ScheduledThreadPoolExecutor start() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "asbeam-cluster-timer");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
