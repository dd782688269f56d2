package org.asbeam.aerospike;

import java.io.Serializable;
import java.time.Duration;
import java.util.Set;

/**
 * How secondary indexes and UDFs are restored.
 *
 * @param sourceNamespace the namespace that indexes must be of if {@code namespace} is given;
 *     empty: any
 * @param namespace the namespace that gets the indexes, whatever namespace they come from; empty:
 *     each its own
 * @param sets only indexes on these sets are restored, and on no set; empty: all, as asrestore does
 *     whatever sets it restores records of
 * @param replace whether something else of the same name or the same definition is dropped; false:
 *     it is an error
 * @param await whether to wait until indexes are built and modules are on all nodes
 * @param retryPolicy how a command is sent again that failed in a way that passes
 * @param stallTimeout how long the waiting, and the repeating of a command, may go on without any
 *     progress
 */
public record MetadataSpec(
    String sourceNamespace,
    String namespace,
    Set<String> sets,
    boolean replace,
    boolean await,
    RetryPolicy retryPolicy,
    Duration stallTimeout)
    implements Serializable {
  public MetadataSpec {
    sets = Set.copyOf(sets);
  }

  /** Nothing is replaced, everything is waited for, commands are repeated until they stall. */
  public static MetadataSpec of(String namespace) {
    return new MetadataSpec(
        "", namespace, Set.of(), false, true, RetryPolicy.UNTIL_STALLED, Duration.ofMinutes(5));
  }

  public MetadataSpec withSourceNamespace(String source) {
    return new MetadataSpec(source, namespace, sets, replace, await, retryPolicy, stallTimeout);
  }

  public MetadataSpec withSets(Set<String> names) {
    return new MetadataSpec(
        sourceNamespace, namespace, names, replace, await, retryPolicy, stallTimeout);
  }

  public MetadataSpec withReplace(boolean replaces) {
    return new MetadataSpec(
        sourceNamespace, namespace, sets, replaces, await, retryPolicy, stallTimeout);
  }

  public MetadataSpec withAwait(boolean waits) {
    return new MetadataSpec(
        sourceNamespace, namespace, sets, replace, waits, retryPolicy, stallTimeout);
  }

  public MetadataSpec withRetryPolicy(RetryPolicy policy) {
    return new MetadataSpec(sourceNamespace, namespace, sets, replace, await, policy, stallTimeout);
  }

  public MetadataSpec withStallTimeout(Duration timeout) {
    return new MetadataSpec(sourceNamespace, namespace, sets, replace, await, retryPolicy, timeout);
  }
}
