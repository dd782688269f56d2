package org.asbeam.storage.hdfs;

import org.asbeam.storage.Store;
import org.asbeam.storage.StoreContract;
import org.asbeam.storage.Stores;
import org.asbeam.storage.testing.HdfsServer;
import org.asbeam.storage.testing.StoreKind;
import org.asbeam.storage.testing.StoreServers;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a server in a process of its own. */
class HdfsStoreTest extends StoreContract {
  private String folder;

  @BeforeAll
  static void requireServer() {
    StoreServers.require(StoreKind.HDFS);
  }

  @Override
  protected Store open() throws Exception {
    if (folder == null) {
      folder = HdfsServer.shared().newFolder();
    }
    return Stores.open(folder);
  }
}
