package org.asbeam.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.Stores;
import org.asbeam.storage.remote.Patience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.Tier;

class S3SettingsTest {
  @Test
  void theDefaultsAreThoseOfTheDocs() {
    assertThat(S3Settings.read(StoreSettings.NONE))
        .isEqualTo(
            new S3Settings(
                "",
                "",
                false,
                Optional.empty(),
                "",
                5 << 20,
                1,
                true,
                64,
                new Patience(
                    100, Duration.ofSeconds(1), Duration.ofSeconds(90), 2, Duration.ofSeconds(600)),
                new Patience(
                    3, Duration.ofSeconds(1), Duration.ofSeconds(90), 2, Duration.ofSeconds(600)),
                Optional.empty(),
                Duration.ofSeconds(60)));
  }

  @Test
  void allOfThemAreRead() {
    StoreSettings settings =
        StoreSettings.of(
            Map.ofEntries(
                Map.entry("s3-region", "eu-west-3"),
                Map.entry("s3-profile", "backup"),
                Map.entry("s3-access-key-id", "env:ID"),
                Map.entry("s3-secret-access-key", "env:SECRET"),
                Map.entry("s3-endpoint-override", "https://minio:9000"),
                Map.entry("s3-storage-class", "glacier_ir"),
                Map.entry("s3-chunk-size", "8388608"),
                Map.entry("s3-upload-concurrency", "4"),
                Map.entry("s3-calculate-checksum", "false"),
                Map.entry("s3-max-conns-per-host", "16"),
                Map.entry("s3-request-timeout", "PT20S"),
                Map.entry("s3-retry-max-attempts", "7"),
                Map.entry("s3-retry-backoff", "PT0.5S"),
                Map.entry("s3-retry-max-backoff", "PT30S"),
                Map.entry("s3-retry-read-max-attempts", "5"),
                Map.entry("s3-retry-read-backoff", "PT0.1S"),
                Map.entry("s3-retry-read-multiplier", "1.5"),
                Map.entry("s3-tier", "bulk"),
                Map.entry("s3-restore-poll-duration", "PT5M")));
    assertThat(S3Settings.read(settings))
        .isEqualTo(
            new S3Settings(
                "eu-west-3",
                "backup",
                true,
                Optional.of(URI.create("https://minio:9000")),
                "GLACIER_IR",
                8 << 20,
                4,
                false,
                16,
                new Patience(
                    7, Duration.ofMillis(500), Duration.ofSeconds(30), 2, Duration.ofSeconds(20)),
                new Patience(
                    5, Duration.ofMillis(100), Duration.ofSeconds(30), 1.5, Duration.ofSeconds(20)),
                Optional.of(Tier.BULK),
                Duration.ofMinutes(5)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3-access-key-id | env:ID | s3-access-key-id is set without s3-secret-access-key",
        "s3-secret-access-key | env:X | s3-secret-access-key is set without s3-access-key-id",
        "s3-endpoint-override | minio:9000 | s3-endpoint-override is no endpoint",
        "s3-endpoint-override | ftp://minio | s3-endpoint-override is no endpoint",
        "s3-endpoint-override | https:// | s3-endpoint-override is no endpoint",
        "s3-endpoint-override | https://a:b@minio | s3-endpoint-override is no endpoint",
        "s3-storage-class | COLD | s3-storage-class 'COLD' is none of STANDARD, ",
        "s3-chunk-size | 5242879 | s3-chunk-size 5242879 is not from 5242880 to 2147483639",
        "s3-chunk-size | 2147483640 | s3-chunk-size 2147483640 is not from",
        "s3-chunk-size | 5MiB | s3-chunk-size '5MiB' is no whole number",
        "s3-upload-concurrency | 0 | s3-upload-concurrency 0 is not from 1 to 64",
        "s3-upload-concurrency | 65 | s3-upload-concurrency 65 is not from 1 to 64",
        "s3-calculate-checksum | yes | s3-calculate-checksum 'yes' is neither true nor false",
        "s3-max-conns-per-host | 0 | s3-max-conns-per-host 0 is not from 1",
        "s3-request-timeout | 600 | s3-request-timeout '600' is no time",
        "s3-request-timeout | PT0S | s3-request-timeout PT0S is not from",
        "s3-request-timeout | PT9999H | s3-request-timeout PT9999H is not from",
        "s3-retry-max-attempts | 0 | s3-retry-max-attempts 0 is not from 1",
        "s3-retry-backoff | -PT1S | s3-retry-backoff PT-1S is not from PT0S",
        "s3-retry-max-backoff | x | s3-retry-max-backoff 'x' is no time",
        "s3-retry-read-max-attempts | 0 | s3-retry-read-max-attempts 0 is not from 1",
        "s3-retry-read-backoff | x | s3-retry-read-backoff 'x' is no time",
        "s3-retry-read-multiplier | 0.9 | s3-retry-read-multiplier 0.9 is not 1 or more",
        "s3-retry-read-multiplier | NaN | s3-retry-read-multiplier NaN is not 1 or more",
        "s3-tier | Fast | s3-tier 'Fast' is none of Standard, Bulk, Expedited",
        "s3-restore-poll-duration | PT0S | s3-restore-poll-duration PT0S is not from",
      })
  void whatCannotBeIsNamed(String name, String value, String problem) {
    assertThatThrownBy(() -> S3Settings.read(StoreSettings.NONE.with(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(problem)
        .message()
        .doesNotContain(";");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STANDARD", "DEEP_ARCHIVE", "OUTPOSTS", "SNOW", "EXPRESS_ONEZONE"})
  void theClassesOfAsbackupAreTaken(String name) {
    assertThat(S3Settings.read(StoreSettings.NONE.with("s3-storage-class", name)).storageClass())
        .isEqualTo(name);
  }

  @Test
  void moreAtOnceThanConnectionsCannotBe() {
    assertThatThrownBy(
            () ->
                S3Settings.read(
                    StoreSettings.NONE
                        .with("s3-upload-concurrency", "8")
                        .with("s3-max-conns-per-host", "4")))
        .hasMessage("s3-upload-concurrency is more than s3-max-conns-per-host");
  }

  @Test
  void allProblemsAreInOneLine() {
    StoreSettings settings =
        StoreSettings.NONE
            .with("s3-tier", "Fast")
            .with("s3-chunk-size", "1")
            .with("s3-access-key-id", "AKIA-NOT-TO-BE-SEEN")
            .with("s3-request-timeout", "soon");
    assertThat(
            Bucket.failure(
                StoreException.Kind.OTHER,
                () -> Stores.open("s3://bucket/a/", StoreAccess.of(settings))))
        .hasMessageStartingWith("s3://bucket/a: can't be opened: ")
        .message()
        .contains("s3-tier", "s3-chunk-size", "s3-secret-access-key", "s3-request-timeout")
        .doesNotContain("AKIA-NOT-TO-BE-SEEN");
  }
}
