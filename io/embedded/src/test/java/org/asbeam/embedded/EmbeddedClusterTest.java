package org.asbeam.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.aerospike.client.AerospikeClient;
import com.aerospike.client.BatchRead;
import com.aerospike.client.BatchRecord;
import com.aerospike.client.BatchWrite;
import com.aerospike.client.Bin;
import com.aerospike.client.Key;
import com.aerospike.client.Operation;
import com.aerospike.client.Record;
import com.aerospike.client.policy.ScanPolicy;
import com.aerospike.client.query.PartitionFilter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The embedded cluster as the Java client sees it. */
class EmbeddedClusterTest {
  private EmbeddedCluster cluster;
  private AerospikeClient client;

  @BeforeEach
  void start() {
    cluster = EmbeddedCluster.builder().nodes(3).namespace("test").namespace("bar").start();
    client = Clients.connect(cluster);
  }

  @AfterEach
  void stop() {
    client.close();
    cluster.close();
  }

  @Test
  void theClientFindsAllNodesFromOneSeed() {
    try (AerospikeClient fromOne = Clients.connect("127.0.0.1:" + cluster.port(1))) {
      assertThat(fromOne.getNodeNames())
          .containsExactlyInAnyOrder(cluster.nodeName(0), cluster.nodeName(1), cluster.nodeName(2));
    }
  }

  @Test
  void whatIsPutThroughASocketIsThereWithoutOne() {
    Key key = new Key("test", "users", "ann");

    client.put(null, key, new Bin("age", 42), new Bin("name", "Ann"));

    StoredRecord stored = cluster.namespace("test").get(key.digest).orElseThrow();
    assertThat(stored.set()).isEqualTo("users");
    assertThat(stored.generation()).isEqualTo(1);
    assertThat(stored.bins()).containsExactly(StoredBin.of("age", 42), StoredBin.of("name", "Ann"));
  }

  @Test
  void whatIsPutWithoutASocketIsReadThroughOne() {
    cluster.namespace("test").put("users", "bob", StoredBin.of("age", 7));

    Record record = client.get(null, new Key("test", "users", "bob"));

    assertThat(record.bins).isEqualTo(Map.of("age", 7L));
  }

  @Test
  void aScanOfThreeNodesYieldsEachRecordOnce() {
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      cluster.namespace("test").put("s", i, StoredBin.of("i", i));
    }
    Set<String> seen = ConcurrentHashMap.newKeySet();
    List<String> twice = new ArrayList<>();

    client.scanPartitions(
        new ScanPolicy(),
        PartitionFilter.all(),
        "test",
        "s",
        (key, record) -> {
          String digest = HexFormat.of().formatHex(key.digest);
          if (!seen.add(digest)) {
            synchronized (twice) {
              twice.add(digest);
            }
          }
        });

    assertThat(seen).hasSize(count);
    assertThat(twice).isEmpty();
  }

  @Test
  void aBatchMixesReadsAndWrites() {
    List<BatchRecord> records = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Operation[] ops = {Operation.put(new Bin("i", i))};
      records.add(new BatchWrite(null, new Key("test", "b", i), ops));
    }
    assertThat(client.operate(null, records)).isTrue();
    assertThat(cluster.namespace("test").count("b")).isEqualTo(1000);

    List<BatchRecord> reads = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      reads.add(new BatchRead(null, new Key("test", "b", i), true));
    }
    assertThat(client.operate(null, reads)).isTrue();
    assertThat(reads).allSatisfy(read -> assertThat(read.record.getLong("i")).isNotNegative());
  }
}
