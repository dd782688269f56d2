package org.asbeam.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A record as a namespace of an {@link EmbeddedCluster} holds it: a view of immutable bytes, so it
 * may be kept and shared.
 */
public final class StoredRecord {
  private final byte[] row;

  StoredRecord(byte[] row) {
    this.row = row;
  }

  /** The 20 bytes of the digest. */
  public byte[] digest() {
    return Row.digest(row);
  }

  /** The partition that the digest belongs to, 0 to 4095. */
  public int partition() {
    return Namespace.partitionOf(row, Row.digestOffset(row));
  }

  /** The set's name; empty: in no set. */
  public String set() {
    byte[] set = Row.set(row);
    return Bytes.utf8(set, 0, set.length);
  }

  /** Whether the user key is stored with the record. */
  public boolean hasKey() {
    return Row.key(row) != null;
  }

  /** The particle type of the user key: 1 integer, 2 float, 3 string, 4 blob; -1: no key stored. */
  public int keyType() {
    byte[] key = Row.key(row);
    return key == null ? -1 : key[0] & 0xff;
  }

  /** The user key's bytes, without the type; empty if no key is stored. */
  public byte[] key() {
    byte[] key = Row.key(row);
    return key == null ? Bytes.EMPTY : Arrays.copyOfRange(key, 1, key.length);
  }

  /** 1 to 65535: how often the record was written. */
  public int generation() {
    return Row.generation(row);
  }

  /** Seconds since 2010-01-01T00:00:00Z; 0: never expires. */
  public long voidTime() {
    return Row.voidTime(row);
  }

  /** When the record was written last, in milliseconds since 2010-01-01T00:00:00Z. */
  public long lastUpdate() {
    return Row.lastUpdate(row);
  }

  /** The bins, in the order in which they were created. */
  public List<StoredBin> bins() {
    List<StoredBin> bins = new ArrayList<>();
    Bins.of(row)
        .asMap()
        .forEach(
            (name, value) -> {
              int from = value.offset();
              byte[] bytes = Arrays.copyOfRange(value.source(), from, from + value.length());
              bins.add(new StoredBin(name, value.type(), bytes));
            });
    return bins;
  }

  /**
   * The row that a scan sends for this record: message header, fields (namespace, digest, set, user
   * key), ops. A fresh copy.
   */
  public byte[] row() {
    return Arrays.copyOfRange(row, Row.START, row.length);
  }

  /** All but the last-update time is compared. */
  @Override
  public boolean equals(Object other) {
    return other instanceof StoredRecord that
        && Arrays.equals(row, Row.START, row.length, that.row, Row.START, that.row.length);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(row()) ^ row.length;
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(digest())
        + " set="
        + set()
        + " generation="
        + generation()
        + " voidTime="
        + voidTime()
        + " "
        + bins();
  }
}
