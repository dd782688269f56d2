package org.asbeam.aerospike;

import com.aerospike.client.cluster.Node;
import com.aerospike.client.cluster.Partitions;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.format.PartitionSet;

/**
 * The state of a cluster and of one of its namespaces at one moment: a value to compare and to
 * write down. Two moments with the same cluster key had the same nodes in between.
 *
 * @param namespace the namespace it is about
 * @param clusterName as configured; empty or {@code null} as text if it is not
 * @param strongConsistency whether the namespace is in strong consistency mode
 * @param nsupPeriod seconds between the runs that remove expired records; 0: none
 * @param allowTtlWithoutNsup whether records may expire though {@code nsupPeriod} is 0
 * @param defaultTtl seconds; 0: records without a time to live of their own never expire
 * @param nodes by name
 */
public record ClusterState(
    String namespace,
    String clusterName,
    boolean strongConsistency,
    long nsupPeriod,
    boolean allowTtlWithoutNsup,
    long defaultTtl,
    List<NodeState> nodes)
    implements Serializable {
  private static final long POLL_MILLIS = 1000;

  public ClusterState {
    nodes = List.copyOf(nodes);
  }

  /**
   * Asks every node that the client knows.
   *
   * @throws ClusterException of kind NO_SUCH_NAMESPACE naming those there are, or TRANSIENT
   */
  public static ClusterState read(ClusterClient client, String namespace) throws ClusterException {
    List<NodeState> states = new ArrayList<>();
    Map<String, String> config = Map.of();
    String clusterName = "";
    for (Node node : client.nodes()) {
      String about = "namespace/" + namespace;
      Map<String, String> answers =
          InfoClient.ask(client, node, "build", "edition", "cluster-name", "statistics", about);
      Map<String, String> facts = InfoText.pairs(answers.getOrDefault(about, ""), ';');
      if ("unknown".equals(facts.get("type")) || InfoClient.isError(answers.get(about))) {
        throw noSuchNamespace(client, node, namespace);
      }
      config = facts;
      clusterName = answers.getOrDefault("cluster-name", "");
      states.add(
          NodeState.of(
              node.getName(),
              node.getHost().name + ":" + node.getHost().port,
              answers,
              InfoText.pairs(answers.getOrDefault("statistics", ""), ';'),
              facts,
              System.currentTimeMillis()));
    }
    return new ClusterState(
        namespace,
        InfoClient.isError(clusterName) ? "" : clusterName,
        InfoText.flag(config, "strong-consistency"),
        InfoText.number(config, "nsup-period", 0),
        InfoText.flag(config, "allow-ttl-without-nsup"),
        InfoText.number(config, "default-ttl", 0),
        states);
  }

  /**
   * Reads the state again and again until it is stable.
   *
   * @return the stable state
   * @throws ClusterException of kind UNSTABLE with the reasons when the time is over, STOPPED when
   *     the flag is set, or as {@link #read} does
   */
  public static ClusterState awaitStable(
      ClusterClient client, String namespace, Duration timeout, BooleanSupplier stop)
      throws IOException {
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      ClusterState state = read(client, namespace);
      List<String> reasons = state.reasonsNotStable();
      if (reasons.isEmpty()) {
        return state;
      }
      long now = System.nanoTime();
      if (now >= end) {
        throw new ClusterException(
            Kind.UNSTABLE,
            "the cluster is not stable after "
                + timeout.toSeconds()
                + " s: "
                + String.join("; ", reasons));
      }
      Pause.until(Math.min(end, now + TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS)), stop);
      if (stop.getAsBoolean()) {
        throw new ClusterException(Kind.STOPPED, "stopped while the cluster was not stable");
      }
    }
  }

  /**
   * The name of the master of each partition, by the client's map; empty where it knows none.
   *
   * @throws ClusterException of kind NO_SUCH_NAMESPACE
   */
  public static List<String> masters(ClusterClient client, String namespace)
      throws ClusterException {
    Partitions map = client.partitions(namespace);
    List<String> masters = new ArrayList<>(org.asbeam.format.Partitions.COUNT);
    for (int id = 0; id < org.asbeam.format.Partitions.COUNT; id++) {
      Node node = map.replicas.length == 0 ? null : map.replicas[0].get(id);
      masters.add(node == null ? "" : node.getName());
    }
    return masters;
  }

  /**
   * The partitions of each master, by the master's name; those without one under the empty name.
   */
  public static Map<String, PartitionSet> partitionsByMaster(ClusterClient client, String namespace)
      throws ClusterException {
    List<String> masters = masters(client, namespace);
    Map<String, List<Integer>> ids = new TreeMap<>();
    for (int id = 0; id < masters.size(); id++) {
      ids.computeIfAbsent(masters.get(id), name -> new ArrayList<>()).add(id);
    }
    return ids.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> PartitionSet.of(entry.getValue().stream().mapToInt(Integer::intValue)),
                (a, b) -> a,
                TreeMap::new));
  }

  /** The key that all nodes agree on; empty if they don't. */
  public String clusterKey() {
    List<String> keys = nodes.stream().map(NodeState::clusterKey).distinct().toList();
    return keys.size() == 1 ? keys.get(0) : "";
  }

  /** The copies of each record there are now; 0 if the nodes don't agree. */
  public int replicationFactor() {
    List<Integer> factors = nodes.stream().map(NodeState::replicationFactor).distinct().toList();
    return factors.size() == 1 ? factors.get(0) : 0;
  }

  /** The records of the namespace; drifts while partitions migrate. */
  public long masterObjects() {
    return nodes.stream().mapToLong(NodeState::masterObjects).sum();
  }

  public long migrationsRemaining() {
    return nodes.stream().mapToLong(NodeState::migrationsRemaining).sum();
  }

  /** The earliest clock of all nodes, seconds since the Unix epoch. */
  public long earliestTime() {
    return nodes.stream().mapToLong(NodeState::currentTime).min().orElse(0);
  }

  /** The largest skew known: of a node against the local clock, or within the cluster. */
  public long maxSkewMillis() {
    return nodes.stream()
        .mapToLong(node -> Math.max(Math.abs(node.clockSkewMillis()), node.clusterSkewMillis()))
        .max()
        .orElse(0);
  }

  public boolean stopWrites() {
    return nodes.stream().anyMatch(NodeState::stopWrites);
  }

  public boolean stable() {
    return reasonsNotStable().isEmpty();
  }

  /** Why a scan of all partitions might miss something now; empty: nothing speaks against it. */
  public List<String> reasonsNotStable() {
    List<String> reasons = new ArrayList<>();
    for (NodeState node : nodes) {
      if (node.clusterSize() != nodes.size()) {
        reasons.add(
            "node "
                + node.name()
                + " sees "
                + node.clusterSize()
                + " nodes, the client reaches "
                + nodes.size());
      }
      if (node.migrationsRemaining() > 0) {
        reasons.add(
            "node " + node.name() + " has " + node.migrationsRemaining() + " migrations to do");
      }
      if (node.unavailablePartitions() > 0) {
        reasons.add(
            "node "
                + node.name()
                + " has "
                + node.unavailablePartitions()
                + " unavailable"
                + " partitions");
      }
      if (node.deadPartitions() > 0) {
        reasons.add("node " + node.name() + " has " + node.deadPartitions() + " dead partitions");
      }
    }
    if (clusterKey().isEmpty()) {
      reasons.add(
          "the nodes see different clusters: "
              + nodes.stream()
                  .map(node -> node.name() + " " + node.clusterKey())
                  .collect(Collectors.joining(", ")));
    }
    if (replicationFactor() == 0) {
      reasons.add("the nodes don't agree on the replication factor of '" + namespace + "'");
    }
    return reasons;
  }

  /**
   * What changed from another moment: nodes, cluster key, replication factor. Empty: the same
   * cluster, and no node came or went in between.
   */
  public List<String> differencesFrom(ClusterState before) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> came = names();
    came.removeAll(before.names());
    TreeSet<String> left = before.names();
    left.removeAll(names());
    if (!came.isEmpty()) {
      differences.add("nodes came: " + String.join(", ", came));
    }
    if (!left.isEmpty()) {
      differences.add("nodes left: " + String.join(", ", left));
    }
    if (!clusterKey().equals(before.clusterKey())) {
      differences.add("cluster key " + before.clusterKey() + " became " + clusterKey());
    }
    if (replicationFactor() != before.replicationFactor()) {
      differences.add(
          "replication factor " + before.replicationFactor() + " became " + replicationFactor());
    }
    return differences;
  }

  private TreeSet<String> names() {
    return nodes.stream().map(NodeState::name).collect(Collectors.toCollection(TreeSet::new));
  }

  private static ClusterException noSuchNamespace(ClusterClient client, Node node, String namespace)
      throws ClusterException {
    return ClusterClient.noSuchNamespace(
        namespace, InfoText.split(InfoClient.ask(client, node, "namespaces"), ';'));
  }
}
