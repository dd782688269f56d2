package org.asbeam.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The records of one partition, in descending order of their digests: the order in which a server
 * scans. Readers take a snapshot; the lock of a writer is this object's monitor.
 */
final class Partition {
  private static final byte[][] NONE = new byte[0][];

  private byte[][] rows = NONE;
  private int count;
  private final Map<Integer, List<byte[]>> lost = new HashMap<>(0);

  /** The record with a digest, or null. */
  synchronized byte[] get(byte[] digest) {
    int at = search(digest, 0);
    return at >= 0 ? rows[at] : null;
  }

  /** Stores a record in the place of the one with the same digest, if there is one. */
  synchronized void put(byte[] row) {
    int at = search(row, Row.digestOffset(row));
    if (at >= 0) {
      rows[at] = row;
      return;
    }
    int insertion = -at - 1;
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, Math.max(8, count + (count >> 1)));
    }
    System.arraycopy(rows, insertion, rows, insertion + 1, count - insertion);
    rows[insertion] = row;
    count++;
  }

  synchronized void remove(byte[] digest) {
    int at = search(digest, 0);
    if (at >= 0) {
      System.arraycopy(rows, at + 1, rows, at, count - at - 1);
      rows[--count] = null;
    }
  }

  synchronized void removeIf(Predicate<byte[]> condemned) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (!condemned.test(rows[i])) {
        rows[kept++] = rows[i];
      }
    }
    Arrays.fill(rows, kept, count, null);
    count = kept;
  }

  synchronized int count() {
    return count;
  }

  /** The records as they are now, in scan order. */
  synchronized byte[][] snapshot() {
    return Arrays.copyOf(rows, count);
  }

  /**
   * The records behind a digest in scan order.
   *
   * @param cursor the digest of the last record seen; it need not exist any more
   */
  synchronized byte[][] snapshotBehind(byte[] cursor) {
    int at = search(cursor, 0);
    return Arrays.copyOfRange(rows, at >= 0 ? at + 1 : -at - 1, count);
  }

  /**
   * Puts the records out of reach, as when the only node that holds the partition is gone.
   *
   * @param holder who can bring them back
   */
  synchronized void lose(int holder) {
    lost.computeIfAbsent(holder, unused -> new ArrayList<>())
        .addAll(Arrays.asList(rows).subList(0, count));
    rows = NONE;
    count = 0;
  }

  /** Brings lost records back; those that were written since win. */
  synchronized void recover(int holder) {
    List<byte[]> back = lost.remove(holder);
    if (back != null) {
      for (byte[] row : back) {
        if (search(row, Row.digestOffset(row)) < 0) {
          put(row);
        }
      }
    }
  }

  /** The index of a digest, or -insertion point - 1. */
  private int search(byte[] digest, int offset) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      byte[] row = rows[middle];
      int at = Row.digestOffset(row);
      int order =
          Arrays.compareUnsigned(
              row, at, at + Protocol.DIGEST, digest, offset, offset + Protocol.DIGEST);
      if (order > 0) {
        low = middle + 1;
      } else if (order < 0) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return -low - 1;
  }
}
