package org.asbeam.embedded;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * An Aerospike cluster inside this JVM: nodes on 127.0.0.1 that clients and backup tools take for
 * servers of the community edition 8.1.
 *
 * <pre>{@code
 * try (EmbeddedCluster cluster = EmbeddedCluster.builder().nodes(3).namespace("test").start()) {
 *   cluster.namespace("test").put("users", "ann", StoredBin.of("age", 42));
 *   AerospikeClient client = new AerospikeClient("127.0.0.1", cluster.port(0));
 *   ...
 * }
 * }</pre>
 *
 * <p><b>What it can.</b> Reads, writes, deletes, batches of them, partition scans, filters on
 * metadata and scalar bins, users that log in, racks, definitions of secondary indexes, UDF
 * modules, the info commands that clients and backup tools send, generations, times to live,
 * several nodes with replicas.
 *
 * <p><b>What it can't.</b> Operations on lists, maps, bits and HLLs (code 16), queries by index
 * (201), UDF execution (16), transactions and durable deletes (25), TLS (put a proxy before it, see
 * {@link #tlsPorts}), persistence. Lists, maps, HLLs and GeoJSON are kept as clients sent them.
 *
 * <p>All nodes share one copy of the records. If a node goes down that was the only holder of a
 * partition (replication factor 1), the partition is empty until the node is back.
 *
 * <p>Safe for use by several threads. All threads are daemons.
 */
public final class EmbeddedCluster implements AutoCloseable {
  private final Map<String, Namespace> namespaces;
  private final Membership membership;
  private final UdfRegistry udfs;
  private final Security security;
  private final Addresses addresses;
  private final Faults faults;
  private final List<Node> nodes = new ArrayList<>();

  private EmbeddedCluster(Builder builder) {
    Epoch epoch = new Epoch(builder.clock);
    namespaces = new LinkedHashMap<>();
    builder.namespaces.forEach(
        (name, options) -> namespaces.put(name, new Namespace(name, options, epoch)));
    membership =
        new Membership(
            builder.nodes, builder.replicationFactor, new Racks(builder.racks()), namespaces);
    security = new Security(builder.authenticator);
    udfs = new UdfRegistry();
    faults = new Faults();
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < builder.nodes; i++) {
        sockets.add(Node.listen(builder.port == 0 ? 0 : builder.port + i));
      }
    } catch (RuntimeException e) {
      sockets.forEach(EmbeddedCluster::closeQuietly);
      throw e;
    }
    addresses = new Addresses(sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray());
    for (int i = 0; i < builder.nodes; i++) {
      nodes.add(node(builder, i, sockets.get(i)));
    }
    // All sockets listen before a client can see the first list of peers.
    nodes.forEach(Node::start);
  }

  private Node node(Builder builder, int index, ServerSocket socket) {
    Jobs jobs = new Jobs();
    InfoService info =
        new InfoService(
            new ClusterInfo(builder.clusterName, builder.batchAny, index, addresses, namespaces),
            new NamespaceInfo(index, builder.replicationFactor, namespaces),
            new IndexInfo(namespaces),
            new UdfInfo(udfs),
            jobs,
            membership);
    ScanService scans = new ScanService(membership, index, jobs, builder.faithfulFrames);
    return new Node(index, socket, namespaces, faults, info, scans, security);
  }

  private static void closeQuietly(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It was never used.
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /** How many nodes there are, up or down. */
  public int nodes() {
    return nodes.size();
  }

  /** The port of a node, counted from 0; it keeps it when it is killed and revived. */
  public int port(int node) {
    return nodes.get(node).port();
  }

  /** The name by which clients know a node. */
  public String nodeName(int node) {
    Objects.checkIndex(node, nodes.size());
    return ClusterInfo.nodeName(node);
  }

  /** All nodes as a list of seeds: {@code 127.0.0.1:3000,127.0.0.1:3001}. */
  public String seeds() {
    return nodes.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(","));
  }

  /**
   * A namespace of this cluster.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public EmbeddedNamespace namespace(String name) {
    return new EmbeddedNamespace(known(name));
  }

  private Namespace known(String name) {
    Namespace namespace = namespaces.get(name);
    if (namespace == null) {
      throw new IllegalArgumentException(
          "no namespace '" + name + "'; there are " + namespaces.keySet());
    }
    return namespace;
  }

  /** The UDF modules, in the order in which they were registered. */
  public List<StoredUdf> udfs() {
    return udfs.all();
  }

  /** Registers a UDF module. */
  public void putUdf(String name, byte[] content) {
    udfs.put(new StoredUdf(name, content.clone()));
  }

  /**
   * Kills a node: its socket is closed and all its connections are reset, replicas become masters.
   * Partitions that only this node held are empty until it is revived.
   */
  public void killNode(int node) {
    Node killed = nodes.get(node);
    killed.stop();
    membership.down(node);
  }

  /** Starts a killed node again, at its old port and with its old name. */
  public void reviveNode(int node) {
    Node revived = nodes.get(node);
    if (!membership.state().up()[node]) {
      revived.restart();
      membership.up(node);
    }
  }

  /** Makes a node silent: it accepts and reads, and answers nothing. */
  public void freezeNode(int node) {
    nodes.get(node).freeze(true);
  }

  /** Lets a frozen node go on, with the answers that it owes. */
  public void thawNode(int node) {
    nodes.get(node).freeze(false);
  }

  /**
   * Makes a node the master of a partition; a node that was its replica changes places with the old
   * master. Clients learn of it when they tend, about once a second.
   */
  public void movePartition(String namespace, int pid, int toNode) {
    known(namespace);
    Objects.checkIndex(pid, Protocol.PARTITIONS);
    Objects.checkIndex(toNode, nodes.size());
    membership.move(namespace, pid, toNode);
  }

  /** The node that is the master of a partition. */
  public int masterOf(String namespace, int pid) {
    known(namespace);
    return membership.state().ownership().get(namespace).master(pid);
  }

  /**
   * Puts a node into another rack, and deals the partitions anew so that their copies stand in
   * several racks.
   *
   * @throws IllegalStateException if the cluster was built without racks
   */
  public void moveToRack(int node, int rack) {
    Objects.checkIndex(node, nodes.size());
    membership.rack(node, rack);
  }

  /** Lets the nodes name alternate addresses: 127.0.0.1 with these ports, one per node. */
  public void alternatePorts(int... ports) {
    addresses.alternate(ports);
  }

  /**
   * Lets the nodes name addresses for TLS: 127.0.0.1 with these ports, one per node. The nodes
   * don't speak TLS themselves; a proxy at each port does.
   *
   * @param tlsName the name in the certificates of the proxies
   */
  public void tlsPorts(String tlsName, int... ports) {
    addresses.tls(tlsName, ports);
  }

  /** Puts a fault into effect. */
  public InjectedFault inject(Fault fault) {
    return faults.inject(Objects.requireNonNull(fault, "fault"));
  }

  /** Ends all faults. */
  public void clearFaults() {
    faults.clear();
  }

  /** Ends all nodes; the records are gone with the cluster. */
  @Override
  public void close() {
    nodes.forEach(Node::stop);
  }

  /** What a cluster is to be like: one node, replication factor 2, any free port, no namespace. */
  public static final class Builder {
    private int nodes = 1;
    private int port;
    private int replicationFactor = 2;
    private String clusterName = "embedded";
    private InstantSource clock = InstantSource.system();
    private boolean batchAny = true;
    private boolean faithfulFrames;
    private Authenticator authenticator;
    private int[] racks;
    private final Map<String, NamespaceOptions> namespaces = new LinkedHashMap<>();

    private Builder() {}

    /** How many nodes, 1 to 32. */
    public Builder nodes(int count) {
      if (count < 1 || count > 32) {
        throw new IllegalArgumentException("nodes must be 1 to 32, not " + count);
      }
      nodes = count;
      return this;
    }

    /** The port of the first node; the others follow it. 0: each takes any free port. */
    public Builder port(int first) {
      port = first;
      return this;
    }

    /** How many nodes hold a record; never more than there are. */
    public Builder replicationFactor(int factor) {
      if (factor < 1) {
        throw new IllegalArgumentException("replication factor must be at least 1, not " + factor);
      }
      replicationFactor = factor;
      return this;
    }

    /** Adds a namespace with the server's default configuration. */
    public Builder namespace(String name) {
      return namespace(name, NamespaceOptions.DEFAULT);
    }

    public Builder namespace(String name, NamespaceOptions options) {
      if (name.isEmpty() || name.length() > 31) {
        throw new IllegalArgumentException("a namespace's name has 1 to 31 bytes: '" + name + "'");
      }
      namespaces.put(name, Objects.requireNonNull(options, "options"));
      return this;
    }

    /** The name that {@code cluster-name} reports. */
    public Builder clusterName(String name) {
      clusterName = name;
      return this;
    }

    /**
     * Whether the nodes say that they take writes in batches ({@code batch-any}); servers before
     * 6.0 don't.
     */
    public Builder batchAny(boolean known) {
      batchAny = known;
      return this;
    }

    /** The clock for last-update times, void times, and expiration; a {@code Clock} is one too. */
    public Builder clock(InstantSource source) {
      clock = Objects.requireNonNull(source, "clock");
      return this;
    }

    /** Makes clients log in; without it the cluster has no users, and says so. */
    public Builder authenticator(Authenticator check) {
      authenticator = Objects.requireNonNull(check, "authenticator");
      return this;
    }

    /** The rack of each node; without it the cluster has no racks, and says so. */
    public Builder racks(int... rackOfEachNode) {
      racks = rackOfEachNode.clone();
      return this;
    }

    private int[] racks() {
      if (racks != null && racks.length != nodes) {
        throw new IllegalStateException(racks.length + " racks for " + nodes + " nodes");
      }
      return racks;
    }

    /**
     * Sends the rows of scans as late as a server: in frames of 1 MiB from four buffers, so that
     * the socket stays silent for long and frames of several partitions mix. By default rows go out
     * in frames of 128 KiB, one partition after the other.
     */
    public Builder faithfulFrames(boolean faithful) {
      faithfulFrames = faithful;
      return this;
    }

    /**
     * Starts the cluster.
     *
     * @throws java.io.UncheckedIOException if a port is taken
     */
    public EmbeddedCluster start() {
      if (namespaces.isEmpty()) {
        throw new IllegalStateException("a cluster needs a namespace");
      }
      return new EmbeddedCluster(this);
    }
  }
}
