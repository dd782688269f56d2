package org.asbeam.storage.s3;

import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreContract;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.Stores;
import org.asbeam.storage.testing.S3ProxyServer;
import org.asbeam.storage.testing.StoreKind;
import org.asbeam.storage.testing.StoreServers;
import org.junit.jupiter.api.BeforeEach;

/** The contract of stores, kept in a bucket of S3Proxy. */
class S3StoreTest extends StoreContract {
  private S3ProxyServer server;
  private String folder;

  @BeforeEach
  void needsS3Proxy() {
    StoreServers.require(StoreKind.S3);
  }

  @Override
  protected Store open() throws Exception {
    if (server == null) {
      StoreServers.require(StoreKind.S3);
      server = S3ProxyServer.shared();
      folder = server.newFolder();
    }
    return Stores.open(folder, StoreAccess.of(StoreSettings.of(server.settings())));
  }
}
