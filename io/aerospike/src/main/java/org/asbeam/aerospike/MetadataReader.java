package org.asbeam.aerospike;

import com.aerospike.client.cluster.Node;
import com.aerospike.client.util.Version;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;

/**
 * Reads the secondary indexes of a namespace and the UDF modules of the cluster. Every node has
 * them all; one is asked.
 */
public final class MetadataReader {
  /** Contexts and expressions as base64 are there since 6.1; before, there are no contexts. */
  private static final Version BASE64_SINCE = new Version(6, 1, 0, 0);

  private final ClusterClient client;

  public MetadataReader(ClusterClient client) {
    this.client = client;
  }

  /**
   * The indexes of a namespace, by name.
   *
   * @throws ClusterException of kind NO_SUCH_NAMESPACE, TRANSIENT, or UNSUPPORTED: an index that a
   *     backup can't hold
   */
  public List<SecondaryIndex> secondaryIndexes(String namespace) throws ClusterException {
    client.partitions(namespace);
    Node node = client.nodes().get(0);
    String sets = "sets/" + namespace;
    String list = "sindex-list:" + namespaceArgument(client) + "=" + namespace;
    if (lowestVersion(client).isGreaterOrEqual(BASE64_SINCE)) {
      list += ";b64=true";
    }
    Map<String, String> answers = InfoClient.ask(client, node, list, sets);
    List<SecondaryIndex> indexes =
        new ArrayList<>(
            IndexInfo.parse(
                namespace,
                InfoClient.successful(node, list, answers.getOrDefault(list, "")),
                InfoClient.successful(node, sets, answers.getOrDefault(sets, ""))));
    indexes.sort((a, b) -> a.name().compareTo(b.name()));
    return indexes;
  }

  /**
   * The UDF modules of the cluster, by name.
   *
   * @throws ClusterException of kind TRANSIENT, or UNSUPPORTED: a module that is not Lua
   */
  public List<UdfModule> udfs() throws ClusterException {
    Node node = client.nodes().get(0);
    List<UdfModule> modules = new ArrayList<>();
    for (String name : udfHashes(client, node).keySet()) {
      UdfModule module = udf(client, node, name);
      if (module == null) {
        throw new ClusterException(
            Kind.TRANSIENT, "UDF '" + name + "' was removed while it was read; try again");
      }
      modules.add(module);
    }
    return modules;
  }

  /** The modules that a node lists, with the hashes of their content. */
  static Map<String, String> udfHashes(ClusterClient client, Node node) throws ClusterException {
    Map<String, String> hashes = new TreeMap<>();
    String list = InfoClient.successful(node, "udf-list", InfoClient.ask(client, node, "udf-list"));
    for (Map<String, String> module : InfoText.objects(list, ',')) {
      hashes.put(module.getOrDefault("filename", ""), module.getOrDefault("hash", ""));
    }
    return hashes;
  }

  /** A module as a node has it; null if it has none of the name. */
  static UdfModule udf(ClusterClient client, Node node, String name) throws ClusterException {
    String command = "udf-get:filename=" + name;
    String answer = InfoClient.ask(client, node, command);
    if (answer.startsWith("error=not_found")) {
      return null;
    }
    Map<String, String> fields = InfoText.pairs(InfoClient.successful(node, command, answer), ';');
    if (!"LUA".equalsIgnoreCase(fields.getOrDefault("type", "LUA"))) {
      throw new ClusterException(
          Kind.UNSUPPORTED,
          "UDF '" + name + "' is of type " + fields.get("type") + "; backups hold only Lua");
    }
    try {
      return new UdfModule(name, Base64.getDecoder().decode(fields.getOrDefault("content", "")));
    } catch (IllegalArgumentException e) {
      throw new ClusterException(
          Kind.PROTOCOL, "node " + node + " sent UDF '" + name + "' as no base64", e);
    }
  }

  /** How commands name the namespace; the short form is deprecated since 8.1. */
  static String namespaceArgument(ClusterClient client) throws ClusterException {
    return lowestVersion(client).isGreaterOrEqual(Version.SERVER_VERSION_8_1) ? "namespace" : "ns";
  }

  private static Version lowestVersion(ClusterClient client) throws ClusterException {
    Version lowest = null;
    for (Node node : client.nodes()) {
      if (lowest == null || node.getVersion().isLessThan(lowest)) {
        lowest = node.getVersion();
      }
    }
    return lowest;
  }
}
