package org.asbeam.storage;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.Partitions;
import org.asbeam.format.RecordView;

/**
 * Which records a block holds: their number and, per partition, the first and the last digest.
 *
 * <p>A server sends a partition in strictly descending order of digests, compared as unsigned
 * bytes, so the two bound what lies between; where that doesn't hold, {@link #descending} is false.
 * Immutable; about 46 bytes per partition.
 */
public final class BlockContents {
  static final int DIGEST = RecordView.DIGEST_LENGTH;
  private static final BlockContents NONE =
      new BlockContents(new byte[0], new int[0], new boolean[0]);

  /** First and last digest of each partition, partitions in ascending order. */
  private final byte[] digests;

  private final int[] records;
  private final boolean[] descending;
  private final long total;

  BlockContents(byte[] digests, int[] records, boolean[] descending) {
    this.digests = digests;
    this.records = records;
    this.descending = descending;
    this.total = IntStream.of(records).asLongStream().sum();
  }

  /** The contents of a block without records: one of secondary indexes and UDFs. */
  public static BlockContents none() {
    return NONE;
  }

  /** The records in the block. */
  public long records() {
    return total;
  }

  /** The number of partitions that have records in the block; the others are numbered below it. */
  public int size() {
    return records.length;
  }

  /** The id of the {@code i}-th partition, 0 to 4095; ascending with {@code i}. */
  public int partition(int i) {
    return Partitions.of(digests, 2 * DIGEST * i);
  }

  /** The records of the {@code i}-th partition in the block. */
  public int records(int i) {
    return records[i];
  }

  /** Whether the digests of the {@code i}-th partition descend strictly. */
  public boolean descending(int i) {
    return descending[i];
  }

  /** A copy of the digest of the {@code i}-th partition's first record in the block. */
  public byte[] firstDigest(int i) {
    return Arrays.copyOfRange(digests, 2 * DIGEST * i, 2 * DIGEST * i + DIGEST);
  }

  /** A copy of the digest of the {@code i}-th partition's last record in the block. */
  public byte[] lastDigest(int i) {
    return Arrays.copyOfRange(digests, 2 * DIGEST * i + DIGEST, 2 * DIGEST * (i + 1));
  }

  public PartitionSet partitions() {
    return PartitionSet.of(IntStream.range(0, size()).map(this::partition));
  }

  /** Whether a record of this digest can be in the block; false: it is not. */
  public boolean mayContain(byte[] digest) {
    int id = Partitions.of(digest);
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = partition(middle);
      if (found == id) {
        int at = 2 * DIGEST * middle;
        return !descending[middle]
            || compare(digest, 0, digests, at) <= 0
                && compare(digest, 0, digests, at + DIGEST) >= 0;
      }
      if (found < id) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return false;
  }

  byte[] digests() {
    return digests;
  }

  static int compare(byte[] a, int aOffset, byte[] b, int bOffset) {
    return Arrays.compareUnsigned(a, aOffset, aOffset + DIGEST, b, bOffset, bOffset + DIGEST);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlockContents contents
        && Arrays.equals(digests, contents.digests)
        && Arrays.equals(records, contents.records)
        && Arrays.equals(descending, contents.descending);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(digests) + Arrays.hashCode(records);
  }

  @Override
  public String toString() {
    return "BlockContents[" + total + " records, partitions " + partitions() + "]";
  }

  /**
   * Collects the contents of one block after another, without an object per record. Not safe for
   * use by several threads.
   */
  public static final class Builder {
    private static final int FIRST_SLOTS = 64;

    /** Per partition id its slot plus one; 0: none in this block. */
    private final int[] slotOf = new int[Partitions.COUNT];

    private byte[] digests = new byte[2 * DIGEST * FIRST_SLOTS];
    private int[] records = new int[FIRST_SLOTS];
    private boolean[] descending = new boolean[FIRST_SLOTS];
    private int slots;
    private long total;

    /** Counts a record that was added to the block. */
    public void add(RecordView row) {
      int id = row.partition();
      int slot = slotOf[id] - 1;
      if (slot < 0) {
        slot = take(id);
        System.arraycopy(row.buffer(), row.digestOffset(), digests, 2 * DIGEST * slot, DIGEST);
        descending[slot] = true;
        records[slot] = 0;
      } else if (compare(row.buffer(), row.digestOffset(), digests, 2 * DIGEST * slot + DIGEST)
          >= 0) {
        descending[slot] = false;
      }
      System.arraycopy(
          row.buffer(), row.digestOffset(), digests, 2 * DIGEST * slot + DIGEST, DIGEST);
      records[slot]++;
      total++;
    }

    /** The records added since the last {@link #build}. */
    public long records() {
      return total;
    }

    /** The contents so far; the builder is then ready for the next block. */
    public BlockContents build() {
      byte[] sortedDigests = new byte[2 * DIGEST * slots];
      int[] sortedRecords = new int[slots];
      boolean[] sortedDescending = new boolean[slots];
      int to = 0;
      for (int id = 0; to < slots; id++) {
        int slot = slotOf[id] - 1;
        if (slot >= 0) {
          System.arraycopy(digests, 2 * DIGEST * slot, sortedDigests, 2 * DIGEST * to, 2 * DIGEST);
          sortedRecords[to] = records[slot];
          sortedDescending[to] = descending[slot];
          to++;
        }
      }
      clear();
      return new BlockContents(sortedDigests, sortedRecords, sortedDescending);
    }

    /** Forgets what was added since the last {@link #build}. */
    public void clear() {
      Arrays.fill(slotOf, 0);
      slots = 0;
      total = 0;
    }

    private int take(int id) {
      if (slots == records.length) {
        digests = Arrays.copyOf(digests, 2 * digests.length);
        records = Arrays.copyOf(records, 2 * slots);
        descending = Arrays.copyOf(descending, 2 * slots);
      }
      slotOf[id] = ++slots;
      return slots - 1;
    }
  }
}
