package org.asbeam.transforms.work;

import java.io.IOException;
import java.util.Base64;
import org.asbeam.aerospike.ClusterClient;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.Partitions;

/** Turns what a person said about a backup's scope into partitions, when the run is planned. */
public final class ScopeResolver {
  private ScopeResolver() {}

  /**
   * The specification with everything resolved that only the launcher can: the partitions behind a
   * digest, those of nodes and racks by their masters of this moment, and a slot for each node.
   *
   * @throws WorkException if no partition is left
   */
  static BackupSpec resolve(BackupSpec spec, ClusterClient client)
      throws IOException, WorkException {
    BackupScope scope = spec.scope();
    PartitionSet partitions = afterDigest(scope);
    if (!scope.nodes().isEmpty()) {
      partitions = partitions.and(client.partitionsOfNodes(spec.namespace(), scope.nodes()));
    }
    if (!scope.racks().isEmpty()) {
      partitions = partitions.and(client.partitionsOfRacks(spec.namespace(), scope.racks()));
    }
    checkNotEmpty(spec, partitions);
    int nodes = spec.reading().parallelNodes() ? client.addresses().size() : 1;
    return spec.withScope(scope.withPartitions(partitions))
        .withSlots(Math.max(nodes, spec.slots()));
  }

  /** Whether only the cluster can tell which partitions are meant. */
  public static boolean needsCluster(BackupSpec spec) {
    return !spec.scope().nodes().isEmpty() || !spec.scope().racks().isEmpty();
  }

  /**
   * The specification with what can be resolved without the cluster.
   *
   * @throws WorkException if no partition is left
   */
  public static BackupSpec withoutCluster(BackupSpec spec) throws WorkException {
    PartitionSet partitions = afterDigest(spec.scope());
    checkNotEmpty(spec, partitions);
    return spec.withScope(spec.scope().withPartitions(partitions));
  }

  private static PartitionSet afterDigest(BackupScope scope) {
    if (scope.afterDigest().isEmpty()) {
      return scope.partitions();
    }
    int first = Partitions.of(Base64.getDecoder().decode(scope.afterDigest()));
    return scope.partitions().and(PartitionSet.range(first, Partitions.COUNT - first));
  }

  private static void checkNotEmpty(BackupSpec spec, PartitionSet partitions) throws WorkException {
    if (partitions.isEmpty() && spec.scope().records()) {
      throw new WorkException(
          ErrorCode.USAGE,
          "no partition of namespace " + spec.namespace() + " is in the scope of the backup",
          "check the lists of partitions, nodes and racks");
    }
  }
}
