package org.asbeam.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures work that several threads do at once: its wall time, the CPU time of the threads, and
 * that of the whole process, which has the compiler's and the collector's in it.
 *
 * @param wallNanos from the first thread's start to the last one's end
 * @param threadNanos of the working threads together, user and system
 * @param processNanos of all threads of the process
 */
record Stopwatch(long wallNanos, long threadNanos, long processNanos) {
  static final String HEADER =
      String.format(
          Locale.ROOT,
          "%-22s %12s %10s %8s %10s %10s",
          "work",
          "records/s",
          "MB/s",
          "wall s",
          "CPU s/M",
          "with JIT");

  /** Runs a task in each of some threads. */
  static Stopwatch time(int threads, Callable<?> task) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long process = system.getProcessCpuTime();
      long wall = System.nanoTime();
      List<Future<Long>> ends = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        ends.add(
            pool.submit(
                () -> {
                  long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                  task.call();
                  return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
                }));
      }
      long cpu = 0;
      for (Future<Long> end : ends) {
        cpu += end.get();
      }
      return new Stopwatch(System.nanoTime() - wall, cpu, system.getProcessCpuTime() - process);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      pool.shutdownNow();
    }
  }

  /** One line under {@link #HEADER}. */
  String line(String name, long records, long bytes) {
    double seconds = wallNanos / 1e9;
    double millions = records / 1e6;
    return String.format(
        Locale.ROOT,
        "%-22s %,12.0f %,10.0f %8.2f %10.3f %10.3f",
        name,
        records / seconds,
        bytes / 1e6 / seconds,
        seconds,
        threadNanos / 1e9 / millions,
        processNanos / 1e9 / millions);
  }
}
