package org.asbeam.embedded;

import com.aerospike.client.AerospikeClient;
import com.aerospike.client.Host;
import com.aerospike.client.policy.ClientPolicy;

/** Real clients, set up for tests. */
final class Clients {
  private Clients() {}

  static AerospikeClient connect(EmbeddedCluster cluster) {
    return connect(cluster.seeds());
  }

  static AerospikeClient connect(String seeds) {
    ClientPolicy policy = new ClientPolicy();
    policy.timeout = 5_000;
    // The shortest that the client allows: tests wait for changes of the cluster.
    policy.tendInterval = 250;
    return new AerospikeClient(policy, Host.parseHosts(seeds, 3000));
  }
}
