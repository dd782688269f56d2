package org.asbeam.embedded;

import java.util.Arrays;

/**
 * Who holds which partition of a namespace: immutable. Column 0 is the master, the columns behind
 * it are the replicas.
 */
final class Ownership {
  private final int[][] columns;

  private Ownership(int[][] columns) {
    this.columns = columns;
  }

  /** Deals the partitions to the nodes that are up. */
  static Ownership deal(boolean[] up, int replicationFactor, Racks racks) {
    int[][] columns = new int[Math.min(replicationFactor, count(up))][Protocol.PARTITIONS];
    for (int pid = 0; pid < Protocol.PARTITIONS; pid++) {
      int[] order = racks.spread(succession(pid, up));
      for (int column = 0; column < columns.length; column++) {
        columns[column][pid] = order[column];
      }
    }
    return new Ownership(columns);
  }

  /**
   * Ownership after nodes have gone: replicas move up to be masters, other nodes become replicas.
   */
  Ownership without(boolean[] up, int replicationFactor, Racks racks) {
    int[][] changed = new int[Math.min(replicationFactor, count(up))][Protocol.PARTITIONS];
    for (int pid = 0; pid < Protocol.PARTITIONS; pid++) {
      int filled = 0;
      for (int[] column : columns) {
        if (up[column[pid]] && filled < changed.length) {
          changed[filled++][pid] = column[pid];
        }
      }
      for (int node : racks.spread(succession(pid, up))) {
        if (filled < changed.length && !holds(changed, filled, pid, node)) {
          changed[filled++][pid] = node;
        }
      }
    }
    return new Ownership(changed);
  }

  /** Ownership after a partition's master has moved; a replica on the new master changes places. */
  Ownership move(int pid, int node) {
    int[][] changed = new int[columns.length][];
    for (int i = 0; i < columns.length; i++) {
      changed[i] = columns[i].clone();
      if (columns[i][pid] == node) {
        changed[i][pid] = columns[0][pid];
      }
    }
    changed[0][pid] = node;
    return new Ownership(changed);
  }

  private static boolean holds(int[][] columns, int filled, int pid, int node) {
    for (int i = 0; i < filled; i++) {
      if (columns[i][pid] == node) {
        return true;
      }
    }
    return false;
  }

  boolean holds(int node, int pid) {
    return holds(columns, columns.length, pid, node);
  }

  int master(int pid) {
    return columns[0][pid];
  }

  /** How many nodes hold a partition: the effective replication factor. */
  int copies() {
    return columns.length;
  }

  /** Whether a node's part of the map differs from another map. */
  boolean differsFor(int node, Ownership other) {
    if (columns.length != other.columns.length) {
      return true;
    }
    for (int i = 0; i < columns.length; i++) {
      for (int pid = 0; pid < Protocol.PARTITIONS; pid++) {
        if ((columns[i][pid] == node) != (other.columns[i][pid] == node)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Which partitions a node holds in a column: the bit of partition p is 0x80 >> p%8 of p/8. */
  byte[] bitmap(int column, int node) {
    byte[] bits = new byte[Protocol.PARTITIONS / 8];
    for (int pid = 0; pid < Protocol.PARTITIONS; pid++) {
      if (columns[column][pid] == node) {
        bits[pid >> 3] |= (byte) (0x80 >> (pid & 7));
      }
    }
    return bits;
  }

  /**
   * The nodes that are up, in the order in which they should hold a partition. Each node has a
   * weight of its own per partition, so a node that goes or comes moves only its own share.
   */
  private static int[] succession(int pid, boolean[] up) {
    Integer[] nodes = new Integer[count(up)];
    int at = 0;
    for (int node = 0; node < up.length; node++) {
      if (up[node]) {
        nodes[at++] = node;
      }
    }
    Arrays.sort(nodes, (a, b) -> Integer.compare(weight(pid, a), weight(pid, b)));
    return Arrays.stream(nodes).mapToInt(Integer::intValue).toArray();
  }

  private static int weight(int pid, int node) {
    int mixed = (pid * 0x9e3779b1 + node) * 0x85ebca6b;
    mixed ^= mixed >>> 15;
    mixed *= 0xc2b2ae35;
    return mixed ^ mixed >>> 13;
  }

  private static int count(boolean[] up) {
    int count = 0;
    for (boolean node : up) {
      count += node ? 1 : 0;
    }
    return count;
  }
}
