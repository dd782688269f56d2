package org.asbeam.transforms.work;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run must know of the cluster it reads, at one moment.
 *
 * @param clusterName its name, empty if it has none
 * @param clusterKey changes with every change of the set of nodes
 * @param nodes the names of the nodes, sorted
 * @param builds the versions of the server, sorted
 * @param replicationFactor in effect for the namespace
 * @param objects records of the namespace, copies not counted; an estimate
 * @param leastTime the least clock of all nodes
 * @param skew the difference between the greatest and the least clock of all nodes
 * @param troubles why the cluster isn't stable, one line each; none: it is
 */
public record ClusterSnapshot(
    String clusterName,
    String clusterKey,
    List<String> nodes,
    List<String> builds,
    int replicationFactor,
    long objects,
    Instant leastTime,
    Duration skew,
    List<String> troubles) {

  /** Backups that follow another one start this much before it did. */
  private static final Duration LEAST_MARGIN = Duration.ofSeconds(60);

  /**
   * The safe lower bound in time for the next increment: a record written after the scan passed it
   * has, by its node's clock, a later time.
   */
  public Instant nextModifiedAfter() {
    Duration twice = skew.multipliedBy(2);
    return leastTime.minus(twice.compareTo(LEAST_MARGIN) > 0 ? twice : LEAST_MARGIN);
  }

  /**
   * What changed between this state and a later one, as far as records may have been lost by it.
   *
   * @return one line per change; none: what was there is there
   */
  public List<String> changesTo(ClusterSnapshot later) {
    List<String> changes = new ArrayList<>();
    if (!clusterKey.equals(later.clusterKey)) {
      changes.add("the cluster key went from " + clusterKey + " to " + later.clusterKey);
    }
    if (!nodes.equals(later.nodes)) {
      changes.add("the nodes went from " + nodes + " to " + later.nodes);
    }
    if (replicationFactor != later.replicationFactor) {
      changes.add(
          "the replication factor went from "
              + replicationFactor
              + " to "
              + later.replicationFactor);
    }
    return changes;
  }
}
