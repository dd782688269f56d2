package org.asbeam.aerospike;

import com.aerospike.client.ResultCode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.aerospike.TargetState.TargetSet;

/**
 * What in the state of a target speaks against a restore. Only findings; whoever asks decides.
 *
 * @param clusterName the name that the cluster must have; empty: any
 * @param requireEmpty whether there may be no records: none at all, or none of the restored sets if
 *     sets are named
 * @param sets the sets that are restored; empty: all
 */
public record TargetCheck(String clusterName, boolean requireEmpty, Set<String> sets)
    implements Serializable {
  /** How much a finding matters. */
  public enum Severity {
    /** The restore should not start. */
    ERROR,
    /** A person should know. */
    WARNING
  }

  /** What a finding is about. */
  public enum Topic {
    CLUSTER_NAME,
    NOT_EMPTY,
    XDR,
    STOP_WRITES,
    CLOCK_SKEW,
    NO_TTL,
    SET_QUOTA,
    ONLY_XDR_WRITES,
    NEEDS_SET
  }

  /**
   * One thing to know.
   *
   * @param message one line: what is so, and what to do
   */
  public record Finding(Severity severity, Topic topic, String message) implements Serializable {}

  public TargetCheck {
    sets = Set.copyOf(sets);
  }

  /** Any cluster, whatever is there already, all sets. */
  public static TargetCheck any() {
    return new TargetCheck("", false, Set.of());
  }

  public TargetCheck withClusterName(String name) {
    return new TargetCheck(name, requireEmpty, sets);
  }

  public TargetCheck withRequireEmpty(boolean empty) {
    return new TargetCheck(clusterName, empty, sets);
  }

  public TargetCheck withSets(Set<String> restored) {
    return new TargetCheck(clusterName, requireEmpty, restored);
  }

  /** What matters of a state: the errors first. */
  public List<Finding> findings(TargetState state) {
    List<Finding> findings = new ArrayList<>();
    String namespace = "namespace '" + state.namespace() + "'";
    if (!clusterName.isEmpty() && !clusterName.equals(state.clusterName())) {
      error(
          findings,
          Topic.CLUSTER_NAME,
          "the cluster is named '"
              + state.clusterName()
              + "', not '"
              + clusterName
              + "'; check the hosts");
    }
    checkEmpty(findings, state, namespace);
    if (!state.stopWrites().isEmpty()) {
      error(findings, Topic.STOP_WRITES, stopWrites(state));
    }
    if (!state.clockSkewStopWrites().isEmpty()) {
      error(findings, Topic.CLOCK_SKEW, clockSkew(state));
    }
    if (state.rejectNonXdrWrites()) {
      error(findings, Topic.ONLY_XDR_WRITES, onlyXdr(state));
    }
    for (TargetSet set : state.sets()) {
      if (!set.fullNodes().isEmpty() && isRestored(set.name())) {
        error(findings, Topic.SET_QUOTA, quota(state, set));
      }
    }
    if (!state.xdrDestinations().isEmpty()) {
      warn(
          findings,
          Topic.XDR,
          namespace
              + " is shipped by XDR to "
              + String.join(", ", state.xdrDestinations())
              + ": what is restored goes there as well");
    }
    if (state.refusesTtl()) {
      warn(findings, Topic.NO_TTL, noTtl(state));
    }
    if (state.disallowNullSetName() && sets.isEmpty()) {
      warn(findings, Topic.NEEDS_SET, needsSet(state));
    }
    return findings;
  }

  private void checkEmpty(List<Finding> findings, TargetState state, String namespace) {
    String holds =
        state.sets().stream()
            .filter(set -> set.objects() > 0 && !sets.isEmpty() && sets.contains(set.name()))
            .map(set -> set.objects() + " in set '" + set.name() + "'")
            .collect(Collectors.joining(", "));
    if (sets.isEmpty() && state.objects() > 0) {
      holds = String.valueOf(state.objects());
    }
    if (holds.isEmpty()) {
      return;
    }
    String message = namespace + " holds records already: " + holds;
    if (requireEmpty) {
      error(
          findings,
          Topic.NOT_EMPTY,
          message + "; remove them, or restore without the demand that it be empty");
    } else {
      warn(findings, Topic.NOT_EMPTY, message);
    }
  }

  private boolean isRestored(String set) {
    return sets.isEmpty() || sets.contains(set);
  }

  private static void error(List<Finding> findings, Topic topic, String message) {
    findings.add(new Finding(Severity.ERROR, topic, message));
  }

  private static void warn(List<Finding> findings, Topic topic, String message) {
    findings.add(new Finding(Severity.WARNING, topic, message));
  }

  private static String stopWrites(TargetState state) {
    return "namespace '"
        + state.namespace()
        + "' stops writes on "
        + nodes(state.stopWrites())
        + ": give it space or memory, or raise stop-writes-used-pct, stop-writes-sys-memory-pct or"
        + " indexes-memory-budget";
  }

  private static String clockSkew(TargetState state) {
    return "the clocks of the cluster differ too much (clock_skew_stop_writes on "
        + nodes(state.clockSkewStopWrites())
        + "): set the clocks right";
  }

  private static String onlyXdr(TargetState state) {
    return "namespace '"
        + state.namespace()
        + "' takes writes from XDR only: set reject-non-xdr-writes to false";
  }

  private static String quota(TargetState state, TargetSet set) {
    return "set '"
        + set.name()
        + "' of namespace '"
        + state.namespace()
        + "' is at its quota on "
        + nodes(set.fullNodes())
        + ": raise "
        + (set.stopWritesCount() > 0 ? "stop-writes-count (" + set.stopWritesCount() + ")" : "")
        + (set.stopWritesCount() > 0 && set.stopWritesSize() > 0 ? " or " : "")
        + (set.stopWritesSize() > 0 ? "stop-writes-size (" + set.stopWritesSize() + ")" : "");
  }

  private static String noTtl(TargetState state) {
    return "namespace '"
        + state.namespace()
        + "' refuses records that expire: nsup-period is 0; set it, or allow-ttl-without-nsup";
  }

  private static String needsSet(TargetState state) {
    return "namespace '"
        + state.namespace()
        + "' refuses records without a set: set disallow-null-setname to false";
  }

  private static String nodes(List<String> names) {
    return (names.size() == 1 ? "node " : "nodes ") + String.join(", ", names);
  }

  /** The error for a job all of whose records are refused in one way: names the cause if it can. */
  static ClusterException allRefused(ClusterClient client, String namespace, int code) {
    String causes;
    try {
      causes = String.join("; ", causes(TargetState.read(client, namespace), code));
    } catch (ClusterException e) {
      // What was asked for is only an explanation.
      causes = "";
    }
    return new ClusterException(
        code == ResultCode.SERVER_MEM_ERROR ? Kind.STOP_WRITES : Kind.WRITES_REFUSED,
        "the first "
            + RefusalWatch.ANSWERS
            + " records were all refused by namespace '"
            + namespace
            + "' with one answer, "
            + ClusterErrors.describe(code)
            + "; "
            + (causes.isEmpty() ? RecordWriteException.hint(code) : causes));
  }

  /** What in a state makes the server refuse records with a code. */
  static TreeSet<String> causes(TargetState state, int code) {
    TreeSet<String> causes = new TreeSet<>();
    switch (code) {
      case ResultCode.SERVER_MEM_ERROR ->
          addIf(causes, !state.stopWrites().isEmpty(), stopWrites(state));
      case ResultCode.FAIL_FORBIDDEN -> {
        addIf(causes, state.refusesTtl(), noTtl(state));
        addIf(causes, !state.clockSkewStopWrites().isEmpty(), clockSkew(state));
        addIf(causes, state.rejectNonXdrWrites(), onlyXdr(state));
        for (TargetSet set : state.sets()) {
          addIf(causes, !set.fullNodes().isEmpty(), quota(state, set));
        }
      }
      case ResultCode.PARAMETER_ERROR ->
          addIf(causes, state.disallowNullSetName(), needsSet(state));
      case ResultCode.RECORD_TOO_BIG ->
          addIf(
              causes,
              state.maxRecordSize() > 0,
              "max-record-size is " + state.maxRecordSize() + ": raise it to that of the source");
      default -> {}
    }
    return causes;
  }

  private static void addIf(TreeSet<String> causes, boolean condition, String cause) {
    if (condition) {
      causes.add(cause);
    }
  }
}
