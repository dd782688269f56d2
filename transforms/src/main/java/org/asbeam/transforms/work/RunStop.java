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
  private volatile boolean endingAtFailure;

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

  /**
   * Lets the first slice that fails end the run, also where another attempt may help: for runners
   * that make none. What is queued would else fail one after the other, each with all its patience.
   */
  public void endAtFailure() {
    endingAtFailure = true;
  }

  /** A slice has failed, and another attempt may help. */
  void failed() {
    if (endingAtFailure) {
      requested = true;
    }
  }

  public boolean requested() {
    return requested;
  }
}
