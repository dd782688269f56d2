package org.asbeam.storage;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The stores that programs of this process lend. An id is random, so none is taken for another. */
final class LentStores {
  static final String SCHEME = "lent";

  private static final Map<String, StoreFactory> LENT = new ConcurrentHashMap<>();

  private LentStores() {}

  static StoreLoan lend(StoreFactory factory) {
    String id = UUID.randomUUID().toString();
    LENT.put(id, factory);
    return new StoreLoan() {
      @Override
      public String location(String name) {
        return SCHEME + ":" + id + ":" + name;
      }

      @Override
      public void close() {
        LENT.remove(id);
      }
    };
  }

  /**
   * @param location {@code lent:ID:NAME}
   */
  static Store open(String location) throws StoreException {
    String[] parts = location.split(":", 3);
    StoreFactory factory = parts.length == 3 ? LENT.get(parts[1]) : null;
    if (factory == null) {
      throw new StoreException(
          StoreException.Kind.OTHER,
          location,
          "this process lends no such store: a store that a program passes in works only in its"
              + " own process, as long as it is lent; where workers are others, name a path or URI",
          null);
    }
    return factory.open(parts[2]);
  }
}
