package org.asbeam.transforms.work;

import java.util.List;

/**
 * What a launcher that reaches the cluster sees of it.
 *
 * @param masters the name of each partition's master node, by id; empty where it is not known
 * @param objects records of the namespace, an estimate
 */
public record ClusterView(List<String> masters, long objects) {
  /** How many nodes are the master of a partition. */
  public int nodes() {
    return (int) masters.stream().filter(name -> !name.isEmpty()).distinct().count();
  }
}
