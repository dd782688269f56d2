package org.asbeam.embedded;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * The records and the metadata of one namespace. All nodes of a cluster share it: a node's copies
 * are a matter of who owns a partition, there is no second set of bytes.
 */
final class Namespace {
  private final String name;
  private final byte[] nameBytes;
  private final Epoch epoch;
  private final Partition[] partitions = new Partition[Protocol.PARTITIONS];
  private final Map<String, Long> truncateTimesBySet = new ConcurrentHashMap<>();
  private final Set<String> sets = Collections.synchronizedSet(new LinkedHashSet<>());
  private final Map<String, StoredIndex> indexes = new LinkedHashMap<>();
  private final Set<Integer> unavailable = ConcurrentHashMap.newKeySet();
  private final WriteRules rules = new WriteRules();
  private volatile NamespaceOptions options;
  private volatile boolean stopWrites;
  private volatile int migrating;

  Namespace(String name, NamespaceOptions options, Epoch epoch) {
    this.name = name;
    this.nameBytes = Bytes.utf8(name);
    this.options = options;
    this.epoch = epoch;
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = new Partition();
    }
  }

  static int partitionOf(byte[] buffer, int digestOffset) {
    return Bytes.u16LittleEndian(buffer, digestOffset) & (Protocol.PARTITIONS - 1);
  }

  String name() {
    return name;
  }

  byte[] nameBytes() {
    return nameBytes;
  }

  Epoch epoch() {
    return epoch;
  }

  NamespaceOptions options() {
    return options;
  }

  void options(NamespaceOptions changed) {
    options = changed;
  }

  boolean stopWrites() {
    return stopWrites;
  }

  void stopWrites(boolean stop) {
    stopWrites = stop;
  }

  WriteRules rules() {
    return rules;
  }

  /** Partitions that migrations still have to move, as {@code namespace/<ns>} reports them. */
  int migrating() {
    return migrating;
  }

  void migrating(int remaining) {
    migrating = remaining;
  }

  Set<Integer> unavailable() {
    return unavailable;
  }

  Partition partition(int id) {
    return partitions[id];
  }

  Partition partitionOf(byte[] digest) {
    return partitions[partitionOf(digest, 0)];
  }

  /** Whether a client may see the record: it has not expired. */
  boolean isLive(byte[] row) {
    long voidTime = Row.voidTime(row);
    return voidTime == 0 || voidTime >= epoch.seconds();
  }

  void put(byte[] row) {
    registerSet(Row.set(row));
    partitions[partitionOf(row, Row.digestOffset(row))].put(row);
  }

  /** Sets are known from their first record on, also when all their records are gone. */
  void registerSet(byte[] set) {
    if (set.length > 0) {
      sets.add(Bytes.utf8(set, 0, set.length));
    }
  }

  /** The names of all sets, the oldest first. */
  List<String> sets() {
    synchronized (sets) {
      return List.copyOf(sets);
    }
  }

  long truncateTime(String set) {
    return truncateTimesBySet.getOrDefault(set, 0L);
  }

  /**
   * Removes what was written before a time.
   *
   * @param set the set; empty: the whole namespace
   * @param before milliseconds since 2010; records of that very millisecond stay
   */
  void truncate(String set, long before) {
    truncateTimesBySet.merge(set, before, Math::max);
    byte[] setBytes = Bytes.utf8(set);
    for (Partition partition : partitions) {
      partition.removeIf(
          row -> Row.lastUpdate(row) < before && (set.isEmpty() || Row.isInSet(row, setBytes)));
    }
  }

  /** Visits the live records of some partitions, in scan order. */
  void forEach(IntPredicate wanted, Consumer<byte[]> visitor) {
    for (int id = 0; id < partitions.length; id++) {
      if (wanted.test(id)) {
        for (byte[] row : partitions[id].snapshot()) {
          if (isLive(row)) {
            visitor.accept(row);
          }
        }
      }
    }
  }

  /** The records of some partitions, with those that have expired and are not purged yet. */
  long count(IntPredicate wanted) {
    long count = 0;
    for (int id = 0; id < partitions.length; id++) {
      if (wanted.test(id)) {
        count += partitions[id].count();
      }
    }
    return count;
  }

  Collection<StoredIndex> indexes() {
    synchronized (indexes) {
      return List.copyOf(indexes.values());
    }
  }

  StoredIndex index(String indexName) {
    synchronized (indexes) {
      return indexes.get(indexName);
    }
  }

  /**
   * Creates an index. The same definition under the same name again changes nothing, under another
   * name it renames the index, as on a server.
   *
   * @return false: the name is taken by another definition
   */
  boolean createIndex(StoredIndex index) {
    synchronized (indexes) {
      StoredIndex known = indexes.get(index.name());
      if (known != null) {
        return known.equals(index);
      }
      indexes.values().removeIf(other -> other.indexesTheSameAs(index));
      indexes.put(index.name(), index);
      return true;
    }
  }

  void deleteIndex(String indexName) {
    synchronized (indexes) {
      indexes.remove(indexName);
    }
  }
}
