package org.asbeam.storage.hdfs;

import java.io.IOException;
import java.nio.file.Path;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreContract;
import org.asbeam.storage.Stores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract by the web interface of HDFS. */
class WebHdfsStoreTest extends StoreContract {
  @TempDir static Path local;

  private static Cluster cluster;

  private String folder;

  @BeforeAll
  static void start() throws IOException {
    cluster = Cluster.start(local);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Override
  protected Store open() throws Exception {
    if (folder == null) {
      folder = "webhdfs://" + cluster.webAddress() + cluster.newFolder();
    }
    return Stores.open(folder, StoreAccess.of(Cluster.IMPATIENT));
  }
}
