package org.asbeam.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.aerospike.client.AerospikeClient;
import com.aerospike.client.Host;
import com.aerospike.client.Key;
import com.aerospike.client.Value;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.aerospike.ScanSpec;
import org.asbeam.aerospike.WriteSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The connectors on a real server, in a set of this test's own. */
@EnabledIfEnvironmentVariable(named = "ASBEAM_TEST_SERVER", matches = ".+")
class RealServerTest {
  private static final String SET = "connectors_test";
  private static final String SEEDS = System.getenv("ASBEAM_TEST_SERVER");

  @Test
  void whatIsWrittenIsRead() {
    List<AerospikeRecord> records = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      records.add(
          AerospikeRecord.builder(SET, Particle.of("key " + i))
              .namespace("test")
              .bin("i", Particle.of(i))
              .bin("d", Particle.of(i / 7.0))
              .bin("s", Particle.of("value " + i))
              .bin("b", Particle.of(new byte[] {(byte) i, 0}))
              .bin("t", Particle.of(i % 2 == 0))
              .build());
    }
    delete(300);
    ConnectionSpec connection = ConnectionSpec.of(SEEDS);
    try {
      TestPipeline writing = Records.pipeline();
      PAssert.that(
              writing
                  .apply(Create.of(records))
                  .apply(
                      AerospikeIO.write()
                          .withConnection(connection)
                          .withWriteSpec(WriteSpec.of("test").withCheckGeneration(false)))
                  .getCounts())
          .satisfies(
              counts -> {
                long written = 0;
                for (var some : counts) {
                  written += some.inserted();
                }
                assertThat(written).isEqualTo(300);
                return null;
              });
      writing.run();

      TestPipeline reading = Records.pipeline();
      Records.areThese(
          reading.apply(
              AerospikeIO.read()
                  .withConnection(connection)
                  .withScanSpec(ScanSpec.of("test").withSet(SET))),
          records);
      reading.run();
    } finally {
      delete(300);
    }
  }

  private static void delete(int count) {
    try (AerospikeClient client = new AerospikeClient(null, Host.parseHosts(SEEDS, 3000))) {
      for (int i = 0; i < count; i++) {
        client.delete(null, new Key("test", SET, Value.get("key " + i)));
      }
    }
  }
}
