package org.asbeam.aerospike;

import java.io.Serializable;
import java.time.Duration;

/**
 * How secondary indexes and UDFs are restored.
 *
 * @param namespace the namespace that gets the indexes, whatever namespace they come from; empty:
 *     each its own
 * @param replace whether something else of the same name or the same definition is dropped; false:
 *     it is an error
 * @param await whether to wait until indexes are built and modules are on all nodes
 * @param stallTimeout how long the waiting may go on without any progress
 */
public record MetadataSpec(String namespace, boolean replace, boolean await, Duration stallTimeout)
    implements Serializable {
  /** Nothing is replaced, everything is waited for. */
  public static MetadataSpec of(String namespace) {
    return new MetadataSpec(namespace, false, true, Duration.ofMinutes(5));
  }

  public MetadataSpec withReplace(boolean replaces) {
    return new MetadataSpec(namespace, replaces, await, stallTimeout);
  }

  public MetadataSpec withAwait(boolean waits) {
    return new MetadataSpec(namespace, replace, waits, stallTimeout);
  }

  public MetadataSpec withStallTimeout(Duration timeout) {
    return new MetadataSpec(namespace, replace, await, timeout);
  }
}
