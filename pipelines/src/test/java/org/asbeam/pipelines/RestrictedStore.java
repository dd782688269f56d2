package org.asbeam.pipelines;

import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.journal.Removal;

/** A store whose credentials don't allow all. */
final class RestrictedStore extends Delegate {
  private final Removal allowed;

  RestrictedStore(Store store, Removal allowed) {
    super(store);
    this.allowed = allowed;
  }

  @Override
  public void put(String name, byte[] content) throws StoreException {
    if (allowed != Removal.NOTHING) {
      super.put(name, content);
    } else if (!putIfAbsent(name, content)) {
      throw denied(name);
    }
  }

  @Override
  public void delete(String name) throws StoreException {
    if (allowed != Removal.DELETES) {
      throw denied(name);
    }
    super.delete(name);
  }

  private StoreException denied(String name) {
    return new StoreException(
        StoreException.Kind.DENIED, location() + "/" + name, "not allowed", null);
  }
}
