package org.asbeam.aerospike;

import com.aerospike.client.AerospikeException;
import com.aerospike.client.Info;
import com.aerospike.client.cluster.Node;
import com.aerospike.client.policy.InfoPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Which nodes stand on the racks that are preferred. A node whose rack isn't known, for example one
 * of a server without racks, is as good as one on a rack that nobody prefers. Not safe for use by
 * several threads.
 */
final class Racks {
  private static final int TIMEOUT_MILLIS = 2000;

  /** How long an answer counts: racks are changed by hand, and seldom. */
  private static final long FRESH_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String namespace;
  private final List<Integer> preferred;
  private final Map<String, Rank> ranks = new HashMap<>();

  private record Rank(int value, long readAt) {}

  /**
   * @param preferred the best one first; empty: no preference
   */
  Racks(String namespace, List<Integer> preferred) {
    this.namespace = namespace;
    this.preferred = preferred;
  }

  boolean areIrrelevant() {
    return preferred.isEmpty();
  }

  /** How good a node is: 0 is best; all that are on no preferred rack are the same. */
  int rank(Node node) {
    long now = System.nanoTime();
    Rank known = ranks.get(node.getName());
    if (known == null || now - known.readAt() > FRESH_NANOS) {
      known = new Rank(read(node), now);
      ranks.put(node.getName(), known);
    }
    return known.value();
  }

  private int read(Node node) {
    InfoPolicy policy = new InfoPolicy();
    policy.timeout = TIMEOUT_MILLIS;
    try {
      return rank(Info.request(policy, node, "rack-ids"));
    } catch (AerospikeException e) {
      // A node that doesn't answer is none to prefer.
      return preferred.size();
    }
  }

  private int rank(String answer) {
    if (answer != null && !InfoClient.isError(answer)) {
      for (String entry : InfoText.split(answer, ';')) {
        int colon = entry.lastIndexOf(':');
        if (colon > 0 && entry.substring(0, colon).equals(namespace)) {
          int index = indexOf(entry.substring(colon + 1));
          return index < 0 ? preferred.size() : index;
        }
      }
    }
    return preferred.size();
  }

  private int indexOf(String rack) {
    try {
      return preferred.indexOf(Integer.parseInt(rack));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
