package org.asbeam.aerospike;

import com.aerospike.client.cluster.Cluster;
import com.aerospike.client.cluster.Node;
import com.aerospike.client.cluster.Partitions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asbeam.aerospike.ClusterException.Kind;

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

  Cluster cluster() {
    if (closed.get()) {
      throw new IllegalStateException("the lease on the cluster's client was given back");
    }
    return shared.client().getCluster();
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
