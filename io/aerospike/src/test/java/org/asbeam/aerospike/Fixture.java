package org.asbeam.aerospike;

import com.aerospike.client.AerospikeClient;
import com.aerospike.client.Bin;
import com.aerospike.client.Host;
import com.aerospike.client.Key;
import com.aerospike.client.policy.ClientPolicy;
import com.aerospike.client.policy.WritePolicy;
import com.aerospike.client.query.PartitionFilter;
import com.aerospike.client.query.RecordSet;
import com.aerospike.client.query.Statement;
import java.util.HexFormat;
import java.util.TreeSet;

/** A cluster for a test, a lease of ours on it, and the client of everybody else as its oracle. */
final class Fixture implements AutoCloseable {
  /** Names a real server, {@code host:port}; tests of the contract then run there as well. */
  static final String SERVER_VARIABLE = "ASBEAM_TEST_SERVER";

  static final String NAMESPACE = "test";

  final ClusterClient client;
  final AerospikeClient oracle;

  Fixture(String seeds) throws ClusterException {
    client = ClusterClients.acquire(ConnectionSpec.of(seeds).withTendIntervalMillis(250));
    ClientPolicy policy = new ClientPolicy();
    policy.tendInterval = 250;
    oracle = new AerospikeClient(policy, Host.parseHosts(seeds, 3000));
  }

  static String realServer() {
    return System.getenv(SERVER_VARIABLE);
  }

  /** Writes records with a user key that is stored for every second one. */
  void put(String set, int count) {
    WritePolicy policy = new WritePolicy();
    for (int i = 0; i < count; i++) {
      policy.sendKey = i % 2 == 0;
      oracle.put(policy, key(set, i), new Bin("i", i), new Bin("s", "value " + i));
    }
  }

  static Key key(String set, int number) {
    return new Key(NAMESPACE, set.isEmpty() ? null : set, "key " + number);
  }

  /** The digests that the client's own query finds. */
  TreeSet<String> digests(String set) {
    TreeSet<String> digests = new TreeSet<>();
    Statement statement = new Statement();
    statement.setNamespace(NAMESPACE);
    statement.setSetName(set.isEmpty() ? null : set);
    try (RecordSet records = oracle.queryPartitions(null, statement, PartitionFilter.all())) {
      while (records.next()) {
        digests.add(hex(records.getKey().digest));
      }
    }
    return digests;
  }

  static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  void delete(String set) {
    oracle.truncate(null, NAMESPACE, set, null);
  }

  @Override
  public void close() {
    client.close();
    oracle.close();
    ClusterClients.closeIdle();
  }
}
