package org.asbeam.aerospike;

import com.aerospike.client.AerospikeClient;
import com.aerospike.client.cluster.Cluster;
import com.aerospike.client.cluster.Node;
import com.aerospike.client.cluster.Partitions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.format.PartitionSet;

/**
 * A lease on a client that everybody in this JVM with the same {@link ConnectionSpec} and secrets
 * shares; from {@link ClusterClients#acquire}. Safe for use by several threads. Closing it twice is
 * harmless.
 */
public final class ClusterClient implements AutoCloseable {
  private final ClusterClients.Shared shared;
  private final AtomicBoolean closed = new AtomicBoolean();

  ClusterClient(ClusterClients.Shared shared) {
    this.shared = shared;
  }

  public ConnectionSpec spec() {
    return shared.spec();
  }

  /** Gives the lease back; the client itself lingers for a while. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      shared.release();
    }
  }

  /**
   * The names and addresses of the nodes that the client reaches, by name.
   *
   * @throws ClusterException of kind TRANSIENT
   */
  public List<NodeAddress> addresses() throws ClusterException {
    return Topology.nodes(this);
  }

  /**
   * The names of the nodes in each rack of a namespace, by rack id.
   *
   * @throws ClusterException of kind UNSUPPORTED where there are no racks (community edition),
   *     NO_SUCH_NAMESPACE, or TRANSIENT
   */
  public Map<Integer, List<String>> racks(String namespace) throws ClusterException {
    return Topology.racks(this, namespace);
  }

  /**
   * The partitions whose master is on one of some nodes now.
   *
   * @param nodesOrAddresses names of nodes, or {@code host:port} as a node names itself or as the
   *     client reaches it
   * @throws ClusterException of kind CONFIGURATION naming all entries that are no node of the
   *     cluster, and what there is; UNSTABLE if a partition has no master; NO_SUCH_NAMESPACE
   */
  public PartitionSet partitionsOfNodes(String namespace, List<String> nodesOrAddresses)
      throws ClusterException {
    return Topology.partitionsOfNodes(this, namespace, nodesOrAddresses);
  }

  /**
   * The partitions whose master is in one of some racks now.
   *
   * @throws ClusterException as {@link #partitionsOfNodes} and {@link #racks}
   */
  public PartitionSet partitionsOfRacks(String namespace, List<Integer> ids)
      throws ClusterException {
    return Topology.partitionsOfRacks(this, namespace, ids);
  }

  Cluster cluster() {
    return client().getCluster();
  }

  AerospikeClient client() {
    if (closed.get()) {
      throw new IllegalStateException("the lease on the cluster's client was given back");
    }
    return shared.client();
  }

  /** The active nodes, by name. */
  List<Node> nodes() throws ClusterException {
    List<Node> nodes = new ArrayList<>(Arrays.asList(cluster().getNodes()));
    nodes.removeIf(node -> !node.isActive());
    if (nodes.isEmpty()) {
      throw new ClusterException(
          Kind.TRANSIENT, "no node of the cluster at " + spec().place() + " can be reached");
    }
    nodes.sort(Comparator.comparing(Node::getName));
    return nodes;
  }

  /** The owners of the partitions of a namespace, as the client last saw them. */
  Partitions partitions(String namespace) throws ClusterException {
    var map = cluster().partitionMap;
    Partitions partitions = map.get(namespace);
    if (partitions == null) {
      throw noSuchNamespace(namespace, new TreeSet<>(map.keySet()));
    }
    return partitions;
  }

  /** How many requests of a kind may be on their way to a node, for everybody in this process. */
  NodeWindow window(Node node, NodeWindow.Use use) {
    return shared.window(node.getName(), use);
  }

  static ClusterException noSuchNamespace(String namespace, Iterable<String> present) {
    return new ClusterException(
        Kind.NO_SUCH_NAMESPACE,
        "the cluster has no namespace '" + namespace + "'; it has: " + String.join(", ", present));
  }

  int connectTimeoutMillis() {
    return Math.min(spec().connectTimeoutMillis(), ClusterClients.LATER_CONNECT_TIMEOUT_MILLIS);
  }
}
