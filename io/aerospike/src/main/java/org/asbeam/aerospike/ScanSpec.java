package org.asbeam.aerospike;

import java.io.Serializable;
import java.time.Duration;

/**
 * What to scan and how. Start from {@link #of} and change parts by the {@code with} methods.
 *
 * @param namespace the namespace
 * @param set only the records of this set; empty: all sets and the records in none
 * @param filter a packed filter expression as base64, the form of {@code --filter-exp}; empty: none
 * @param partitionsPerRequest the most partitions that one request asks a node for; 16 to 64 read
 *     faster than single ones or whole nodes
 * @param stallTimeout how long the scan may go on without any row or finished partition, while
 *     nodes fail, before it gives up; a node may be silent for half of it. A filter that matches
 *     next to nothing makes nodes silent: the server sends only whole buffers of 1 MiB.
 */
public record ScanSpec(
    String namespace, String set, String filter, int partitionsPerRequest, Duration stallTimeout)
    implements Serializable {
  public static final int DEFAULT_PARTITIONS_PER_REQUEST = 64;

  public static final Duration DEFAULT_STALL_TIMEOUT = Duration.ofMinutes(5);

  /**
   * @throws IllegalArgumentException if a part is out of its range
   */
  public ScanSpec {
    if (namespace.isEmpty()) {
      throw new IllegalArgumentException("a scan needs the name of a namespace");
    }
    if (partitionsPerRequest < 1 || partitionsPerRequest > 4096) {
      throw new IllegalArgumentException(
          partitionsPerRequest + " partitions per request are not within 1 to 4096");
    }
    if (stallTimeout.isNegative() || stallTimeout.isZero()) {
      throw new IllegalArgumentException("a stall timeout of " + stallTimeout + " is not positive");
    }
  }

  /** All records of a namespace. */
  public static ScanSpec of(String namespace) {
    return new ScanSpec(namespace, "", "", DEFAULT_PARTITIONS_PER_REQUEST, DEFAULT_STALL_TIMEOUT);
  }

  public ScanSpec withSet(String name) {
    return new ScanSpec(namespace, name, filter, partitionsPerRequest, stallTimeout);
  }

  public ScanSpec withFilter(String base64) {
    return new ScanSpec(namespace, set, base64, partitionsPerRequest, stallTimeout);
  }

  public ScanSpec withPartitionsPerRequest(int partitions) {
    return new ScanSpec(namespace, set, filter, partitions, stallTimeout);
  }

  public ScanSpec withStallTimeout(Duration timeout) {
    return new ScanSpec(namespace, set, filter, partitionsPerRequest, timeout);
  }
}
