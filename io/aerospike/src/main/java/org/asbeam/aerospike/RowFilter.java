package org.asbeam.aerospike;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.asbeam.format.ParticleType;
import org.asbeam.format.RecordView;

/** Which records and which of their bins are written. */
final class RowFilter {
  private final byte[][] sets;
  private final byte[][] bins;

  /** Empty sets: those of all sets, and of none. Empty bins: all. */
  RowFilter(Set<String> sets, Set<String> bins) {
    this.sets = bytes(sets);
    this.bins = bytes(bins);
  }

  private static byte[][] bytes(Set<String> names) {
    return names.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
  }

  /** Whether only some bins are sent. */
  boolean selectsBins() {
    return bins.length > 0;
  }

  /** Whether the record's set is selected, and it has bins. */
  boolean selects(RecordView row) {
    return row.binCount() > 0
        && (sets.length == 0 || contains(sets, row.buffer(), row.setOffset(), row.setLength()));
  }

  /** Whether the row's current bin is sent. */
  boolean keepsBin(RecordView row) {
    // A NULL particle that is written would delete the bin; no backup holds one.
    return row.binType() != ParticleType.NULL
        && (bins.length == 0
            || contains(bins, row.buffer(), row.binNameOffset(), row.binNameLength()));
  }

  private static boolean contains(byte[][] names, byte[] buffer, int at, int length) {
    for (byte[] name : names) {
      if (Arrays.equals(name, 0, name.length, buffer, at, at + length)) {
        return true;
      }
    }
    return false;
  }
}
