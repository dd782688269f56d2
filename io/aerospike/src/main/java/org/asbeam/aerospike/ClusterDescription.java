package org.asbeam.aerospike;

import com.aerospike.client.AerospikeException;
import com.aerospike.client.ResultCode;
import com.aerospike.client.cluster.Node;
import com.aerospike.client.policy.AdminPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What a cluster is configured like, for a person who has to build it again: for reference only,
 * nothing is restored from it. It holds no secrets: of users and roles only the names.
 *
 * <p>A tree of maps, lists, texts and numbers (long), all immutable, in a steady order:
 *
 * <pre>{@code
 * {"clusterName": "prod", "clusterKey": "A5D7...", "namespace": "test",
 *  "nodes": [{"name": "BB9...", "address": "10.0.0.1:3000", "services": ["10.0.0.1:3000"],
 *             "build": "8.1.0.1", "edition": "Aerospike Enterprise Edition",
 *             "namespaceConfiguration": {"replication-factor": "2", ...}}],
 *  "sets": [{"set": "users", "default-ttl": "0", ...}],
 *  "racks": {"1": ["BB9..."]}, "roster": {"roster": "...", ...},
 *  "users": ["ann"], "roles": ["read-write"]}
 * }</pre>
 *
 * <p>Configuration is as the server spells it, all as text. Where something can't be had, because
 * the edition has none or the user may not ask, its place holds a text that says so.
 */
public final class ClusterDescription {
  private static final int ADMIN_TIMEOUT_MILLIS = 10_000;

  /** What a set counts, other than what it is configured like. */
  private static final List<String> SET_COUNTERS =
      List.of(
          "ns",
          "objects",
          "tombstones",
          "data_used_bytes",
          "memory_data_bytes",
          "device_data_bytes",
          "truncate_lut",
          "sindexes",
          "index_populating",
          "truncating");

  private ClusterDescription() {}

  /**
   * Asks every node.
   *
   * @throws ClusterException of kind NO_SUCH_NAMESPACE, or TRANSIENT if a node does not answer
   */
  public static Map<String, Object> read(ClusterClient client, String namespace)
      throws ClusterException {
    ClusterState state = ClusterState.read(client, namespace);
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("clusterName", state.clusterName());
    description.put("clusterKey", state.clusterKey());
    description.put("namespace", namespace);
    description.put("replicationFactor", (long) state.replicationFactor());
    description.put("objects", state.masterObjects());
    description.put("nodes", nodes(client, namespace, state));
    description.put("sets", sets(client, namespace));
    description.put("racks", racks(client, namespace));
    description.put("roster", roster(client, namespace));
    description.put(
        "users",
        names(
            () ->
                client.client().queryUsers(admin()).stream()
                    .map(user -> user.name)
                    .sorted()
                    .toList()));
    description.put(
        "roles",
        names(
            () ->
                client.client().queryRoles(admin()).stream()
                    .map(role -> role.name)
                    .sorted()
                    .toList()));
    return Collections.unmodifiableMap(description);
  }

  private static List<Object> nodes(ClusterClient client, String namespace, ClusterState state)
      throws ClusterException {
    Map<String, NodeAddress> addresses = new TreeMap<>();
    client.addresses().forEach(address -> addresses.put(address.name(), address));
    List<Object> nodes = new ArrayList<>();
    for (Node node : client.nodes()) {
      Map<String, Object> about = new LinkedHashMap<>();
      about.put("name", node.getName());
      NodeAddress address = addresses.get(node.getName());
      if (address != null) {
        about.put("address", address.address());
        about.put("services", address.services());
      }
      state.nodes().stream()
          .filter(known -> known.name().equals(node.getName()))
          .forEach(
              known -> {
                about.put("build", known.build());
                about.put("edition", known.edition());
              });
      about.put("namespaceConfiguration", configuration(client, node, namespace));
      nodes.add(Collections.unmodifiableMap(about));
    }
    return List.copyOf(nodes);
  }

  private static Object configuration(ClusterClient client, Node node, String namespace)
      throws ClusterException {
    String command = "get-config:context=namespace;namespace=" + namespace;
    String answer = InfoClient.ask(client, node, command);
    if (InfoClient.isError(answer) && InfoClient.errorCode(answer) != ResultCode.ROLE_VIOLATION) {
      // Servers before 8.1 know the namespace by another word.
      answer = InfoClient.ask(client, node, "get-config:context=namespace;id=" + namespace);
    }
    return InfoClient.isError(answer)
        ? unavailable(answer)
        : Collections.unmodifiableMap(new TreeMap<>(InfoText.pairs(answer, ';')));
  }

  /** The sets of all nodes: each knows only those that it has records of, or did have. */
  private static List<Object> sets(ClusterClient client, String namespace) throws ClusterException {
    Map<String, Object> sets = new TreeMap<>();
    for (Node node : client.nodes()) {
      String answer = InfoClient.ask(client, node, "sets/" + namespace);
      if (InfoClient.isError(answer)) {
        continue;
      }
      for (Map<String, String> set : InfoText.objects(answer, ':')) {
        Map<String, Object> configuration = new LinkedHashMap<>(set);
        SET_COUNTERS.forEach(configuration::remove);
        sets.putIfAbsent(set.getOrDefault("set", ""), Collections.unmodifiableMap(configuration));
      }
    }
    sets.remove("");
    return List.copyOf(sets.values());
  }

  private static Object racks(ClusterClient client, String namespace) throws ClusterException {
    try {
      Map<String, Object> racks = new LinkedHashMap<>();
      client.racks(namespace).forEach((id, nodes) -> racks.put(String.valueOf(id), nodes));
      return Collections.unmodifiableMap(racks);
    } catch (ClusterException e) {
      if (e.isTransient()) {
        throw e;
      }
      return "not available: " + e.getMessage();
    }
  }

  /** {@code ns=test:roster=A,B:pending_roster=A,B:observed_nodes=A,B}. */
  private static Object roster(ClusterClient client, String namespace) throws ClusterException {
    String answer = InfoClient.ask(client, client.nodes().get(0), "roster:namespace=" + namespace);
    if (InfoClient.isError(answer)) {
      return unavailable(answer);
    }
    Map<String, String> roster = new LinkedHashMap<>();
    InfoText.objects(answer, ':').forEach(roster::putAll);
    return Collections.unmodifiableMap(roster);
  }

  private static String unavailable(String answer) {
    return switch (InfoClient.errorCode(answer)) {
      case ResultCode.ENTERPRISE_ONLY -> "not available: needs the enterprise edition";
      case ResultCode.ROLE_VIOLATION -> "not available: the user has no right to ask";
      default -> "not available: " + answer.strip();
    };
  }

  private static Object names(Supplier<List<String>> query) {
    try {
      return query.get();
    } catch (AerospikeException e) {
      return switch (e.getResultCode()) {
        case ResultCode.SECURITY_NOT_SUPPORTED, ResultCode.SECURITY_NOT_ENABLED ->
            "not available: security is off";
        case ResultCode.ROLE_VIOLATION, ResultCode.NOT_AUTHENTICATED ->
            "not available: the user has no right to ask";
        default -> "not available: " + ClusterErrors.describe(e);
      };
    }
  }

  private static AdminPolicy admin() {
    AdminPolicy policy = new AdminPolicy();
    policy.timeout = ADMIN_TIMEOUT_MILLIS;
    return policy;
  }
}
