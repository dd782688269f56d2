package org.asbeam.aerospike;

import com.aerospike.client.ResultCode;
import com.aerospike.client.cluster.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.format.PartitionSet;

/** Which nodes there are, in which racks, and which partitions they are the masters of. */
final class Topology {
  /** Where a node says that it can be reached, in the order in which it is shown. */
  private static final List<String> SERVICES =
      List.of("service-tls-std", "service-clear-std", "service-tls-alt", "service-clear-alt");

  private static final String RACK = "rack_";

  private Topology() {}

  static List<NodeAddress> nodes(ClusterClient client) throws ClusterException {
    List<NodeAddress> nodes = new ArrayList<>();
    for (Node node : client.nodes()) {
      Map<String, String> answers = InfoClient.ask(client, node, SERVICES.toArray(String[]::new));
      Set<String> services = new LinkedHashSet<>();
      for (String service : SERVICES) {
        String answer = answers.getOrDefault(service, "");
        // The community edition has no addresses for TLS, and says so by an error.
        if (!InfoClient.isError(answer)) {
          services.addAll(InfoText.split(answer, ','));
        }
      }
      nodes.add(
          new NodeAddress(
              node.getName(),
              address(node.getHost().name, node.getHost().port),
              List.copyOf(services)));
    }
    return nodes;
  }

  private static String address(String host, int port) {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  static Map<Integer, List<String>> racks(ClusterClient client, String namespace)
      throws ClusterException {
    // A namespace that isn't there gets its own error, whatever the server makes of it.
    client.partitions(namespace);
    Node node = client.nodes().get(0);
    String command = "racks:namespace=" + namespace;
    String answer = InfoClient.ask(client, node, command);
    if (InfoClient.isError(answer) && InfoClient.errorCode(answer) == ResultCode.ENTERPRISE_ONLY) {
      throw new ClusterException(
          Kind.UNSUPPORTED,
          "the cluster has no racks: they need the enterprise edition; name nodes instead");
    }
    Map<Integer, List<String>> racks = new TreeMap<>();
    for (String item : InfoText.split(InfoClient.successful(node, command, answer), ';')) {
      Map<String, String> fields = InfoText.pairs(item, ':');
      if (namespace.equals(fields.getOrDefault("ns", namespace))) {
        fields.forEach((key, nodes) -> addRack(racks, key, nodes));
      }
    }
    return racks;
  }

  /** {@code rack_2=BB901,BB902}; a roster writes {@code BB901@2}. */
  private static void addRack(Map<Integer, List<String>> racks, String key, String nodes) {
    if (!key.startsWith(RACK)) {
      return;
    }
    try {
      int id = Integer.parseInt(key.substring(RACK.length()));
      List<String> names = new ArrayList<>();
      for (String node : InfoText.split(nodes, ',')) {
        int at = node.indexOf('@');
        names.add(at < 0 ? node : node.substring(0, at));
      }
      racks.put(id, List.copyOf(names));
    } catch (NumberFormatException e) {
      // Another field that happens to begin like this.
    }
  }

  static PartitionSet partitionsOfNodes(
      ClusterClient client, String namespace, List<String> nodesOrAddresses)
      throws ClusterException {
    client.partitions(namespace);
    List<NodeAddress> present = nodes(client);
    Set<String> chosen = namesOfNodes();
    List<String> unknown = new ArrayList<>();
    for (String text : nodesOrAddresses) {
      List<String> meant =
          present.stream()
              .filter(node -> node.isMeantBy(text.strip()))
              .map(NodeAddress::name)
              .toList();
      if (meant.isEmpty()) {
        unknown.add("'" + text.strip() + "'");
      }
      chosen.addAll(meant);
    }
    if (!unknown.isEmpty()) {
      throw new ClusterException(
          Kind.CONFIGURATION,
          "no node of the cluster is "
              + String.join(" or ", unknown)
              + "; there are: "
              + present.stream().map(NodeAddress::toString).collect(Collectors.joining(", ")));
    }
    return mastered(client, namespace, chosen);
  }

  static PartitionSet partitionsOfRacks(ClusterClient client, String namespace, List<Integer> ids)
      throws ClusterException {
    Map<Integer, List<String>> racks = racks(client, namespace);
    List<Integer> unknown = ids.stream().filter(id -> !racks.containsKey(id)).toList();
    if (!unknown.isEmpty()) {
      throw new ClusterException(
          Kind.CONFIGURATION,
          "namespace '"
              + namespace
              + "' has no rack "
              + unknown.stream().map(String::valueOf).collect(Collectors.joining(", "))
              + "; its racks are: "
              + racks.keySet().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
    Set<String> chosen = namesOfNodes();
    ids.forEach(id -> chosen.addAll(racks.get(id)));
    return mastered(client, namespace, chosen);
  }

  /** Hexadecimal numbers are the same in any case. */
  private static Set<String> namesOfNodes() {
    return new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  }

  private static PartitionSet mastered(ClusterClient client, String namespace, Set<String> nodes)
      throws ClusterException {
    List<String> masters = ClusterState.masters(client, namespace);
    int[] ids = new int[masters.size()];
    int count = 0;
    for (int id = 0; id < ids.length; id++) {
      String master = masters.get(id);
      if (master.isEmpty()) {
        // It may well be on one of these nodes: leaving it out would lose it without a word.
        throw new ClusterException(
            Kind.UNSTABLE,
            "partition "
                + id
                + " of namespace '"
                + namespace
                + "' has no master now, so that nobody can say which partitions are on the nodes");
      }
      if (nodes.contains(master)) {
        ids[count++] = id;
      }
    }
    return PartitionSet.of(Arrays.stream(ids, 0, count));
  }
}
