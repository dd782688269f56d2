package org.asbeam.connectors;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.asbeam.format.RecordView;

/**
 * A record of a cluster or of a backup as an element of a {@code PCollection}: metadata, user key
 * and bins. Immutable.
 *
 * <p>It holds one row of the wire protocol, see {@link RecordView}, in one spelling: fields in the
 * order namespace, set, user key, digest, and nothing in the header but generation and void time.
 * So records are equal exactly if their bytes are, whether they were scanned, decoded or built.
 *
 * <pre>{@code
 * AerospikeRecord ann =
 *     AerospikeRecord.builder("users", Particle.of("ann")).bin("age", Particle.of(42)).build();
 * long age = ann.bin("age").orElseThrow().asLong();
 * }</pre>
 */
@DefaultCoder(AerospikeRecordCoder.class)
public final class AerospikeRecord {
  /** 2010-01-01T00:00:00Z in seconds of the Unix epoch: where void times count from. */
  static final long VOID_TIME_EPOCH = 1_262_304_000L;

  private final byte[] row;

  /**
   * @param row in the one spelling; not copied
   */
  AerospikeRecord(byte[] row) {
    this.row = row;
  }

  /**
   * Copies a record out of somebody's buffer.
   *
   * @param view its bin cursor is moved to the first bin
   * @throws org.asbeam.format.MalformedRowException if a bin reaches beyond the row
   */
  public static AerospikeRecord copyOf(RecordView view) {
    return new AerospikeRecord(RowBytes.copy(view));
  }

  /** Starts a record with a user key that is stored with it; its digest is that of set and key. */
  public static AerospikeRecordBuilder builder(String set, Particle key) {
    return new AerospikeRecordBuilder(set, key);
  }

  /** Starts a changed copy: of the same set, key and digest, generation and expiration. */
  public AerospikeRecordBuilder toBuilder() {
    return new AerospikeRecordBuilder(this);
  }

  /**
   * A fresh view of the row, before its first bin. The view's buffer is the record's own: it must
   * not be written to.
   */
  public RecordView view() {
    return new RecordView().wrap(row, 0, row.length);
  }

  /** The row's bytes; the record's own. */
  byte[] row() {
    return row;
  }

  /** The namespace that the record was read from; empty if the row doesn't say. */
  public String namespace() {
    RecordView view = view();
    return new String(row, view.namespaceOffset(), view.namespaceLength(), StandardCharsets.UTF_8);
  }

  /** The set's name; empty if the record is in none. */
  public String set() {
    return view().set();
  }

  /** The 20 bytes of the digest. */
  public byte[] digest() {
    return view().digest();
  }

  /** The partition that the digest belongs to, 0 to 4095. */
  public int partition() {
    return view().partition();
  }

  /** How often the record was written, 0 to 65535. */
  public int generation() {
    return view().generation();
  }

  /** Seconds since 2010-01-01T00:00:00Z; 0: never expires. */
  public long voidTime() {
    return view().voidTime();
  }

  /** When the record expires; empty: never. */
  public Optional<Instant> expiration() {
    long voidTime = voidTime();
    return voidTime == 0
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(VOID_TIME_EPOCH + voidTime));
  }

  /** The user key; empty if it is not stored with the record. */
  public Optional<Particle> key() {
    RecordView view = view();
    if (!view.hasKey()) {
      return Optional.empty();
    }
    int at = view.keyOffset();
    return Optional.of(
        new Particle(view.keyType(), Arrays.copyOfRange(row, at, at + view.keyLength())));
  }

  /** The value of a bin; empty if the record has none of that name. */
  public Optional<Particle> bin(String name) {
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    RecordView view = view();
    while (view.nextBin()) {
      int at = view.binNameOffset();
      if (Arrays.equals(row, at, at + view.binNameLength(), wanted, 0, wanted.length)) {
        return Optional.of(value(view));
      }
    }
    return Optional.empty();
  }

  /** All bins by name, in the order of the record. */
  public Map<String, Particle> bins() {
    Map<String, Particle> bins = new LinkedHashMap<>();
    RecordView view = view();
    while (view.nextBin()) {
      bins.put(view.binName(), value(view));
    }
    return bins;
  }

  private Particle value(RecordView view) {
    int at = view.valueOffset();
    return new Particle(view.binType(), Arrays.copyOfRange(row, at, at + view.valueLength()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AerospikeRecord that && Arrays.equals(row, that.row);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(row);
  }

  /**
   * Metadata and the names of bins; no value, which may be personal data. Handlers of bad records
   * show this too.
   */
  @JsonValue
  @Override
  public String toString() {
    return "AerospikeRecord["
        + HexFormat.of().formatHex(digest())
        + (set().isEmpty() ? "" : ", set " + set())
        + ", generation "
        + generation()
        + ", void time "
        + voidTime()
        + ", bins "
        + bins().keySet()
        + "]";
  }
}
