package org.asbeam.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.remote.Patience;
import org.junit.jupiter.api.Test;

final class GcsSettingsTest {
  private static GcsSettings of(Map<String, String> values) {
    return GcsSettings.of(StoreSettings.of(values));
  }

  @Test
  void theDefaultsAreThoseOfTheOptions() {
    Duration limit = Duration.ofSeconds(600);
    Duration longest = Duration.ofSeconds(90);
    assertThat(of(Map.of()))
        .isEqualTo(
            new GcsSettings(
                "https://storage.googleapis.com",
                false,
                Optional.empty(),
                5 << 20,
                true,
                64,
                new Patience(100, Duration.ofSeconds(1), longest, 2, limit),
                new Patience(3, Duration.ofSeconds(1), longest, 2, limit)));
  }

  @Test
  void everySettingIsRead() {
    Duration limit = Duration.ofSeconds(30);
    Duration longest = Duration.ofSeconds(4);
    assertThat(
            of(
                Map.ofEntries(
                    Map.entry("gcp-endpoint-override", "http://127.0.0.1:4443/"),
                    Map.entry("gcp-key-path", "/etc/key.json"),
                    Map.entry("gcp-chunk-size", "1000000"),
                    Map.entry("gcp-calculate-checksum", "false"),
                    Map.entry("gcp-max-conns-per-host", "7"),
                    Map.entry("gcp-request-timeout", "PT30S"),
                    Map.entry("gcp-retry-max-attempts", "5"),
                    Map.entry("gcp-retry-init-backoff", "PT2S"),
                    Map.entry("gcp-retry-max-backoff", "PT4S"),
                    Map.entry("gcp-retry-backoff-multiplier", "1.5"),
                    Map.entry("gcp-retry-read-max-attempts", "6"),
                    Map.entry("gcp-retry-read-backoff", "PT3S"),
                    Map.entry("gcp-retry-read-multiplier", "1.25"))))
        .isEqualTo(
            new GcsSettings(
                "http://127.0.0.1:4443",
                true,
                Optional.of("/etc/key.json"),
                4 * (256 << 10),
                false,
                7,
                new Patience(5, Duration.ofSeconds(2), longest, 1.5, limit),
                new Patience(6, Duration.ofSeconds(3), longest, 1.25, limit)));
  }

  @Test
  void chunksAreMultiplesOfTheUnit() {
    assertThat(of(Map.of("gcp-chunk-size", "1")).chunkBytes()).isEqualTo(256 << 10);
    assertThat(of(Map.of("gcp-chunk-size", "262144")).chunkBytes()).isEqualTo(256 << 10);
    assertThat(of(Map.of("gcp-chunk-size", "262145")).chunkBytes()).isEqualTo(512 << 10);
    assertThat(of(Map.of("gcp-chunk-size", "536870912")).chunkBytes()).isEqualTo(512 << 20);
  }

  @Test
  void theLargestFileIsTheServices() throws Exception {
    try (var store =
        new GcsStoreProvider().open("gs://bucket/x", StoreAccess.of(StoreSettings.NONE))) {
      assertThat(store.largestFile()).isEqualTo(5L << 40);
      assertThat(store.archive()).isEmpty();
      assertThat(store.location()).isEqualTo("gs://bucket/x");
    }
  }

  @Test
  void thePathOfTheApiMayEndAnEndpoint() {
    assertThat(of(Map.of("gcp-endpoint-override", "https://host/storage/v1/")).endpoint())
        .isEqualTo("https://host");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    Map<String, String> values =
        Map.ofEntries(
            Map.entry("gcp-endpoint-override", "127.0.0.1:4443"),
            Map.entry("gcp-chunk-size", "0"),
            Map.entry("gcp-calculate-checksum", "maybe"),
            Map.entry("gcp-max-conns-per-host", "many"),
            Map.entry("gcp-request-timeout", "PT0S"),
            Map.entry("gcp-retry-max-attempts", "0"),
            Map.entry("gcp-retry-init-backoff", "PT-1S"),
            Map.entry("gcp-retry-max-backoff", "90"),
            Map.entry("gcp-retry-backoff-multiplier", "0.5"),
            Map.entry("gcp-retry-read-max-attempts", "99999999999"),
            Map.entry("gcp-retry-read-backoff", "P100D"),
            Map.entry("gcp-retry-read-multiplier", "NaN"));
    assertThatThrownBy(() -> of(values))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(
            e -> {
              for (String name : values.keySet()) {
                assertThat(e).hasMessageContaining(name);
              }
              assertThat(e.getMessage()).doesNotContain("\n");
              assertThat(e.getMessage().split("; ")).hasSize(values.size());
            });
    assertThatThrownBy(
            () ->
                new GcsStoreProvider()
                    .open("gs://bucket/x", StoreAccess.of(StoreSettings.of(values))))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.OTHER));
  }

  @Test
  void endpointsThatAreNoneAreRefused() {
    for (String endpoint :
        List.of("ftp://host", "http://", "http://a b", "http://h?x=1", "http://u:p@h", "host")) {
      assertThatThrownBy(() -> of(Map.of("gcp-endpoint-override", endpoint)))
          .as(endpoint)
          .hasMessageContaining("write https://HOST")
          .hasMessageNotContaining("u:p");
    }
  }
}
