package org.asbeam.storage;

import org.junit.jupiter.api.BeforeEach;

/** The store that the other tests use is one. */
final class MemoryStoreTest extends StoreContract {
  private final MemoryStore store = new MemoryStore();

  @BeforeEach
  void startEmpty() throws StoreException {
    org.assertj.core.api.Assertions.assertThat(store.list("")).isEmpty();
  }

  @Override
  protected Store open() {
    return store;
  }
}
