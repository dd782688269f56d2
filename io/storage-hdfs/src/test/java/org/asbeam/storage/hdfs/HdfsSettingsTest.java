package org.asbeam.storage.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HdfsSettingsTest {
  private static final HdfsLocation LOCATION = new HdfsLocation("hdfs", "host", "/x");

  @TempDir Path folder;

  private static HdfsSettings of(StoreSettings settings) throws StoreException {
    return HdfsSettings.of(LOCATION, settings, Map.of());
  }

  @Test
  void nothingNeedBeSet() throws Exception {
    HdfsSettings settings = of(StoreSettings.NONE);
    assertThat(settings.configuration()).isEmpty();
    assertThat(settings.user()).isEmpty();
    assertThat(settings.patience().attempts()).isEqualTo(100);
    assertThat(settings.patience().firstPause()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.patience().longestPause()).isEqualTo(Duration.ofSeconds(90));
    assertThat(settings.patience().multiplier()).isEqualTo(2);
    assertThat(settings.patience().limit()).isEqualTo(Duration.ofSeconds(600));
    assertThat(settings.readPatience().attempts()).isEqualTo(3);
  }

  @Test
  void allIsTaken() throws Exception {
    Path core = write(folder.resolve("core-site.xml"), "a.b", "1");
    Path other = write(folder.resolve("other.xml"), "a.b", "2");
    HdfsSettings settings =
        of(
            StoreSettings.NONE
                .with("hdfs-config", folder + ", " + other)
                .with("hdfs-user", "bob")
                .with("hdfs-request-timeout", "PT20S")
                .with("hdfs-retry-max-attempts", "7")
                .with("hdfs-retry-backoff", "PT2S")
                .with("hdfs-retry-max-backoff", "PT3S"));
    assertThat(settings.configuration()).containsExactly(core, other);
    assertThat(settings.user()).contains("bob");
    assertThat(settings.patience().attempts()).isEqualTo(7);
    assertThat(settings.patience().firstPause()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.patience().longestPause()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.patience().limit()).isEqualTo(Duration.ofSeconds(20));
    assertThat(HdfsConfiguration.of(settings).get("a.b")).as("later files count").isEqualTo("2");
  }

  @Test
  void theEnvironmentNamesAFolder() throws Exception {
    Path core = write(folder.resolve("core-site.xml"), "a.b", "1");
    Map<String, String> environment = Map.of("HADOOP_CONF_DIR", folder.toString());
    assertThat(HdfsSettings.of(LOCATION, StoreSettings.NONE, environment).configuration())
        .containsExactly(core);
    Path other = write(folder.resolve("other.xml"), "a.b", "2");
    StoreSettings set = StoreSettings.NONE.with("hdfs-config", other.toString());
    assertThat(HdfsSettings.of(LOCATION, set, environment).configuration()).containsExactly(other);
    assertThat(
            HdfsSettings.of(
                    LOCATION, StoreSettings.NONE, Map.of("HADOOP_CONF_DIR", folder + "/none"))
                .configuration())
        .isEmpty();
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThatThrownBy(
            () ->
                of(
                    StoreSettings.NONE
                        .with("hdfs-config", folder + "/none")
                        .with("hdfs-request-timeout", "PT0S")
                        .with("hdfs-retry-max-attempts", "0")
                        .with("hdfs-retry-backoff", "1 second")
                        .with("hdfs-retry-max-backoff", "-PT1S")))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.OTHER))
        .hasMessageContainingAll(
            "hdfs-config", "hdfs-request-timeout", "max-attempts", "'1 second'", "max-backoff")
        .hasMessageNotContaining("\n");
  }

  @Test
  void hadoopsOwnTrialsAndTimesAreBounded() throws Exception {
    Path file = write(folder.resolve("x.xml"), "ipc.client.connect.max.retries", "50");
    Path more = write(folder.resolve("y.xml"), "dfs.client.socket-timeout", "0");
    Path less = write(folder.resolve("z.xml"), "ipc.client.connect.timeout", "50");
    Configuration configuration =
        HdfsConfiguration.of(
            of(
                StoreSettings.NONE
                    .with("hdfs-request-timeout", "PT20S")
                    .with("hdfs-config", file + "," + more + "," + less)));
    assertThat(configuration.get("ipc.client.connect.max.retries")).isEqualTo("0");
    assertThat(configuration.get("ipc.client.connect.max.retries.on.timeouts")).isEqualTo("0");
    assertThat(configuration.get("ipc.client.rpc-timeout.ms")).isEqualTo("20000");
    assertThat(configuration.get("dfs.client.socket-timeout")).isEqualTo("20000");
    assertThat(configuration.get("ipc.client.connect.timeout")).isEqualTo("50");
  }

  @Test
  void aConfigurationThatIsNoneIsTold() throws Exception {
    Path file = Files.writeString(folder.resolve("x.xml"), "no xml");
    StoreSettings settings = StoreSettings.NONE.with("hdfs-config", file.toString());
    assertThatThrownBy(() -> Stores.open("hdfs://host/x", StoreAccess.of(settings)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Hadoop's configuration")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aUserIsForClustersWithoutKerberos() throws Exception {
    Path file = write(folder.resolve("x.xml"), "hadoop.security.authentication", "kerberos");
    StoreSettings settings =
        StoreSettings.NONE.with("hdfs-config", file.toString()).with("hdfs-user", "bob");
    assertThatThrownBy(() -> Stores.open("hdfs://host/x", StoreAccess.of(settings)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Kerberos");
  }

  @Test
  void withoutANameNodeThereMustBeADefault() {
    assertThatThrownBy(() -> Stores.open("hdfs:///x"))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll("hdfs:///x", "--hdfs-config");
  }

  @Test
  void openingNeedsNoNetwork() throws Exception {
    try (Store store = Stores.open("hdfs://nobody.invalid:8020/x//")) {
      assertThat(store.location()).isEqualTo("hdfs://nobody.invalid:8020/x");
    }
  }

  private static Path write(Path file, String name, String value) throws Exception {
    return Files.writeString(
        file,
        "<configuration><property><name>"
            + name
            + "</name><value>"
            + value
            + "</value></property></configuration>");
  }
}
