package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.function.UnaryOperator;
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
    assertThatThrownBy(() -> spec.withMinConnectionsPerNode(-1)).hasMessageContaining("warm-up");
    assertThatThrownBy(() -> spec.withIdleTimeoutMillis(-1)).hasMessageContaining("idle");
    assertThatThrownBy(() -> spec.withLoginTimeoutMillis(0)).hasMessageContaining("login");
    assertThatThrownBy(() -> spec.withPreferRacks(List.of(1, -1))).hasMessageContaining("rack -1");
    assertThatThrownBy(() -> ConnectionSpec.existing("")).hasMessageContaining("id");
  }

  @Test
  void travelsWithAJob() throws Exception {
    ConnectionSpec spec =
        ConnectionSpec.of("a:1,b:2")
            .withClusterName("prod")
            .withServicesAlternate(true)
            .withUser("ann", "env:PASSWORD")
            .withAuthMode(AuthMode.EXTERNAL)
            .withTls(TlsSpec.ON.withCaFile("/ca.pem").withKeyPassword("file:/p"))
            .withPreferRacks(List.of(2, 1));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(spec);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(spec);
    }
  }

  /** Each part is changed to what no other spec has: no part is lost, and none goes elsewhere. */
  @Test
  void changesOnePartAndKeepsTheOthers() throws Exception {
    List<UnaryOperator<ConnectionSpec>> changes =
        List.of(
            spec -> spec.withDefaultPort(1),
            spec -> spec.withConnectTimeoutMillis(2),
            spec -> spec.withTendIntervalMillis(300),
            spec -> spec.withMaxConnectionsPerNode(4),
            spec -> spec.withMinConnectionsPerNode(3),
            spec -> spec.withClusterName("c"),
            spec -> spec.withServicesAlternate(true),
            spec -> spec.withUser("u", "env:P"),
            spec -> spec.withAuthMode(AuthMode.EXTERNAL),
            spec -> spec.withTls(TlsSpec.ON),
            spec -> spec.withIdleTimeoutMillis(7),
            spec -> spec.withLoginTimeoutMillis(8),
            spec -> spec.withPreferRacks(List.of(9)));
    ConnectionSpec before = ConnectionSpec.of("a");
    ConnectionSpec all = before;
    for (UnaryOperator<ConnectionSpec> change : changes) {
      assertThat(differences(before, change.apply(before))).isBetween(1, 2);
      all = change.apply(all);
    }
    assertThat(differences(before, all)).isEqualTo(changes.size() + 1);
  }

  private static int differences(ConnectionSpec one, ConnectionSpec other) throws Exception {
    int count = 0;
    for (RecordComponent part : ConnectionSpec.class.getRecordComponents()) {
      if (!part.getAccessor().invoke(one).equals(part.getAccessor().invoke(other))) {
        count++;
      }
    }
    return count;
  }

  @Test
  void neverPrintsWhatMayBeASecret() {
    ConnectionSpec spec =
        ConnectionSpec.of("a")
            .withUser("ann", "b64:c2VjcmV0")
            .withTls(TlsSpec.ON.withKeyPassword("b64:c2VjcmV0"));
    assertThat(spec.toString()).contains("ann").doesNotContain("c2VjcmV0");
    assertThat(SecretSource.describe("b64:c2VjcmV0")).doesNotContain("c2VjcmV0");
    assertThat(SecretSource.describe("hunter2")).doesNotContain("hunter2");
    assertThat(SecretSource.describe("env:PASSWORD")).contains("env:PASSWORD");
  }
}
