package org.asbeam.aerospike;

import com.aerospike.client.cluster.Node;
import java.util.List;
import java.util.Map;
import org.asbeam.aerospike.ClusterException.Kind;

/**
 * How many records a namespace or some of its sets have, by what the nodes say: without reading
 * one, so without any other filter. Expired records count until the server removes them; monitors
 * of transactions don't.
 *
 * @param records each record once, however many copies there are
 * @param steady whether no partition migrates; while some do, copies are counted too often
 */
public record RecordCount(long records, boolean steady) {
  /**
   * Asks every node.
   *
   * @param sets empty: the whole namespace, with the records in no set
   * @throws ClusterException of kind NO_SUCH_NAMESPACE or TRANSIENT
   */
  public static RecordCount read(ClusterClient client, String namespace, List<String> sets)
      throws ClusterException {
    String about = "namespace/" + namespace;
    String setsOf = "sets/" + namespace;
    long masters = 0;
    long copiesInSets = 0;
    long monitorCopies = 0;
    long copiesOfEach = 1;
    boolean steady = true;
    client.partitions(namespace);
    for (Node node : client.nodes()) {
      Map<String, String> answers = InfoClient.ask(client, node, about, setsOf);
      Map<String, String> facts =
          InfoText.pairs(successful(node, about, answers.getOrDefault(about, "")), ';');
      if (!facts.containsKey("objects")) {
        throw new ClusterException(
            Kind.TRANSIENT, "node " + node + " says nothing of namespace '" + namespace + "' yet");
      }
      masters += InfoText.number(facts, "master_objects", 0);
      // 0 on a cluster that has just formed.
      copiesOfEach =
          Math.max(copiesOfEach, InfoText.number(facts, "effective_replication_factor", 1));
      steady &=
          InfoText.number(facts, "migrate_tx_partitions_remaining", 0) == 0
              && InfoText.number(facts, "migrate_rx_partitions_remaining", 0) == 0;
      String list = successful(node, setsOf, answers.getOrDefault(setsOf, ""));
      for (Map<String, String> set : InfoText.objects(list, ':')) {
        String name = set.getOrDefault("set", "");
        long objects = InfoText.number(set, "objects", 0);
        copiesInSets += sets.contains(name) ? objects : 0;
        monitorCopies += name.equals(ScanFilter.MONITOR_SET) ? objects : 0;
      }
    }
    long records =
        sets.isEmpty()
            ? masters - perRecord(monitorCopies, copiesOfEach)
            : perRecord(copiesInSets, copiesOfEach);
    return new RecordCount(Math.max(0, records), steady);
  }

  /** This count's share of some of the partitions: records spread evenly over all. */
  public long in(org.asbeam.format.PartitionSet partitions) {
    return Math.round((double) records * partitions.size() / org.asbeam.format.Partitions.COUNT);
  }

  private static String successful(Node node, String command, String answer)
      throws ClusterException {
    return InfoClient.successful(node, command, answer);
  }

  private static long perRecord(long copies, long copiesOfEach) {
    return (copies + copiesOfEach / 2) / copiesOfEach;
  }
}
