package org.asbeam.transforms.work;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a restore does to what: those who go on with it must do the same.
 *
 * @param input as a person named it
 * @param sourceNamespace the namespace that the records are of
 * @param targetNamespace the namespace to write to
 * @param scope what of the backup
 * @param existence what happens to a record that exists
 * @param generations whether generations decide
 * @param extraTtlSeconds added to times to live
 * @param clusterName the target's
 * @param nodes the names of the target's nodes
 */
record RestoreTask(
    String input,
    String sourceNamespace,
    String targetNamespace,
    RestoreScope scope,
    WriteSettings.Existence existence,
    boolean generations,
    long extraTtlSeconds,
    String clusterName,
    List<String> nodes) {

  static RestoreTask of(RestoreSpec spec, TargetView target) {
    return new RestoreTask(
        spec.input().text(),
        spec.sourceNamespace(),
        spec.targetNamespace(),
        spec.scope(),
        spec.writing().existence(),
        spec.writing().generations(),
        spec.writing().extraTtlSeconds(),
        target.clusterName(),
        target.nodes());
  }

  /** What differs from another one, so that one can't go on with the other; empty: nothing. */
  List<String> differencesFrom(RestoreTask other) {
    List<String> differences = new ArrayList<>();
    compare(differences, "source namespace", sourceNamespace, other.sourceNamespace);
    compare(differences, "target namespace", targetNamespace, other.targetNamespace);
    compare(differences, "scope", scope, other.scope);
    compare(differences, "policy for records that exist", existence, other.existence);
    compare(differences, "use of generations", generations, other.generations);
    compare(differences, "extra time to live", extraTtlSeconds, other.extraTtlSeconds);
    // A launcher that did not reach the cluster does not know.
    boolean known = !nodes.isEmpty() && !other.nodes.isEmpty();
    if (known
        && (!clusterName.equals(other.clusterName) || Collections.disjoint(nodes, other.nodes))) {
      differences.add("the cluster is another one");
    }
    return differences;
  }

  private static void compare(List<String> differences, String what, Object mine, Object other) {
    if (!mine.equals(other)) {
      differences.add(what + " was " + other + ", now " + mine);
    }
  }
}
