package org.asbeam.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HdfsServerTest {
  @Test
  void makesFolders() throws Exception {
    StoreServers.require(StoreKind.HDFS);
    String endpoint;
    try (HdfsServer server = HdfsServer.startWithPermissions()) {
      endpoint = server.endpoint();
      assertThat(server.settings()).isEmpty();
      String folder = server.newFolder();
      assertThat(folder).matches(endpoint + "/f-[0-9a-f]+/x");
      assertThat(server.newFolder()).isNotEqualTo(folder);
    }
    FaultyProxyTest.assertNobodyListens(endpoint);
  }
}
