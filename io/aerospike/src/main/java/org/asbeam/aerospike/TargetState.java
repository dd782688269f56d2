package org.asbeam.aerospike;

import com.aerospike.client.cluster.Node;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a restore finds where it is going to write: a value to look at and to print. {@link
 * TargetCheck} says what of it matters.
 *
 * @param clusterName as configured; empty: none
 * @param namespace the namespace it is about
 * @param objects the records in the namespace; drifts while partitions migrate
 * @param sets the sets there are, by name; also those without records
 * @param xdrDestinations the names of the data centers that the namespace is shipped to
 * @param stopWrites the nodes that refuse writes because the namespace is out of space or memory
 * @param clockSkewStopWrites the nodes that refuse writes because clocks differ too much
 * @param strongConsistency whether the namespace is in strong consistency mode
 * @param nsupPeriod seconds between the runs that remove expired records; 0: none
 * @param allowTtlWithoutNsup whether records may expire though {@code nsupPeriod} is 0
 * @param defaultTtl seconds; 0: records without a time to live of their own never expire
 * @param maxRecordSize bytes; 0: the server doesn't say
 * @param rejectNonXdrWrites whether only XDR may write
 * @param disallowNullSetName whether each record needs a set
 */
public record TargetState(
    String clusterName,
    String namespace,
    long objects,
    List<TargetSet> sets,
    List<String> xdrDestinations,
    List<String> stopWrites,
    List<String> clockSkewStopWrites,
    boolean strongConsistency,
    long nsupPeriod,
    boolean allowTtlWithoutNsup,
    long defaultTtl,
    long maxRecordSize,
    boolean rejectNonXdrWrites,
    boolean disallowNullSetName)
    implements Serializable {
  /** What a server without a name answers. */
  private static final String NO_NAME = "null";

  /**
   * A set of the namespace.
   *
   * @param name the set's name
   * @param objects its records
   * @param stopWritesCount the records at which a node takes no new ones; 0: no quota
   * @param stopWritesSize the bytes beyond which a node takes no writes; 0: no quota
   * @param fullNodes the nodes on which one of the quotas is reached
   */
  public record TargetSet(
      String name, long objects, long stopWritesCount, long stopWritesSize, List<String> fullNodes)
      implements Serializable {
    public TargetSet {
      fullNodes = List.copyOf(fullNodes);
    }
  }

  public TargetState {
    sets = List.copyOf(sets);
    xdrDestinations = List.copyOf(xdrDestinations);
    stopWrites = List.copyOf(stopWrites);
    clockSkewStopWrites = List.copyOf(clockSkewStopWrites);
  }

  /**
   * Asks every node that the client knows.
   *
   * @throws ClusterException of kind NO_SUCH_NAMESPACE naming those there are, TRANSIENT, or
   *     ACCESS_DENIED
   */
  public static TargetState read(ClusterClient client, String namespace) throws ClusterException {
    // Fails with the names that there are.
    client.partitions(namespace);
    String about = "namespace/" + namespace;
    String listSets = "sets/" + namespace;
    String config =
        "get-config:context=namespace;"
            + (MetadataReader.namespaceArgument(client).equals("namespace") ? "namespace=" : "id=")
            + namespace;
    Map<String, String> facts = Map.of();
    String clusterName = "";
    long objects = 0;
    Sets sets = new Sets();
    List<String> full = new ArrayList<>();
    List<String> skewed = new ArrayList<>();
    for (Node node : client.nodes()) {
      Map<String, String> answers =
          InfoClient.ask(client, node, "cluster-name", about, listSets, config);
      facts = InfoText.pairs(answer(node, answers, about), ';');
      // Some facts are only among the statistics, others only in the configuration.
      InfoText.pairs(answer(node, answers, config), ';').forEach(facts::putIfAbsent);
      clusterName = answers.getOrDefault("cluster-name", "");
      objects += InfoText.number(facts, "master_objects", 0);
      if (InfoText.flag(facts, "stop_writes")) {
        full.add(node.getName());
      }
      if (InfoText.flag(facts, "clock_skew_stop_writes")) {
        skewed.add(node.getName());
      }
      long copies = Math.max(1, InfoText.number(facts, "effective_replication_factor", 1));
      for (Map<String, String> set : InfoText.objects(answer(node, answers, listSets), ':')) {
        sets.add(node.getName(), set, copies);
      }
    }
    boolean named = !InfoClient.isError(clusterName) && !NO_NAME.equals(clusterName);
    return new TargetState(
        named ? clusterName : "",
        namespace,
        objects,
        sets.list(),
        destinations(client, client.nodes().get(0), namespace),
        full,
        skewed,
        InfoText.flag(facts, "strong-consistency"),
        InfoText.number(facts, "nsup-period", 0),
        InfoText.flag(facts, "allow-ttl-without-nsup"),
        InfoText.number(facts, "default-ttl", 0),
        InfoText.number(facts, "max-record-size", 0),
        InfoText.flag(facts, "reject-non-xdr-writes"),
        InfoText.flag(facts, "disallow-null-setname"));
  }

  private static String answer(Node node, Map<String, String> answers, String command)
      throws ClusterException {
    return InfoClient.successful(node, command, answers.getOrDefault(command, ""));
  }

  /** The community edition answers nothing: it ships nothing. */
  private static List<String> destinations(ClusterClient client, Node node, String namespace)
      throws ClusterException {
    TreeSet<String> shipping = new TreeSet<>();
    String list = InfoClient.ask(client, node, "get-config:context=xdr");
    String names = InfoText.pairs(InfoClient.isError(list) ? "" : list, ';').get("dcs");
    for (String name : InfoText.split(names == null ? "" : names, ',')) {
      String answer = InfoClient.ask(client, node, "get-config:context=xdr;dc=" + name);
      Map<String, String> facts = InfoText.pairs(InfoClient.isError(answer) ? "" : answer, ';');
      if (InfoText.split(facts.getOrDefault("namespaces", ""), ',').contains(namespace)) {
        shipping.add(name);
      }
    }
    return List.copyOf(shipping);
  }

  /** Whether a node refuses records that expire. */
  public boolean refusesTtl() {
    return nsupPeriod == 0 && !allowTtlWithoutNsup;
  }

  /** Sums up what the nodes say of sets. */
  private static final class Sets {
    private final Map<String, Sum> sums = new TreeMap<>();

    void add(String node, Map<String, String> facts, long copies) {
      Sum sum = sums.computeIfAbsent(facts.getOrDefault("set", ""), name -> new Sum());
      long here = InfoText.number(facts, "objects", 0);
      long bytes = InfoText.number(facts, "data_used_bytes", 0);
      sum.objects += here;
      sum.copies = copies;
      sum.stopWritesCount = InfoText.number(facts, "stop-writes-count", 0);
      sum.stopWritesSize = InfoText.number(facts, "stop-writes-size", 0);
      // The server's own comparison: with all copies that a node has, the size one beyond.
      if (sum.stopWritesCount > 0 && here >= sum.stopWritesCount
          || sum.stopWritesSize > 0 && bytes > sum.stopWritesSize) {
        sum.fullNodes.add(node);
      }
    }

    List<TargetSet> list() {
      List<TargetSet> sets = new ArrayList<>();
      sums.forEach(
          (name, sum) ->
              sets.add(
                  new TargetSet(
                      name,
                      sum.objects / sum.copies,
                      sum.stopWritesCount,
                      sum.stopWritesSize,
                      sum.fullNodes)));
      return sets;
    }
  }

  private static final class Sum {
    private long objects;
    private long copies = 1;
    private long stopWritesCount;
    private long stopWritesSize;
    private final List<String> fullNodes = new ArrayList<>();
  }
}
