package org.asbeam.embedded;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Info commands about a node and its cluster: what clients connect and tend by. */
final class ClusterInfo {
  /** The release that this node behaves like; clients choose their ways by it. */
  static final String BUILD = "8.1.0.1";

  private static final String EDITION = "Aerospike Community Edition";
  private static final String FEATURES =
      "batch-index;blob-bits;cdt-index;cdt-list;cdt-map;cluster-stable;float;geo;"
          + "sindex-exists;peers;pipelining;pquery;pscans;query-show;relaxed-sc;replicas;"
          + "replicas-all;replicas-master;replicas-max;truncate-namespace;udf";

  private final String clusterName;
  private final boolean batchAny;
  private final int node;
  private final Addresses addresses;
  private final Map<String, Namespace> namespaces;
  private final long startNanos = System.nanoTime();

  ClusterInfo(
      String clusterName,
      boolean batchAny,
      int node,
      Addresses addresses,
      Map<String, Namespace> namespaces) {
    this.batchAny = batchAny;
    this.clusterName = clusterName;
    this.node = node;
    this.addresses = addresses;
    this.namespaces = namespaces;
  }

  /** A node's name: hexadecimal, as a server makes it of a hardware address. */
  static String nodeName(int node) {
    return String.format(Locale.ROOT, "BB9E%07X%02X", 0xA5BEA0, node + 1);
  }

  /** The answer, or null if the command is none of these. */
  String value(InfoCommand command, ClusterState state) {
    return switch (command.name()) {
      case "node", "name" -> nodeName(node);
      case "build" -> BUILD;
      case "edition" -> EDITION;
      case "version" -> EDITION + " build " + BUILD;
      case "features" -> (batchAny ? "batch-any;" : "") + FEATURES;
      case "status", "user-agent-set" -> "ok";
      case "digests" -> "RIPEMD160";
      case "partitions" -> String.valueOf(Protocol.PARTITIONS);
      case "cluster-name" -> clusterName;
      case "service", "service-clear-std" -> addresses.own(node);
      case "service-clear-alt" -> addresses.alternate(node);
      case "service-tls-std" -> orEnterpriseOnly(addresses.tls(node));
      case "peers-tls-std" ->
          addresses.tls(node).isEmpty()
              ? orEnterpriseOnly("")
              : peers(state, addresses.tlsName(), addresses::tls);
      case "service-tls-alt", "peers-tls-alt" -> orEnterpriseOnly("");
      case "racks" -> racks(command, state);
      case "peers-generation" -> String.valueOf(state.peersGeneration()[node]);
      case "partition-generation" -> String.valueOf(state.partitionGeneration()[node]);
      case "rebalance-generation" -> String.valueOf(state.rebalanceGeneration());
      case "peers-clear-std" -> peers(state, "", addresses::own);
      case "peers-clear-alt" ->
          peers(
              state,
              "",
              addresses.alternate(node).isEmpty() ? addresses::own : addresses::alternate);
      case "replicas" -> replicas(command, state);
      case "rack-ids" -> rackIds(state);
      case "cluster-stable" -> stable(command, state);
      case "statistics" -> statistics(state);
      case "get-stats" -> "";
      default -> null;
    };
  }

  private static String orEnterpriseOnly(String value) {
    return value.isEmpty()
        ? InfoCommand.error(ResultCode.ENTERPRISE_ONLY, "enterprise only")
        : value;
  }

  private String peers(ClusterState state, String tlsName, IntFunction<String> address) {
    List<String> peers = new ArrayList<>();
    for (int other = 0; other < addresses.count(); other++) {
      if (other != node && state.up()[other]) {
        peers.add("[" + nodeName(other) + "," + tlsName + ",[" + address.apply(other) + "]]");
      }
    }
    return state.peersGeneration()[node]
        + ","
        + addresses.port(node)
        + ",["
        + String.join(",", peers)
        + "]";
  }

  private String replicas(InfoCommand command, ClusterState state) {
    int max = Integer.MAX_VALUE;
    try {
      max = Integer.parseInt(command.get("max", String.valueOf(max)));
    } catch (NumberFormatException e) {
      return InfoCommand.error(ResultCode.PARAMETER, "bad 'max'");
    }
    List<String> maps = new ArrayList<>();
    for (Map.Entry<String, Ownership> entry : state.ownership().entrySet()) {
      Ownership ownership = entry.getValue();
      int columns = Math.min(ownership.copies(), max);
      StringBuilder map = new StringBuilder(entry.getKey()).append(":0,").append(columns);
      for (int column = 0; column < columns; column++) {
        byte[] bits = ownership.bitmap(column, node);
        map.append(',').append(Base64.getEncoder().encodeToString(bits));
      }
      maps.add(map.toString());
    }
    return String.join(";", maps);
  }

  /** A community server refuses; but then clients that ask for racks can't be tried at all. */
  private String rackIds(ClusterState state) {
    List<String> racks = new ArrayList<>();
    for (String name : namespaces.keySet()) {
      racks.add(name + ":" + state.racks().of(node));
    }
    return String.join(";", racks);
  }

  private String racks(InfoCommand command, ClusterState state) {
    if (state.racks().ids() == null) {
      return orEnterpriseOnly("");
    }
    String nodes = state.racks().describe(state.up());
    if (command.namespace() != null) {
      return namespaces.containsKey(command.namespace())
          ? nodes
          : InfoCommand.error(ResultCode.NAMESPACE, "namespace not found on node");
    }
    return namespaces.keySet().stream()
        .map(name -> "ns=" + name + ":" + nodes)
        .collect(Collectors.joining(";"));
  }

  private String stable(InfoCommand command, ClusterState state) {
    String size = command.get("size");
    if (size != null && !size.equals(String.valueOf(state.size()))) {
      return InfoCommand.error(7, "cluster not specified size");
    }
    if (!Boolean.parseBoolean(command.get("ignore-migrations"))) {
      for (Namespace namespace : namespaces.values()) {
        boolean asked = command.namespace() == null || command.namespace().equals(namespace.name());
        if (asked && namespace.migrating() + namespace.unavailable().size() > 0) {
          return InfoCommand.error(7, "unstable cluster");
        }
      }
    }
    return state.key();
  }

  private String statistics(ClusterState state) {
    long objects = 0;
    for (Namespace namespace : namespaces.values()) {
      Ownership ownership = state.ownership().get(namespace.name());
      objects += namespace.count(pid -> ownership.holds(node, pid));
    }
    return "failed_best_practices=false;cluster_size="
        + state.size()
        + ";cluster_key="
        + state.key()
        + ";cluster_generation="
        + state.rebalanceGeneration()
        + ";cluster_principal="
        + nodeName(principal(state))
        + ";cluster_min_compatibility_id=15;cluster_max_compatibility_id=15"
        + ";cluster_integrity=true;cluster_is_member=true;cluster_duplicate_nodes=null"
        + ";cluster_clock_skew_stop_writes_sec=0;cluster_clock_skew_ms=0"
        + ";cluster_clock_skew_outliers=null;uptime="
        + (System.nanoTime() - startNanos) / 1_000_000_000L
        + ";objects="
        + objects
        + ";tombstones=0;info_queue=0;rw_in_progress=0;proxy_in_progress=0;client_connections=0"
        + ";long_queries_active=0";
  }

  private static int principal(ClusterState state) {
    for (int i = state.up().length - 1; i > 0; i--) {
      if (state.up()[i]) {
        return i;
      }
    }
    return 0;
  }
}
