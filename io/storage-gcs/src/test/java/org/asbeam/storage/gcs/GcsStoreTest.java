package org.asbeam.storage.gcs;

import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreContract;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.Stores;
import org.asbeam.storage.testing.FakeGcsServer;
import org.asbeam.storage.testing.StoreKind;
import org.asbeam.storage.testing.StoreServers;
import org.junit.jupiter.api.BeforeAll;

/** A bucket of fake-gcs-server keeps the contract. */
final class GcsStoreTest extends StoreContract {
  private static FakeGcsServer server;
  private String folder;

  @BeforeAll
  static void startServer() {
    StoreServers.require(StoreKind.GCS);
    server = FakeGcsServer.shared();
  }

  @Override
  protected Store open() throws StoreException {
    if (folder == null) {
      folder = server.newFolder();
    }
    return Stores.open(folder, StoreAccess.of(StoreSettings.of(server.settings())));
  }
}
