package org.asbeam.aerospike;

import java.io.Serializable;
import java.util.Map;
import org.asbeam.format.Partitions;

/**
 * What one node says of itself and of a namespace.
 *
 * @param name the node's id
 * @param address {@code host:port} as the client reaches it
 * @param build the server's version
 * @param edition for example {@code Aerospike Community Edition}
 * @param clusterKey the key of the cluster as this node sees it; changes when nodes come or go
 * @param clusterSize the number of nodes that it sees
 * @param replicationFactor the copies that there are now: not more than there are nodes
 * @param migrationsRemaining partitions still to be sent or received
 * @param unavailablePartitions partitions that can't be reached (strong consistency)
 * @param deadPartitions partitions whose data may be lost (strong consistency)
 * @param objects copies of records on this node
 * @param masterObjects records that this node is the master of
 * @param currentTime the server's clock, seconds since the Unix epoch
 * @param clockSkewMillis the server's clock minus the local one, known to a second or so
 * @param clusterSkewMillis the largest difference of clocks that the cluster itself sees
 * @param stopWrites whether the namespace refuses writes here
 */
public record NodeState(
    String name,
    String address,
    String build,
    String edition,
    String clusterKey,
    int clusterSize,
    int replicationFactor,
    long migrationsRemaining,
    long unavailablePartitions,
    long deadPartitions,
    long objects,
    long masterObjects,
    long currentTime,
    long clockSkewMillis,
    long clusterSkewMillis,
    boolean stopWrites)
    implements Serializable {
  /** 2010-01-01T00:00:00Z, from which the server counts its seconds. */
  static final long EPOCH_SECONDS = 1_262_304_000L;

  /** Where the server says so, migrations are counted in partitions: never more than there are. */
  private static final long UNKNOWN_MIGRATIONS = Partitions.COUNT;

  static NodeState of(
      String name,
      String address,
      Map<String, String> answers,
      Map<String, String> statistics,
      Map<String, String> namespace,
      long localMillis) {
    long time = InfoText.number(namespace, "current_time", -1);
    long unixTime = time < 0 ? localMillis / 1000 : time + EPOCH_SECONDS;
    return new NodeState(
        name,
        address,
        answers.getOrDefault("build", ""),
        answers.getOrDefault("edition", ""),
        statistics.getOrDefault("cluster_key", ""),
        (int) InfoText.number(statistics, "cluster_size", 0),
        (int) InfoText.number(namespace, "effective_replication_factor", 0),
        InfoText.number(namespace, "migrate_tx_partitions_remaining", UNKNOWN_MIGRATIONS)
            + InfoText.number(namespace, "migrate_rx_partitions_remaining", UNKNOWN_MIGRATIONS),
        InfoText.number(namespace, "unavailable_partitions", 0),
        InfoText.number(namespace, "dead_partitions", 0),
        InfoText.number(namespace, "objects", 0),
        InfoText.number(namespace, "master_objects", 0),
        unixTime,
        // The server's seconds are cut off: half a second is the best guess of what is missing.
        time < 0 ? 0 : unixTime * 1000 + 500 - localMillis,
        InfoText.number(statistics, "cluster_clock_skew_ms", 0),
        InfoText.flag(namespace, "stop_writes")
            || InfoText.flag(namespace, "clock_skew_stop_writes"));
  }
}
