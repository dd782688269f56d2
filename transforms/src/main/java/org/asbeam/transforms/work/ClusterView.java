package org.asbeam.transforms.work;

import java.util.Collections;
import java.util.List;
import org.asbeam.format.Partitions;

/**
 * What a launcher that reaches the cluster sees of it.
 *
 * @param masters the name of each partition's master node, by id; empty where it is not known
 * @param objects records of the namespace, an estimate
 */
public record ClusterView(List<String> masters, long objects) {
  /** Of a launcher that doesn't reach it. */
  public static final ClusterView UNSEEN =
      new ClusterView(Collections.nCopies(Partitions.COUNT, ""), 0);

  /** How many nodes are the master of a partition. */
  public int nodes() {
    return (int) masters.stream().filter(name -> !name.isEmpty()).distinct().count();
  }
}
