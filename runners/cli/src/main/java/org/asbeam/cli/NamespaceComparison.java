package org.asbeam.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.StoredBin;
import org.asbeam.embedded.StoredIndex;
import org.asbeam.embedded.StoredRecord;

/**
 * Compares two namespaces of embedded clusters: digest, set, key, bins with particle type and
 * bytes, and void time of each record, and the secondary indexes. Generations differ after a
 * restore: a record that is written afresh begins with 1.
 */
final class NamespaceComparison {
  private static final int MAX_SHOWN = 5;

  /**
   * A client can only say how long a record is to live. When a second begins between its saying so
   * and the server's reckoning, the record lives a second longer.
   */
  private static final int MAX_LATE_SECONDS = 2;

  private final List<String> differences = new ArrayList<>();
  private long equal;
  private long bins;
  private long different;
  private long late;

  private NamespaceComparison() {}

  static NamespaceComparison of(EmbeddedNamespace left, EmbeddedNamespace right) {
    NamespaceComparison comparison = new NamespaceComparison();
    left.forEach(record -> comparison.compare(record, right.get(record.digest())));
    right.forEach(
        record -> {
          if (left.get(record.digest()).isEmpty()) {
            comparison.differ("record " + hex(record) + " is only in " + right.name());
          }
        });
    if (!indexes(left).equals(indexes(right))) {
      comparison.differ("the secondary indexes differ");
    }
    return comparison;
  }

  private static Map<String, StoredIndex> indexes(EmbeddedNamespace namespace) {
    Map<String, StoredIndex> indexes = new TreeMap<>();
    for (StoredIndex index : namespace.indexes()) {
      indexes.put(
          index.name(),
          new StoredIndex(
              "",
              index.set(),
              index.name(),
              index.bin(),
              index.type(),
              index.collection(),
              index.context(),
              index.expression()));
    }
    return indexes;
  }

  private void compare(StoredRecord source, Optional<StoredRecord> found) {
    if (found.isEmpty()) {
      differ("record " + hex(source) + " is missing");
      return;
    }
    StoredRecord target = found.get();
    if (source.set().equals(target.set())
        && source.keyType() == target.keyType()
        && Arrays.equals(source.key(), target.key())
        && isSameVoidTime(source.voidTime(), target.voidTime())
        && bins(source).equals(bins(target))) {
      equal++;
      bins += source.bins().size();
    } else {
      differ(source + " became " + target);
    }
  }

  private boolean isSameVoidTime(long source, long target) {
    if (source == target) {
      return true;
    }
    boolean isLate = source != 0 && target > source && target - source <= MAX_LATE_SECONDS;
    if (isLate) {
      late++;
    }
    return isLate;
  }

  private static Map<String, StoredBin> bins(StoredRecord record) {
    Map<String, StoredBin> bins = new HashMap<>();
    record.bins().forEach(bin -> bins.put(bin.name(), bin));
    return bins;
  }

  private void differ(String what) {
    different++;
    if (differences.size() < MAX_SHOWN) {
      differences.add(what);
    }
  }

  private static String hex(StoredRecord record) {
    return HexFormat.of().formatHex(record.digest());
  }

  /** Records that are the same in both. */
  long equal() {
    return equal;
  }

  /** Bins of those records. */
  long bins() {
    return bins;
  }

  /** Records among the equal ones whose void time is a second or two later. */
  long late() {
    return late;
  }

  /** How many differences there are. */
  long different() {
    return different;
  }

  /** The first differences, one line each. */
  List<String> differences() {
    return differences;
  }
}
