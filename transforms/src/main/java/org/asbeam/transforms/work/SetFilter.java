package org.asbeam.transforms.work;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.asbeam.format.RecordView;

/** Tells the records of some sets. */
final class SetFilter {
  private final byte[][] sets;

  /**
   * @param sets their names; empty: all sets, and the records in none
   */
  SetFilter(List<String> sets) {
    this.sets =
        sets.stream().map(set -> set.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
  }

  boolean selects(RecordView row) {
    if (sets.length == 0) {
      return true;
    }
    int from = row.setOffset();
    int to = from + row.setLength();
    for (byte[] set : sets) {
      if (Arrays.equals(set, 0, set.length, row.buffer(), from, to)) {
        return true;
      }
    }
    return false;
  }
}
