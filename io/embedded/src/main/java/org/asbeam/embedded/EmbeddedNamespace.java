package org.asbeam.embedded;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Direct access to a namespace of an {@link EmbeddedCluster}: what is in it, and what goes wrong
 * with it. Safe for use by several threads, also while clients are connected.
 */
public final class EmbeddedNamespace {
  /** Any holder but a node: data lost by hand comes back by hand. */
  private static final int NO_NODE = -1;

  private final Namespace namespace;

  EmbeddedNamespace(Namespace namespace) {
    this.namespace = namespace;
  }

  Namespace internal() {
    return namespace;
  }

  public String name() {
    return namespace.name();
  }

  /**
   * Stores a record of generation 1 that never expires, with its user key.
   *
   * @param set the set's name; empty: no set
   * @param key a {@link Long}, {@link Integer}, {@link Double}, {@link String}, or {@code byte[]}
   */
  public void put(String set, Object key, StoredBin... bins) {
    NewRecord created = NewRecord.of(set, key);
    for (StoredBin bin : bins) {
      created.bin(bin);
    }
    put(created);
  }

  /** Stores a record, in the place of the one with the same digest. */
  public void put(NewRecord created) {
    namespace.put(created.toRow(namespace.nameBytes(), namespace.epoch().milliseconds()));
  }

  /**
   * Stores a record that is given as a row of the wire protocol, as scans send it: message header
   * with generation and void time, fields (digest, set, user key), bins as read ops. The namespace
   * of the row doesn't matter, the last update is now.
   *
   * @throws IllegalArgumentException if it is no such row
   */
  public void putRow(byte[] row) {
    put(NewRecord.ofRow(row));
  }

  /** Stores a copy of a record of this or another namespace. */
  public void put(StoredRecord copied) {
    NewRecord created =
        NewRecord.ofDigest(copied.set(), copied.digest())
            .generation(copied.generation())
            .voidTime(copied.voidTime())
            .lastUpdate(copied.lastUpdate());
    if (copied.hasKey()) {
      created.rawKey(copied.keyType(), copied.key());
    }
    copied.bins().forEach(created::bin);
    put(created);
  }

  /** The record of a set and user key, unless it has expired. */
  public Optional<StoredRecord> get(String set, Object key) {
    return get(UserKey.digest(Bytes.utf8(set), UserKey.of(key)));
  }

  /** The record with a digest, unless it has expired. */
  public Optional<StoredRecord> get(byte[] digest) {
    return Optional.ofNullable(namespace.partitionOf(digest).get(digest))
        .filter(namespace::isLive)
        .map(StoredRecord::new);
  }

  /** Visits all records that have not expired, partition by partition, in scan order. */
  public void forEach(Consumer<StoredRecord> visitor) {
    namespace.forEach(pid -> true, row -> visitor.accept(new StoredRecord(row)));
  }

  /** The number of records that have not expired. */
  public long count() {
    AtomicLong count = new AtomicLong();
    namespace.forEach(pid -> true, row -> count.incrementAndGet());
    return count.get();
  }

  /** The number of records of a set that have not expired; empty: of those in no set. */
  public long count(String set) {
    byte[] bytes = Bytes.utf8(set);
    AtomicLong count = new AtomicLong();
    namespace.forEach(pid -> true, row -> count.addAndGet(Row.isInSet(row, bytes) ? 1 : 0));
    return count.get();
  }

  /** Removes all records; sets, indexes and UDFs stay. */
  public void clear() {
    for (int pid = 0; pid < Protocol.PARTITIONS; pid++) {
      namespace.partition(pid).removeIf(row -> true);
    }
  }

  public Collection<StoredIndex> indexes() {
    return namespace.indexes();
  }

  /**
   * Creates a secondary index; if there is one of the same definition, it gets the new name.
   *
   * @throws IllegalStateException if the name is taken by another definition
   */
  public void createIndex(StoredIndex index) {
    if (!namespace.createIndex(index)) {
      throw new IllegalStateException(
          "index '" + index.name() + "' exists with another definition");
    }
  }

  /** The names of all sets that ever had a record, the oldest first. */
  public List<String> sets() {
    return namespace.sets();
  }

  public NamespaceOptions options() {
    return namespace.options();
  }

  /** Changes the configuration while the cluster runs. */
  public void options(NamespaceOptions options) {
    namespace.options(Objects.requireNonNull(options, "options"));
  }

  /** Refuses writes with code 8, as a namespace that is full; deletes go on. */
  public void stopWrites(boolean stop) {
    namespace.stopWrites(stop);
  }

  /** Refuses writes with code 22 and says so, as a node whose clock differs too much. */
  public void clockSkewStopWrites(boolean stop) {
    namespace.rules().clockSkewStopWrites(stop);
  }

  /** reject-non-xdr-writes: refuses the writes of clients with code 22. */
  public void rejectNonXdrWrites(boolean reject) {
    namespace.rules().rejectNonXdrWrites(reject);
  }

  /** disallow-null-setname: refuses records without a set with code 4. */
  public void disallowNullSetName(boolean disallow) {
    namespace.rules().disallowNullSetName(disallow);
  }

  /**
   * Limits a set; what goes beyond is refused with code 22. Copies on all nodes count once.
   *
   * @param count stop-writes-count: records at which no new one is created; 0: no limit
   * @param size stop-writes-size: bytes beyond which nothing is written; 0: no limit
   */
  public void quota(String set, long count, long size) {
    namespace.rules().quota(set, new WriteRules.SetQuota(count, size));
  }

  /** Reports that XDR ships the namespace to these data centers; nothing is shipped. */
  public void shippedTo(String... dataCenters) {
    namespace.rules().xdrDestinations(List.of(dataCenters));
  }

  /**
   * Reports migrations: this number as {@code migrate_*_partitions_remaining} on every node, and no
   * stable cluster while it isn't 0. Nothing moves.
   */
  public void migrating(int remaining) {
    namespace.migrating(remaining);
  }

  /** Loses a partition's data: its owners serve it, but empty. */
  public void hide(int pid) {
    namespace.partition(pid).lose(NO_NODE);
  }

  /** Brings back what {@link #hide} lost; records written since then win. */
  public void unhide(int pid) {
    namespace.partition(pid).recover(NO_NODE);
  }

  /**
   * Makes a partition unavailable on all nodes, or available again: scans report it as not served
   * (code 11), commands on its records get code 11.
   */
  public void unavailable(int pid, boolean unavailable) {
    if (unavailable) {
      namespace.unavailable().add(pid);
    } else {
      namespace.unavailable().remove(pid);
    }
  }
}
