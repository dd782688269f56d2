package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSpecTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "db1                     | db1:3000",
        "db1:3100                | db1:3100",
        "db1:cert                | db1:cert:3000",
        "db1:cert:4333           | db1:cert:4333",
        "10.0.0.1:3001           | 10.0.0.1:3001",
        "[::1]                   | [::1]:3000",
        "[fe80::1]:3100          | [fe80::1]:3100",
        "[fe80::1]:cert:3100     | [fe80::1]:cert:3100",
      })
  void readsASeed(String seed, String whole) {
    assertThat(SeedHost.parse(seed, 3000)).singleElement().hasToString(whole);
  }

  @Test
  void readsSeveralSeeds() {
    assertThat(SeedHost.parse("a, b:1,c:tls:2", 7))
        .containsExactly(
            new SeedHost("a", "", 7), new SeedHost("b", "", 1), new SeedHost("c", "tls", 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "a,",
        ":3000",
        "a:",
        "a::3000",
        "a:b:c:d",
        "[::1",
        "[::1]3000",
        "a:0",
        "a:65536",
        "a:999999",
        "a:t:x",
        "[]:3000"
      })
  void refusesWhatIsNoSeed(String seeds) {
    assertThatThrownBy(() -> ConnectionSpec.of(seeds))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("seed");
  }

  @Test
  void refusesNumbersOutOfRange() {
    ConnectionSpec spec = ConnectionSpec.of("a");
    assertThatThrownBy(() -> spec.withDefaultPort(0)).hasMessageContaining("port 0");
    assertThatThrownBy(() -> spec.withConnectTimeoutMillis(0)).hasMessageContaining("timeout");
    assertThatThrownBy(() -> spec.withTendIntervalMillis(249)).hasMessageContaining("250 ms");
    assertThatThrownBy(() -> spec.withMaxConnectionsPerNode(0)).hasMessageContaining("connections");
  }

  @Test
  void travelsWithAJob() throws Exception {
    ConnectionSpec spec =
        ConnectionSpec.of("a:1,b:2").withClusterName("prod").withServicesAlternate(true);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(spec);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(spec);
    }
  }
}
