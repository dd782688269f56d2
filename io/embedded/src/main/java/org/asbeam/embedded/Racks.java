package org.asbeam.embedded;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * In which rack each node stands: immutable.
 *
 * @param ids by node; null: the cluster has no racks, as in the community edition
 */
record Racks(int[] ids) {
  /** The rack of a node; 0 where there are none. */
  int of(int node) {
    return ids == null ? 0 : ids[node];
  }

  Racks with(int node, int rack) {
    int[] changed = ids.clone();
    changed[node] = rack;
    return new Racks(changed);
  }

  /** {@code rack_1=A,B:rack_2=C}, of the nodes that are up. */
  String describe(boolean[] up) {
    Map<Integer, String> names = new TreeMap<>();
    for (int node = 0; node < ids.length; node++) {
      if (up[node]) {
        names.merge(ids[node], ClusterInfo.nodeName(node), (one, other) -> one + "," + other);
      }
    }
    return names.entrySet().stream()
        .map(entry -> "rack_" + entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(":"));
  }

  /**
   * Puts nodes of other racks first, as a server does that spreads the copies of a partition over
   * the racks: the first node stays, behind it come the first nodes of the other racks, then the
   * rest.
   */
  int[] spread(int[] order) {
    if (ids == null) {
      return order;
    }
    int[] spread = new int[order.length];
    boolean[] taken = new boolean[order.length];
    int filled = 0;
    while (filled < order.length) {
      // One round takes one node of each rack.
      int roundStart = filled;
      for (int i = 0; i < order.length; i++) {
        int rack = ids[order[i]];
        boolean seen =
            Arrays.stream(spread, roundStart, filled).anyMatch(node -> ids[node] == rack);
        if (!taken[i] && !seen) {
          taken[i] = true;
          spread[filled++] = order[i];
        }
      }
    }
    return spread;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Racks racks && Arrays.equals(ids, racks.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return Arrays.toString(ids);
  }
}
