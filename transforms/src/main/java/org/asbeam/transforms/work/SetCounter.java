package org.asbeam.transforms.work;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.asbeam.format.RecordView;

/**
 * Counts records per set without an object per record: a hash table over the bytes of the names.
 * Neighbours in a scan are often of one set, so the last one is tried first.
 */
final class SetCounter {
  private byte[][] names = new byte[64][];
  private long[] counts = new long[64];
  private int size;
  private int last;

  void add(RecordView row) {
    byte[] buffer = row.buffer();
    int from = row.setOffset();
    int length = row.setLength();
    if (names[last] == null || !same(last, buffer, from, length)) {
      last = find(buffer, from, length);
    }
    counts[last]++;
  }

  /** Records per set, by name; the empty name is the null set. */
  Map<String, Long> totals() {
    Map<String, Long> totals = new TreeMap<>();
    for (int slot = 0; slot < names.length; slot++) {
      if (names[slot] != null) {
        totals.merge(new String(names[slot], StandardCharsets.UTF_8), counts[slot], Long::sum);
      }
    }
    return totals;
  }

  private int find(byte[] buffer, int from, int length) {
    int slot = slot(buffer, from, length);
    if (names[slot] != null) {
      return slot;
    }
    if (2 * (size + 1) > names.length) {
      grow();
      slot = slot(buffer, from, length);
    }
    names[slot] = Arrays.copyOfRange(buffer, from, from + length);
    size++;
    return slot;
  }

  /** The slot that holds the name, or the free one where it belongs. */
  private int slot(byte[] buffer, int from, int length) {
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + buffer[i];
    }
    int slot = (hash ^ hash >>> 16) & (names.length - 1);
    while (names[slot] != null && !same(slot, buffer, from, length)) {
      slot = (slot + 1) & (names.length - 1);
    }
    return slot;
  }

  private void grow() {
    byte[][] oldNames = names;
    long[] oldCounts = counts;
    names = new byte[oldNames.length * 2][];
    counts = new long[oldCounts.length * 2];
    for (int old = 0; old < oldNames.length; old++) {
      if (oldNames[old] != null) {
        int slot = slot(oldNames[old], 0, oldNames[old].length);
        names[slot] = oldNames[old];
        counts[slot] = oldCounts[old];
      }
    }
    last = 0;
  }

  private boolean same(int slot, byte[] buffer, int from, int length) {
    byte[] name = names[slot];
    return Arrays.equals(name, 0, name.length, buffer, from, from + length);
  }
}
