package org.asbeam.transforms.work;

import java.io.IOException;
import java.util.Base64;
import org.asbeam.aerospike.ClusterClient;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.Partitions;

/** Turns what a person said about a backup's scope into partitions, when the run is planned. */
final class ScopeResolver {
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
    PartitionSet partitions = scope.partitions();
    if (!scope.afterDigest().isEmpty()) {
      int first = Partitions.of(Base64.getDecoder().decode(scope.afterDigest()));
      partitions = partitions.and(PartitionSet.range(first, Partitions.COUNT - first));
    }
    if (!scope.nodes().isEmpty()) {
      partitions = partitions.and(client.partitionsOfNodes(spec.namespace(), scope.nodes()));
    }
    if (!scope.racks().isEmpty()) {
      partitions = partitions.and(client.partitionsOfRacks(spec.namespace(), scope.racks()));
    }
    if (partitions.isEmpty() && scope.records()) {
      throw new WorkException(
          ErrorCode.USAGE,
          "no partition of namespace " + spec.namespace() + " is in the scope of the backup",
          "check the lists of partitions, nodes and racks");
    }
    int nodes = spec.reading().parallelNodes() ? client.addresses().size() : 1;
    return spec.withScope(scope.withPartitions(partitions))
        .withSlots(Math.max(nodes, spec.slots()));
  }
}
