package org.asbeam.connectors;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The plans loaded last in this process: a job has hundreds of sources, and each would read its
 * plan again.
 */
final class PlanCache {
  private static final int MOST = 8;

  private static final Map<SlicePlan<?>, List<?>> PLANS =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SlicePlan<?>, List<?>> eldest) {
          return size() > MOST;
        }
      };

  private PlanCache() {}

  @SuppressWarnings("unchecked") // A plan's entry is what that very plan loaded.
  static <S> List<S> load(SlicePlan<S> plan) throws IOException {
    synchronized (PLANS) {
      List<S> slices = (List<S>) PLANS.get(plan);
      if (slices == null) {
        slices = plan.load();
        PLANS.put(plan, slices);
      }
      return slices;
    }
  }
}
