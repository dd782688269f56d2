package org.asbeam.storage.beam;

import org.asbeam.storage.Store;
import org.asbeam.storage.StoreContract;
import org.asbeam.storage.Stores;

/** The contract on a file system that behaves as well as one can. */
class BeamStoreTest extends StoreContract {
  private final String folder = MemoryFiles.newFolder();

  @Override
  protected Store open() throws Exception {
    return Stores.open(folder);
  }
}
