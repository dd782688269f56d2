package org.asbeam.aerospike;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.Partitions;
import org.asbeam.format.RecordView;

/**
 * Where a scan stands in each of its partitions: not started, after a digest, or done.
 *
 * <p>A server sends a partition in strictly descending order of digests and goes on below any
 * digest it is given, so the last digest delivered is all that a resumed scan needs. Not safe for
 * use by several threads.
 */
public final class PartitionCursors {
  private static final int DIGEST = RecordView.DIGEST_LENGTH;

  private final PartitionSet partitions;

  /** Where a partition's digest stands in {@link #digests}; -1: not in the scan. */
  private final int[] slots = new int[Partitions.COUNT];

  private final byte[] digests;
  private final boolean[] started = new boolean[Partitions.COUNT];
  private final boolean[] done = new boolean[Partitions.COUNT];
  private int remaining;

  private PartitionCursors(PartitionSet partitions) {
    this.partitions = partitions;
    this.digests = new byte[partitions.size() * DIGEST];
    this.remaining = partitions.size();
    Arrays.fill(slots, -1);
    int[] next = {0};
    partitions.forEach(
        id -> {
          slots[id] = next[0];
          next[0] += DIGEST;
        });
  }

  /** Cursors before the first record of each partition. */
  public static PartitionCursors start(PartitionSet partitions) {
    return new PartitionCursors(partitions);
  }

  /**
   * Cursors before the first record of each partition but that of a digest, where they stand behind
   * the digest: {@code --after-digest}. A server sends descending digests, so what comes is the
   * records with smaller digests; one with this very digest doesn't come, and needn't exist.
   *
   * @param digest 20 bytes
   * @throws IllegalArgumentException if it is no digest of one of the partitions
   */
  public static PartitionCursors startAfter(PartitionSet partitions, byte[] digest) {
    if (digest.length != DIGEST) {
      throw new IllegalArgumentException("a digest has 20 bytes, not " + digest.length);
    }
    int partition = Partitions.of(digest);
    if (!partitions.contains(partition)) {
      throw new IllegalArgumentException(
          "the digest "
              + HexFormat.of().formatHex(digest)
              + " is one of partition "
              + partition
              + ", which is not among the partitions "
              + partitions);
    }
    PartitionCursors cursors = new PartitionCursors(partitions);
    cursors.advance(partition, digest, 0);
    return cursors;
  }

  /**
   * Cursors where an earlier scan of the same or more partitions stood.
   *
   * @throws IllegalArgumentException if the snapshot contradicts itself
   */
  public static PartitionCursors resume(PartitionSet partitions, CursorSnapshot snapshot) {
    PartitionCursors cursors = new PartitionCursors(partitions);
    snapshot
        .after()
        .forEach(
            (id, hex) -> {
              byte[] digest = HexFormat.of().parseHex(hex);
              if (digest.length != DIGEST || Partitions.of(digest) != id) {
                throw new IllegalArgumentException(
                    "the digest " + hex + " is not one of partition " + id);
              }
              if (partitions.contains(id)) {
                cursors.advance(id, digest, 0);
              }
            });
    PartitionSet.parse(snapshot.done()).and(partitions).forEach(cursors::finish);
    return cursors;
  }

  /** How far the scan came, to be resumed from later. */
  public CursorSnapshot snapshot() {
    Map<Integer, String> after = new TreeMap<>();
    partitions.forEach(
        id -> {
          if (!done[id] && started[id]) {
            after.put(id, HexFormat.of().formatHex(digests, slots[id], slots[id] + DIGEST));
          }
        });
    return new CursorSnapshot(done().toString(), after);
  }

  /** All partitions of the scan. */
  public PartitionSet partitions() {
    return partitions;
  }

  /** The partitions that were read to their end. */
  public PartitionSet done() {
    return PartitionSet.of(partitions.stream().filter(id -> done[id]));
  }

  /** The partitions that are not done. */
  public PartitionSet remaining() {
    return PartitionSet.of(partitions.stream().filter(id -> !done[id]));
  }

  public boolean isDone() {
    return remaining == 0;
  }

  public boolean isDone(int partition) {
    return done[partition];
  }

  /** Whether a record of the partition was delivered; then it has a digest to go on from. */
  boolean isStarted(int partition) {
    return started[partition];
  }

  /** Copies the digest that the partition goes on after. */
  void copyDigest(int partition, byte[] target, int offset) {
    System.arraycopy(digests, slots[partition], target, offset, DIGEST);
  }

  /** Whether a digest may come next: below the last one delivered. */
  boolean isNext(int partition, byte[] buffer, int offset) {
    int slot = slots[partition];
    return !started[partition]
        || Arrays.compareUnsigned(buffer, offset, offset + DIGEST, digests, slot, slot + DIGEST)
            < 0;
  }

  /** Notes that a record was delivered. */
  void advance(int partition, byte[] buffer, int offset) {
    System.arraycopy(buffer, offset, digests, slots[partition], DIGEST);
    started[partition] = true;
  }

  /** Notes that a partition was read to its end. */
  void finish(int partition) {
    if (!done[partition]) {
      done[partition] = true;
      remaining--;
    }
  }
}
