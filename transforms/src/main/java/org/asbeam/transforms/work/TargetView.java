package org.asbeam.transforms.work;

import java.util.List;

/**
 * What a launcher sees of the cluster that is restored to.
 *
 * @param clusterName as configured; empty: it has none
 * @param nodes the names of the nodes
 * @param objects records in the namespace
 * @param facts what a person should know before the first write, one line each
 * @param errors why the restore can't succeed, one line each
 * @param warnings what may go wrong, one line each
 * @param refusesTtl whether the namespace refuses records that expire
 */
public record TargetView(
    String clusterName,
    List<String> nodes,
    long objects,
    List<String> facts,
    List<String> errors,
    List<String> warnings,
    boolean refusesTtl) {
  /** Of a launcher that doesn't reach the cluster: its workers look. */
  public static final TargetView UNSEEN =
      new TargetView("", List.of(), 0, List.of(), List.of(), List.of(), false);

  public boolean isSeen() {
    return !nodes.isEmpty();
  }
}
