package org.asbeam.aerospike;

import org.asbeam.embedded.EmbeddedCluster;

class EmbeddedScanFilterTest extends ScanFilterContract {
  private EmbeddedCluster cluster;

  @Override
  String start() {
    cluster = EmbeddedCluster.builder().nodes(1).namespace(Fixture.NAMESPACE).start();
    return cluster.seeds();
  }

  @Override
  void stop() {
    cluster.close();
  }
}
