package org.asbeam.embedded;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** Info commands about namespaces and sets. */
final class NamespaceInfo {
  private static final String SET_DEFAULTS =
      ":sindexes=0:index_populating=false:truncating=false:default-read-touch-ttl-pct=0"
          + ":default-ttl=0:disable-eviction=false:enable-index=false";

  private static final long NANOS_PER_MILLISECOND = 1_000_000;

  private final int node;
  private final int replicationFactor;
  private final Map<String, Namespace> namespaces;

  NamespaceInfo(int node, int replicationFactor, Map<String, Namespace> namespaces) {
    this.node = node;
    this.replicationFactor = replicationFactor;
    this.namespaces = namespaces;
  }

  /** The answer, or null if the command is none of these. */
  String value(InfoCommand command, ClusterState state) {
    return switch (command.name()) {
      case "namespaces" -> String.join(";", namespaces.keySet());
      case "namespace" -> namespace(command, state);
      case "sets" -> sets(command, state);
      case "get-config" -> config(command);
      case "set-config" -> setConfig(command);
      case "truncate", "truncate-namespace" -> truncate(command);
      case "truncate-undo", "truncate-namespace-undo" -> "ok";
      default -> null;
    };
  }

  private String namespace(InfoCommand command, ClusterState state) {
    Namespace namespace = command.path().length == 0 ? null : namespaces.get(command.path()[0]);
    if (namespace == null) {
      return "type=unknown";
    }
    Ownership ownership = state.ownership().get(namespace.name());
    long masters = namespace.count(pid -> ownership.master(pid) == node);
    long objects = namespace.count(pid -> ownership.holds(node, pid));
    int remaining = namespace.migrating();
    return "ns_cluster_size="
        + state.size()
        + ";effective_replication_factor="
        + ownership.copies()
        + ";objects="
        + objects
        + ";tombstones=0;xdr_tombstones=0;xdr_bin_cemeteries=0;mrt_provisionals=0;master_objects="
        + masters
        + ";master_tombstones=0;prole_objects="
        + (objects - masters)
        + ";prole_tombstones=0;non_replica_objects=0;non_replica_tombstones=0"
        + ";unreplicated_records=0;dead_partitions=0;unavailable_partitions="
        + namespace.unavailable().size()
        + ";auto_revived_partitions=0;clock_skew_stop_writes="
        + namespace.rules().clockSkewStopWrites()
        + ";stop_writes="
        + namespace.stopWrites()
        + ";hwm_breached=false;current_time="
        + namespace.epoch().seconds()
        + ";non_expirable_objects=0;expired_objects=0;evicted_objects=0;truncate_lut="
        + namespace.truncateTime("")
        + ";truncating=false;index_used_bytes="
        + objects * 64
        + ";data_total_bytes=0;data_used_bytes=0;data_used_pct=0;data_avail_pct=100"
        + ";data_compression_ratio=1.000;migrate_tx_partitions_imbalance=0"
        + ";migrate_tx_partitions_active=0;migrate_tx_partitions_initial="
        + remaining
        + ";migrate_tx_partitions_remaining="
        + remaining
        + ";migrate_rx_partitions_active=0;migrate_rx_partitions_initial="
        + remaining
        + ";migrate_rx_partitions_remaining="
        + remaining
        + ";"
        + config(namespace);
  }

  private String config(Namespace namespace) {
    NamespaceOptions options = namespace.options();
    return "active-rack=0;allow-ttl-without-nsup="
        + options.allowTtlWithoutNsup()
        + ";default-ttl="
        + options.defaultTtl()
        + ";disable-write-dup-res=false;disallow-null-setname="
        + namespace.rules().disallowNullSetName()
        + ";max-record-size="
        + options.maxRecordSize()
        + ";nsup-period="
        + options.nsupPeriod()
        + ";prefer-uniform-balance=false;rack-id=0;reject-non-xdr-writes="
        + namespace.rules().rejectNonXdrWrites()
        + ";reject-xdr-writes=false;replication-factor="
        + replicationFactor
        + ";single-query-threads=4;stop-writes-sys-memory-pct=90;strong-consistency=false"
        + ";strong-consistency-allow-expunge=false;storage-engine=memory";
  }

  private String config(InfoCommand command) {
    String context = command.get("context", "");
    return switch (context) {
      case "namespace" -> {
        Namespace namespace = namespaces.get(String.valueOf(command.namespace()));
        yield namespace == null
            ? InfoCommand.error(ResultCode.NAMESPACE, "namespace not found on node")
            : config(namespace);
      }
      case "service" ->
          "batch-index-threads=2;batch-max-requests=0;info-threads=16;proto-fd-idle-ms=0"
              + ";proto-fd-max=15000;query-max-done=100;query-threads-limit=128;service-threads=2"
              + ";transaction-max-ms=1000";
      case "network" -> "service.port=0;heartbeat.mode=mesh";
      case "xdr" -> xdr(command.get("dc"));
      case "security", "logging" -> "";
      default -> InfoCommand.error(ResultCode.PARAMETER, "unknown context");
    };
  }

  /** The data centers, or what one of them gets. */
  private String xdr(String dataCenter) {
    TreeSet<String> names = new TreeSet<>();
    for (Namespace namespace : namespaces.values()) {
      for (String destination : namespace.rules().xdrDestinations()) {
        if (dataCenter == null) {
          names.add(destination);
        } else if (dataCenter.equals(destination)) {
          names.add(namespace.name());
        }
      }
    }
    if (names.isEmpty()) {
      return dataCenter == null ? "" : InfoCommand.error(ResultCode.PARAMETER, "no such dc");
    }
    return (dataCenter == null ? "dcs=" : "connector=false;namespaces=") + String.join(",", names);
  }

  private String setConfig(InfoCommand command) {
    if ("xdr".equals(command.get("context"))) {
      return InfoCommand.error(ResultCode.ENTERPRISE_ONLY, "enterprise only");
    }
    Namespace namespace = namespaces.get(String.valueOf(command.namespace()));
    if (!"namespace".equals(command.get("context")) || namespace == null) {
      return InfoCommand.error(ResultCode.PARAMETER, "invalid set-config parameter");
    }
    if (command.get("set") != null) {
      return setQuota(command, namespace);
    }
    try {
      NamespaceOptions options = namespace.options();
      NamespaceOptions changed = options;
      for (Map.Entry<String, String> parameter : command.parameters().entrySet()) {
        String value = parameter.getValue();
        changed =
            switch (parameter.getKey()) {
              case "default-ttl" -> changed.withDefaultTtl(Integer.parseInt(value));
              case "nsup-period" -> changed.withNsupPeriod(Integer.parseInt(value));
              case "max-record-size" -> changed.withMaxRecordSize(Integer.parseInt(value));
              case "allow-ttl-without-nsup" ->
                  changed.withAllowTtlWithoutNsup(Boolean.parseBoolean(value));
              default -> changed;
            };
      }
      if (changed.equals(options) && !mentionsKnown(command)) {
        return InfoCommand.error(ResultCode.PARAMETER, "invalid set-config parameter");
      }
      namespace.options(changed);
      return "ok";
    } catch (NumberFormatException e) {
      return InfoCommand.error(ResultCode.PARAMETER, "invalid set-config parameter");
    }
  }

  private static String setQuota(InfoCommand command, Namespace namespace) {
    String set = command.get("set");
    WriteRules.SetQuota quota = namespace.rules().quota(set);
    String count = command.get("stop-writes-count");
    String size = command.get("stop-writes-size");
    if (count == null && size == null) {
      return InfoCommand.error(ResultCode.PARAMETER, "invalid set-config parameter");
    }
    try {
      namespace
          .rules()
          .quota(
              set,
              new WriteRules.SetQuota(
                  count == null ? quota.count() : Long.parseLong(count),
                  size == null ? quota.size() : Long.parseLong(size)));
      return "ok";
    } catch (NumberFormatException e) {
      return InfoCommand.error(ResultCode.PARAMETER, "invalid set-config parameter");
    }
  }

  private static boolean mentionsKnown(InfoCommand command) {
    return command.get("default-ttl") != null
        || command.get("nsup-period") != null
        || command.get("max-record-size") != null
        || command.get("allow-ttl-without-nsup") != null;
  }

  private String sets(InfoCommand command, ClusterState state) {
    String[] path = command.path();
    if (path.length > 0 && !namespaces.containsKey(path[0])) {
      return "ns_type=unknown";
    }
    StringBuilder answer = new StringBuilder();
    for (Namespace namespace : namespaces.values()) {
      if (path.length == 0 || namespace.name().equals(path[0])) {
        Ownership ownership = state.ownership().get(namespace.name());
        Map<String, long[]> sizes = sizes(namespace, pid -> ownership.holds(node, pid));
        if (path.length > 1) {
          answer.append(setStatistics(namespace, path[1], sizes));
        } else {
          for (String set : namespace.sets()) {
            answer.append("ns=").append(namespace.name()).append(":set=").append(set).append(':');
            answer.append(setStatistics(namespace, set, sizes));
          }
        }
      }
    }
    return answer.toString();
  }

  /** Objects and bytes per set, of the copies that this node has. */
  private static Map<String, long[]> sizes(Namespace namespace, IntPredicate held) {
    Map<String, long[]> sizes = new HashMap<>();
    namespace.forEach(
        held,
        row -> {
          byte[] set = Row.set(row);
          String name = Bytes.utf8(set, 0, set.length);
          long[] size = sizes.computeIfAbsent(name, unused -> new long[2]);
          size[0]++;
          size[1] += row.length;
        });
    return sizes;
  }

  private static String setStatistics(Namespace namespace, String set, Map<String, long[]> sizes) {
    if (!namespace.sets().contains(set)) {
      return "";
    }
    long[] size = sizes.getOrDefault(set, new long[2]);
    WriteRules.SetQuota quota = namespace.rules().quota(set);
    return "objects="
        + size[0]
        + ":tombstones=0:data_used_bytes="
        + size[1]
        + ":truncate_lut="
        + namespace.truncateTime(set)
        + SET_DEFAULTS
        + ":stop-writes-count="
        + quota.count()
        + ":stop-writes-size="
        + quota.size()
        + ";";
  }

  private String truncate(InfoCommand command) {
    boolean whole = command.name().equals("truncate-namespace");
    String set = command.get("set", "");
    if (!whole && set.isEmpty()) {
      return InfoCommand.error(ResultCode.PARAMETER, "missing 'set'");
    }
    Namespace namespace = namespaces.get(String.valueOf(command.namespace()));
    if (namespace == null) {
      return "ok";
    }
    long now = namespace.epoch().milliseconds();
    long before = now;
    String lut = command.get("lut");
    if (lut != null) {
      try {
        // Unix nanoseconds, rounded up so that what was written before them goes.
        long nanos = Long.parseLong(lut);
        before =
            Math.floorDiv(nanos + NANOS_PER_MILLISECOND - 1, NANOS_PER_MILLISECOND)
                - Epoch.UNIX_SECONDS * 1000;
      } catch (NumberFormatException e) {
        return InfoCommand.error(ResultCode.PARAMETER, "bad 'lut'");
      }
      if (before > now) {
        return InfoCommand.error(ResultCode.PARAMETER, "would truncate in the future");
      }
    }
    namespace.truncate(whole ? "" : set, before);
    return "ok";
  }
}
