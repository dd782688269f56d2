package org.asbeam.aerospike;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * Notices that the cluster refuses everything: the first 1,000 answers of a job are one and the
 * same refusal. Then it is no matter of single records but of a setting, and the work stops, also
 * where refused records are ignored or handed over.
 *
 * <p>One for all writers of a job in this process. Safe for use by several threads.
 */
public final class RefusalWatch {
  /** How many answers must be the same. */
  static final int ANSWERS = 1000;

  private static final int NONE = 0;

  private static final Map<String, WeakReference<RefusalWatch>> JOBS = new HashMap<>();

  private volatile boolean open = true;
  private int code = NONE;
  private int answers;

  /**
   * The watch that all writers of a job in this process share, as long as one of them holds it.
   *
   * @param job the job's id
   */
  public static RefusalWatch ofJob(String job) {
    synchronized (JOBS) {
      JOBS.values().removeIf(reference -> reference.get() == null);
      WeakReference<RefusalWatch> known = JOBS.get(job);
      RefusalWatch watch = known == null ? null : known.get();
      if (watch == null) {
        watch = new RefusalWatch();
        JOBS.put(job, new WeakReference<>(watch));
      }
      return watch;
    }
  }

  /** Notices nothing: for writers whose refused records are wanted, however many they are. */
  public static RefusalWatch off() {
    RefusalWatch watch = new RefusalWatch();
    watch.accepted();
    return watch;
  }

  /** Whether it still matters what is answered. */
  boolean isOpen() {
    return open;
  }

  /** The refusal of all answers so far. */
  synchronized int code() {
    return code;
  }

  /** Counts an answer that is no refusal: from then on all is well. */
  synchronized void accepted() {
    // What was found out stays found out, for writers that have not heard of it yet.
    if (answers < ANSWERS) {
      open = false;
    }
  }

  /**
   * Counts a refusal.
   *
   * @return whether everything was refused in this way
   */
  synchronized boolean refused(int resultCode) {
    if (!open) {
      return false;
    }
    if (code != NONE && code != resultCode) {
      accepted();
      return answers >= ANSWERS;
    }
    code = resultCode;
    return ++answers >= ANSWERS;
  }
}
