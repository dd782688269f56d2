package org.asbeam.storage.journal;

import java.io.Serializable;
import org.asbeam.format.PartitionSet;

/**
 * A piece of a backup that one thread does from start to end, that can be repeated, and that leaves
 * one receipt.
 *
 * @param number its number in the plan, from 0
 * @param kind what is backed up in it
 * @param node the name of the node that was master of the partitions when the plan was made; empty
 *     if the planner did not see the cluster
 * @param partitions the partitions to scan; empty for metadata
 */
public record PartitionSlice(int number, Kind kind, String node, PartitionSet partitions)
    implements Serializable {
  /** What a slice backs up. */
  public enum Kind {
    /** Secondary indexes and UDFs. */
    METADATA,
    /** The records of some partitions. */
    RECORDS
  }
}
