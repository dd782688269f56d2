package org.asbeam.transforms.work;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The workers of this process that are not closed yet, by their runs. A runner closes some of them
 * only after it has said that a job has ended: until then the run's folder says that it is at work.
 */
public final class OpenWorkers {
  private static final Map<String, Integer> OPEN = new HashMap<>();

  private OpenWorkers() {}

  /** A worker of a run was made. */
  public static void opened(String runId) {
    synchronized (OPEN) {
      OPEN.merge(runId, 1, Integer::sum);
    }
  }

  /** A worker of a run is closed, as well as that went. */
  public static void closed(String runId) {
    synchronized (OPEN) {
      OPEN.computeIfPresent(runId, (id, count) -> count == 1 ? null : count - 1);
      OPEN.notifyAll();
    }
  }

  /**
   * Waits until a run has no open worker here.
   *
   * @return whether it has none now
   */
  public static boolean awaitNone(String runId, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (OPEN) {
      while (OPEN.containsKey(runId)) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        OPEN.wait(1 + left / 1_000_000);
      }
      return true;
    }
  }
}
