package org.asbeam.aerospike;

import org.asbeam.embedded.EmbeddedCluster;

class EmbeddedMetadataTest extends MetadataContract {
  private EmbeddedCluster cluster;

  @Override
  String start() {
    cluster = EmbeddedCluster.builder().nodes(2).namespace(Fixture.NAMESPACE).start();
    return cluster.seeds();
  }

  @Override
  void stop() {
    cluster.close();
  }
}
