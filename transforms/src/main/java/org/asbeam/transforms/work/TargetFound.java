package org.asbeam.transforms.work;

import java.util.List;

/**
 * That the target of a restore was looked at before the first write, and what was found. It is said
 * once per run: by the launcher, or by the first worker where the launcher doesn't reach the
 * cluster.
 *
 * @param clusterName as configured; empty: it has none
 * @param warnings what may go wrong, one line each
 */
record TargetFound(String clusterName, List<String> warnings) {
  static TargetFound of(TargetView target) {
    return new TargetFound(target.clusterName(), target.warnings());
  }
}
