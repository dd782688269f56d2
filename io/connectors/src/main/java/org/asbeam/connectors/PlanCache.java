package org.asbeam.connectors;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The plans loaded last in this process: a job has hundreds of sources, and each would read its
 * plan again. A plan that can't be loaded is tried again by the next source.
 */
final class PlanCache {
  /** More than a process has jobs at a time; a plan of 4096 slices takes about 2 MiB. */
  private static final int MOST = 8;

  private static final Map<SlicePlan<?>, Entry> PLANS =
      new LinkedHashMap<>(2 * MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SlicePlan<?>, Entry> eldest) {
          return size() > MOST;
        }
      };

  private PlanCache() {}

  /**
   * The slices of a plan, as many as it says it has.
   *
   * @throws IOException if it can't be loaded, or has another number of slices: a job that was
   *     launched for fewer would leave some out in silence
   */
  @SuppressWarnings("unchecked") // A plan's entry is what that very plan loaded.
  static <S> List<S> load(SlicePlan<S> plan) throws IOException {
    Entry entry;
    synchronized (PLANS) {
      entry = PLANS.computeIfAbsent(plan, absent -> new Entry());
    }
    // Only those who want the same plan wait for it.
    synchronized (entry) {
      if (entry.slices == null) {
        List<S> slices = List.copyOf(plan.load());
        if (slices.size() != plan.size()) {
          throw new IOException(
              "the plan has "
                  + slices.size()
                  + " slices, but the job was launched for "
                  + plan.size()
                  + ": start it again");
        }
        entry.slices = slices;
      }
      return (List<S>) entry.slices;
    }
  }

  private static final class Entry {
    private List<?> slices;
  }
}
