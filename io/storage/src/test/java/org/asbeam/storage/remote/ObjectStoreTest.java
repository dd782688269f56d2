package org.asbeam.storage.remote;

import org.asbeam.storage.Store;
import org.asbeam.storage.StoreContract;

/** An object store keeps the contract, whatever its pages' size. */
final class ObjectStoreTest extends StoreContract {
  private final MemoryObjects objects = new MemoryObjects().withPages(3);

  @Override
  protected Store open() {
    return new ObjectStore(objects, "memory://bucket/some/folder", "some/folder/");
  }
}
