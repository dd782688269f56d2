package org.asbeam.aerospike;

import java.io.Serializable;
import java.util.Map;

/**
 * How far a scan came: a value for a journal.
 *
 * @param done the partitions that were read to their end, in {@link
 *     org.asbeam.format.PartitionSet}'s text form
 * @param after per partition in work, the last digest that was delivered, 40 hex digits
 */
public record CursorSnapshot(String done, Map<Integer, String> after) implements Serializable {
  public CursorSnapshot {
    after = Map.copyOf(after);
  }
}
