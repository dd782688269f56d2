package org.asbeam.embedded;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** The changes of a cluster's nodes and of its partition maps. */
final class Membership {
  private final Map<String, Namespace> namespaces;
  private final int replicationFactor;
  // Fixed: a cluster key says whether two moments differ, it is no secret.
  private final Random random = new Random(0xA5BEA);
  private volatile ClusterState state;

  Membership(int nodes, int replicationFactor, Racks racks, Map<String, Namespace> namespaces) {
    this.namespaces = namespaces;
    this.replicationFactor = replicationFactor;
    boolean[] up = filled(nodes);
    int[] generations = new int[nodes];
    Arrays.fill(generations, 1);
    Map<String, Ownership> ownership = new LinkedHashMap<>();
    for (String name : namespaces.keySet()) {
      ownership.put(name, Ownership.deal(up, replicationFactor, racks));
    }
    state = new ClusterState(newKey(), up, generations, generations.clone(), 1, racks, ownership);
  }

  private static boolean[] filled(int nodes) {
    boolean[] up = new boolean[nodes];
    Arrays.fill(up, true);
    return up;
  }

  private String newKey() {
    return Long.toHexString(random.nextLong() >>> 16 | 1L << 44).toUpperCase(Locale.ROOT);
  }

  ClusterState state() {
    return state;
  }

  Collection<Namespace> namespaces() {
    return namespaces.values();
  }

  /**
   * Takes a node out. Partitions that no other node holds are lost until it comes back; the last
   * node keeps its partitions, as a server does that is restarted.
   */
  synchronized void down(int node) {
    ClusterState old = state;
    if (!old.up()[node]) {
      return;
    }
    boolean[] up = old.up().clone();
    up[node] = false;
    if (old.size() == 1) {
      publish(old, up, old.ownership());
      return;
    }
    Map<String, Ownership> ownership = new LinkedHashMap<>();
    old.ownership()
        .forEach(
            (name, map) -> {
              loseWhatOnly(node, map, namespaces.get(name));
              ownership.put(name, map.without(up, replicationFactor, old.racks()));
            });
    publish(old, up, ownership);
  }

  private static void loseWhatOnly(int node, Ownership map, Namespace namespace) {
    if (map.copies() == 1) {
      for (int pid = 0; pid < Protocol.PARTITIONS; pid++) {
        if (map.master(pid) == node) {
          namespace.partition(pid).lose(node);
        }
      }
    }
  }

  /** Takes a node in again, with what it had. */
  synchronized void up(int node) {
    ClusterState old = state;
    if (old.up()[node]) {
      return;
    }
    boolean[] up = old.up().clone();
    up[node] = true;
    Map<String, Ownership> ownership = new LinkedHashMap<>(old.ownership());
    for (Namespace namespace : namespaces.values()) {
      ownership.put(namespace.name(), Ownership.deal(up, replicationFactor, old.racks()));
      for (int pid = 0; pid < Protocol.PARTITIONS; pid++) {
        namespace.partition(pid).recover(node);
      }
    }
    publish(old, up, ownership);
  }

  /** Makes a node the master of a partition. */
  synchronized void move(String namespace, int pid, int node) {
    ClusterState old = state;
    if (!old.up()[node]) {
      throw new IllegalStateException("node " + node + " is down and can hold no partition");
    }
    Map<String, Ownership> ownership = new LinkedHashMap<>(old.ownership());
    ownership.computeIfPresent(namespace, (name, map) -> map.move(pid, node));
    int[] generations = nextPartitionGenerations(old, ownership);
    state =
        new ClusterState(
            old.key(),
            old.up(),
            old.peersGeneration(),
            generations,
            old.rebalanceGeneration(),
            old.racks(),
            ownership);
  }

  /** Puts a node into another rack; copies of partitions move so that they stand in several. */
  synchronized void rack(int node, int rack) {
    ClusterState old = state;
    if (old.racks().ids() == null) {
      throw new IllegalStateException("the cluster was built without racks");
    }
    Racks racks = old.racks().with(node, rack);
    Map<String, Ownership> ownership = new LinkedHashMap<>();
    old.ownership()
        .keySet()
        .forEach(name -> ownership.put(name, Ownership.deal(old.up(), replicationFactor, racks)));
    state =
        new ClusterState(
            newKey(),
            old.up(),
            old.peersGeneration(),
            nextPartitionGenerations(old, ownership),
            old.rebalanceGeneration() + 1,
            racks,
            ownership);
  }

  private void publish(ClusterState old, boolean[] up, Map<String, Ownership> ownership) {
    int[] peers = old.peersGeneration().clone();
    for (int node = 0; node < peers.length; node++) {
      peers[node]++;
    }
    int[] partitions = nextPartitionGenerations(old, ownership);
    int rebalance = old.rebalanceGeneration() + 1;
    state = new ClusterState(newKey(), up, peers, partitions, rebalance, old.racks(), ownership);
  }

  private static int[] nextPartitionGenerations(
      ClusterState old, Map<String, Ownership> ownership) {
    int[] generations = old.partitionGeneration().clone();
    for (int node = 0; node < generations.length; node++) {
      for (Map.Entry<String, Ownership> entry : ownership.entrySet()) {
        if (entry.getValue().differsFor(node, old.ownership().get(entry.getKey()))) {
          generations[node]++;
          break;
        }
      }
    }
    return generations;
  }
}
