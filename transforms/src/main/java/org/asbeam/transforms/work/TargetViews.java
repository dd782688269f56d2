package org.asbeam.transforms.work;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.asbeam.aerospike.TargetCheck;
import org.asbeam.aerospike.TargetState;

/** Makes of a target's state what a person reads before the first write, and what must be so. */
final class TargetViews {
  private TargetViews() {}

  /**
   * @param nodes the names of the cluster's nodes
   */
  static TargetView of(RestoreSpec spec, TargetState state, List<String> nodes) {
    List<String> errors = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    TargetCheck check =
        TargetCheck.any()
            .withClusterName(spec.target().clusterName())
            // Records that the restore itself wrote before it was stopped are no surprise.
            .withRequireEmpty(spec.target().requireEmpty() && !spec.resume())
            .withSets(new HashSet<>(spec.scope().sets()));
    for (TargetCheck.Finding finding : check.findings(state)) {
      boolean error = finding.severity() == TargetCheck.Severity.ERROR;
      if (error && concerns(spec, finding.topic())) {
        errors.add(finding.message());
      } else if (finding.topic() == TargetCheck.Topic.XDR
          || finding.topic() == TargetCheck.Topic.NEEDS_SET) {
        warnings.add(finding.message());
      }
    }
    return new TargetView(
        state.clusterName(),
        nodes,
        state.objects(),
        facts(state),
        errors,
        warnings,
        refuses(state));
  }

  /** Without records only the wrong cluster matters. */
  private static boolean concerns(RestoreSpec spec, TargetCheck.Topic topic) {
    return spec.scope().records()
        || topic == TargetCheck.Topic.CLUSTER_NAME
        || topic == TargetCheck.Topic.NOT_EMPTY;
  }

  private static boolean refuses(TargetState state) {
    return state.refusesTtl();
  }

  private static List<String> facts(TargetState state) {
    return List.of(
        "target: cluster "
            + (state.clusterName().isEmpty() ? "without a name" : state.clusterName())
            + ", namespace "
            + state.namespace()
            + " with "
            + state.objects()
            + " records, "
            + (state.xdrDestinations().isEmpty()
                ? "not shipped by XDR"
                : "shipped by XDR to " + String.join(", ", state.xdrDestinations())));
  }
}
