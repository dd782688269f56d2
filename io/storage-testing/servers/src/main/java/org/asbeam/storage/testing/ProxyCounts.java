package org.asbeam.storage.testing;

import java.util.Map;
import java.util.TreeMap;

/** Numbers by name. */
final class ProxyCounts {
  private final Map<String, Long> counts = new TreeMap<>();

  synchronized void add(String name) {
    counts.merge(name, 1L, Long::sum);
  }

  synchronized Map<String, Long> copy() {
    return new TreeMap<>(counts);
  }

  synchronized void clear() {
    counts.clear();
  }
}
