package org.asbeam.storage.remote;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for work that comes and goes. They end soon after it: in a process that serves many jobs,
 * each with classes of its own, an idle thread holds the classes of a job that has ended.
 */
final class DaemonThreads {
  private static final long IDLE_SECONDS = 2;

  private DaemonThreads() {}

  /** As many threads as are needed; their names are the given one and a number. */
  static ExecutorService named(String name) {
    AtomicInteger numbers = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, name + "-" + numbers.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
