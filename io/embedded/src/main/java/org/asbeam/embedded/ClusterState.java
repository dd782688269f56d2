package org.asbeam.embedded;

import java.util.Map;

/**
 * What the nodes of a cluster agree on at one moment: immutable, so that one answer to a client
 * never mixes two moments. (A client that reads a new partition generation beside an old map would
 * keep the old map for ever.)
 *
 * @param key the cluster key: changes with every change of the nodes
 * @param up which nodes are up
 * @param peersGeneration per node, never decreasing: how often its list of peers has changed
 * @param partitionGeneration per node: how often its part of the partition map has changed
 * @param rebalanceGeneration how often the nodes or their racks have changed
 * @param racks in which rack each node stands
 * @param ownership the partition map of each namespace
 */
record ClusterState(
    String key,
    boolean[] up,
    int[] peersGeneration,
    int[] partitionGeneration,
    int rebalanceGeneration,
    Racks racks,
    Map<String, Ownership> ownership) {

  int size() {
    int size = 0;
    for (boolean node : up) {
      size += node ? 1 : 0;
    }
    return size;
  }
}
