package org.asbeam.connectors;

import com.aerospike.client.Key;
import com.aerospike.client.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.asbeam.format.ParticleType;
import org.asbeam.format.RecordView;
import org.asbeam.format.RowBuilder;

/**
 * Builds records: new ones, which without more are of generation 1 and never expire, and changed
 * copies of others.
 */
public final class AerospikeRecordBuilder {
  private static final int MOST_NAME_BYTES = 255;
  private static final long MOST_VOID_TIME = (1L << 32) - 1;

  private final String set;
  private final Particle key;
  private final byte[] digest;
  private final Map<String, Particle> bins = new LinkedHashMap<>();
  private String namespace = "";
  private int generation = 1;
  private long voidTime;

  AerospikeRecordBuilder(String set, Particle key) {
    this.set = set;
    this.key = key;
    this.digest = null;
  }

  /** Starts from a record, which need not have its key. */
  AerospikeRecordBuilder(AerospikeRecord from) {
    this.set = from.set();
    this.key = from.key().orElse(null);
    this.digest = from.digest();
    this.namespace = from.namespace();
    this.generation = from.generation();
    this.voidTime = from.voidTime();
    this.bins.putAll(from.bins());
  }

  /** The namespace that the record says it is of; it may be written to any. */
  public AerospikeRecordBuilder namespace(String name) {
    namespace = name;
    return this;
  }

  /** 0 to 65535. */
  public AerospikeRecordBuilder generation(int times) {
    if (times < 0 || times > 0xffff) {
      throw new IllegalArgumentException("a generation is 0 to 65535, not " + times);
    }
    generation = times;
    return this;
  }

  /** When the record expires; full seconds count. */
  public AerospikeRecordBuilder expiresAt(Instant time) {
    long seconds = time.getEpochSecond() - AerospikeRecord.VOID_TIME_EPOCH;
    if (seconds < 1 || seconds > MOST_VOID_TIME) {
      throw new IllegalArgumentException("a record can't expire at " + time);
    }
    voidTime = seconds;
    return this;
  }

  /** Adds a bin, in the place of one of that name. */
  public AerospikeRecordBuilder bin(String name, Particle value) {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0 || length > MOST_NAME_BYTES) {
      throw new IllegalArgumentException("a bin's name of " + length + " bytes: '" + name + "'");
    }
    bins.put(name, value);
    return this;
  }

  /** Leaves a bin out, if there is one of that name. */
  public AerospikeRecordBuilder withoutBin(String name) {
    bins.remove(name);
    return this;
  }

  /**
   * Builds the record.
   *
   * @throws IllegalArgumentException if the key is none of integer, float, string or blob
   */
  public AerospikeRecord build() {
    RowBuilder row = new RowBuilder();
    row.begin(generation, voidTime);
    if (!namespace.isEmpty()) {
      byte[] bytes = namespace.getBytes(StandardCharsets.UTF_8);
      row.namespace(bytes, 0, bytes.length);
    }
    if (!set.isEmpty()) {
      byte[] bytes = set.getBytes(StandardCharsets.UTF_8);
      row.set(bytes, 0, bytes.length);
    }
    if (key != null) {
      row.key(key.type(), key.bytes(), 0, key.bytes().length);
    }
    row.digest(digest != null ? digest : Key.computeDigest(set, userKey()), 0);
    bins.forEach((name, value) -> row.bin(value.type(), name, value.bytes()));
    return AerospikeRecord.copyOf(row.view(new RecordView()));
  }

  private Value userKey() {
    return switch (key.type()) {
      case ParticleType.INTEGER -> Value.get(key.asLong());
      case ParticleType.DOUBLE -> Value.get(key.asDouble());
      case ParticleType.STRING -> Value.get(key.asString());
      case ParticleType.BLOB -> Value.get(key.bytes());
      default ->
          throw new IllegalArgumentException(
              "a user key is an integer, float, string or blob, not of particle type "
                  + key.type());
    };
  }
}
