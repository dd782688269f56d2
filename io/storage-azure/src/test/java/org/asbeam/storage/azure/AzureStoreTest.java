package org.asbeam.storage.azure;

import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreContract;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.Stores;
import org.asbeam.storage.testing.AzuriteServer;
import org.asbeam.storage.testing.StoreKind;
import org.asbeam.storage.testing.StoreServers;
import org.junit.jupiter.api.BeforeAll;

class AzureStoreTest extends StoreContract {
  private static AzuriteServer server;

  private String folder;

  @BeforeAll
  static void startServer() {
    StoreServers.require(StoreKind.AZURE);
    server = AzuriteServer.shared();
  }

  @Override
  protected Store open() throws Exception {
    if (folder == null) {
      folder = server.newFolder();
    }
    return Stores.open(folder, StoreAccess.of(StoreSettings.of(server.settings())));
  }
}
