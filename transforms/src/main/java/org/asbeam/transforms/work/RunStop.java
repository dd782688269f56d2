package org.asbeam.transforms.work;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The stop flag of a run in this process: set by a failure, a cancelled job or a signal, looked at
 * in every loop of a slice. A runner that cancels a job lets elements in work run to their end.
 */
public final class RunStop {
  private static final Map<String, RunStop> FLAGS = new ConcurrentHashMap<>();

  private volatile boolean requested;

  private RunStop() {}

  /** The flag of a run; the same for all who ask in this process. */
  public static RunStop of(String runId) {
    return FLAGS.computeIfAbsent(runId, id -> new RunStop());
  }

  /** Forgets a run that has ended. */
  public static void forget(String runId) {
    FLAGS.remove(runId);
  }

  public void request() {
    requested = true;
  }

  public boolean requested() {
    return requested;
  }
}
