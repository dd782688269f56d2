package org.asbeam.embedded;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The UDF modules of a cluster, in the order in which they were registered. */
final class UdfRegistry {
  private final Map<String, StoredUdf> modules = new LinkedHashMap<>();

  synchronized void put(StoredUdf udf) {
    modules.put(udf.name(), udf);
  }

  /** The module of a name, or null. */
  synchronized StoredUdf get(String name) {
    return modules.get(name);
  }

  synchronized void remove(String name) {
    modules.remove(name);
  }

  synchronized List<StoredUdf> all() {
    return List.copyOf(modules.values());
  }
}
