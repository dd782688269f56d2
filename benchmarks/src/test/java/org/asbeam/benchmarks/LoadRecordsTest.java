package org.asbeam.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.aerospike.client.AerospikeClient;
import com.aerospike.client.Host;
import com.aerospike.client.Key;
import com.aerospike.client.Record;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.embedded.EmbeddedCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadRecordsTest {
  @ParameterizedTest
  @EnumSource(RowShape.class)
  void recordsAreFoundByTheirKeys(RowShape shape) throws Exception {
    try (EmbeddedCluster cluster = EmbeddedCluster.builder().nodes(1).namespace("test").start()) {
      ConnectionSpec connection = ConnectionSpec.of(cluster.seeds());

      assertThat(LoadRecords.load(connection, "test", "bench", 1000, shape, 1)).isEqualTo(1000);
      // The same ones again replace them.
      assertThat(LoadRecords.load(connection, "test", "bench", 1000, shape, 1)).isEqualTo(1000);

      try (AerospikeClient client =
          new AerospikeClient(null, Host.parseHosts(cluster.seeds(), 3000))) {
        Record record = client.get(null, new Key("test", "bench", "user00000000999"));
        assertThat(record).isNotNull();
        assertThat(record.bins).isNotEmpty();
        assertThat(client.get(null, new Key("test", "bench", "user00000001000"))).isNull();
      }
    }
  }

  @Test
  void setAndNamespaceAreThoseAskedFor() throws Exception {
    try (EmbeddedCluster cluster = EmbeddedCluster.builder().nodes(1).namespace("test").start()) {
      LoadRecords.main(
          new String[] {
            "--host", cluster.seeds(), "--namespace", "test", "--set", "other", "--records", "10"
          });
      try (AerospikeClient client =
          new AerospikeClient(null, Host.parseHosts(cluster.seeds(), 3000))) {
        assertThat(client.get(null, new Key("test", "other", "user00000000009"))).isNotNull();
      }
    }
  }
}
