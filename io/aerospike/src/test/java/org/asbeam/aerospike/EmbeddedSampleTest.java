package org.asbeam.aerospike;

import org.asbeam.embedded.EmbeddedCluster;

class EmbeddedSampleTest extends SampleContract {
  private EmbeddedCluster cluster;

  @Override
  String start() {
    cluster = EmbeddedCluster.builder().nodes(3).namespace(Fixture.NAMESPACE).start();
    return cluster.seeds();
  }

  @Override
  void stop() {
    cluster.close();
  }
}
