package org.asbeam.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A record to be put into an {@link EmbeddedNamespace} without a socket, also with what no client
 * can write: a generation, a void time in the past, a digest that fits no key, unknown particles.
 *
 * <pre>{@code
 * namespace.put(NewRecord.of("users", "ann").bin("age", 42).bin("name", "Ann").generation(7));
 * }</pre>
 *
 * <p>Each {@code with}-like method changes this object and returns it.
 */
public final class NewRecord {
  private final String set;
  private final byte[] digest;
  private byte[] key;
  private int generation = 1;
  private long voidTime;
  private long lastUpdate = -1;
  private final List<StoredBin> bins = new ArrayList<>();

  private NewRecord(String set, byte[] digest, byte[] key) {
    this.set = Objects.requireNonNull(set, "set");
    this.digest = digest;
    this.key = key;
  }

  /**
   * A record whose digest is that of its set and user key; the key is stored with it.
   *
   * @param set the set's name; empty: no set
   * @param key a {@link Long}, {@link Integer}, {@link Double}, {@link String}, or {@code byte[]}
   */
  public static NewRecord of(String set, Object key) {
    byte[] typed = UserKey.of(key);
    return new NewRecord(set, UserKey.digest(Bytes.utf8(set), typed), typed);
  }

  /** A record of which only the digest is known: 20 bytes. */
  public static NewRecord ofDigest(String set, byte[] digest) {
    if (digest.length != Protocol.DIGEST) {
      throw new IllegalArgumentException("a digest has 20 bytes, not " + digest.length);
    }
    return new NewRecord(set, digest.clone(), null);
  }

  /**
   * A record that is given as a row of the wire protocol, as scans send it.
   *
   * @throws IllegalArgumentException if it is no such row
   */
  public static NewRecord ofRow(byte[] row) {
    try {
      Request parsed = Request.parse(row);
      if (parsed.digest() == null) {
        throw new IllegalArgumentException("the row has no digest");
      }
      byte[] set = parsed.set();
      NewRecord created =
          ofDigest(Bytes.utf8(set, 0, set.length), parsed.digest())
              .generation(parsed.generation())
              .voidTime(parsed.ttl() & 0xffffffffL);
      if (parsed.has(Protocol.FIELD_KEY)) {
        created.key = parsed.field(Protocol.FIELD_KEY);
      }
      for (Op op : parsed.ops()) {
        byte[] value =
            Arrays.copyOfRange(
                op.value().source(),
                op.value().offset(),
                op.value().offset() + op.value().length());
        created.bin(StoredBin.raw(op.name(), op.value().type(), value));
      }
      return created;
    } catch (RequestException e) {
      throw new IllegalArgumentException("no row of the wire protocol: " + e.getMessage(), e);
    }
  }

  /** Stores no user key with the record, as a client does by default. */
  public NewRecord withoutKey() {
    key = null;
    return this;
  }

  /** Stores a user key of any particle type, whatever the digest. */
  public NewRecord rawKey(int type, byte[] value) {
    key = UserKey.typed(type, value);
    return this;
  }

  /** 1 if not given. */
  public NewRecord generation(int generation) {
    this.generation = generation;
    return this;
  }

  /** Seconds since 2010-01-01T00:00:00Z, up to 2^32-1; 0, the default: never expires. */
  public NewRecord voidTime(long voidTime) {
    this.voidTime = voidTime;
    return this;
  }

  /** Milliseconds since 2010-01-01T00:00:00Z; the cluster's clock if not given. */
  public NewRecord lastUpdate(long lastUpdate) {
    this.lastUpdate = lastUpdate;
    return this;
  }

  public NewRecord bin(String name, long value) {
    return bin(StoredBin.of(name, value));
  }

  public NewRecord bin(String name, double value) {
    return bin(StoredBin.of(name, value));
  }

  public NewRecord bin(String name, boolean value) {
    return bin(StoredBin.of(name, value));
  }

  public NewRecord bin(String name, String value) {
    return bin(StoredBin.of(name, value));
  }

  public NewRecord bin(String name, byte[] value) {
    return bin(StoredBin.of(name, value));
  }

  public NewRecord bin(StoredBin bin) {
    bins.add(bin);
    return this;
  }

  String set() {
    return set;
  }

  /** Lays the record out as it is kept. */
  byte[] toRow(byte[] namespace, long now) {
    Bins laidOut = new Bins();
    for (StoredBin bin : bins) {
      laidOut.put(bin.name(), Particle.of(bin.type(), bin.value()));
    }
    long updated = lastUpdate < 0 ? now : lastUpdate;
    byte[] setName = Bytes.utf8(set);
    return Row.of(namespace, digest, setName, key, generation, (int) voidTime, updated, laidOut);
  }
}
