package org.asbeam.storage.azure;

import static org.asbeam.storage.azure.Azurite.failure;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreException.Kind;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.Stores;
import org.asbeam.storage.remote.Patience;
import org.junit.jupiter.api.Test;

class AzureSettingsTest {
  private static AzureSettings of(Map<String, String> values) throws StoreException {
    return AzureSettings.of("az://con/x", StoreSettings.of(values));
  }

  private static StoreException notOpened(String location, Map<String, String> values) {
    return failure(
        Kind.OTHER, () -> Stores.open(location, StoreAccess.of(StoreSettings.of(values))).close());
  }

  @Test
  void defaults() throws Exception {
    AzureSettings settings = of(Map.of());
    assertThat(settings.account()).isEmpty();
    assertThat(settings.endpoint()).isEmpty();
    assertThat(settings.tier()).isEmpty();
    assertThat(settings.partBytes()).isEqualTo(5242880);
    assertThat(settings.partsAtOnce()).isEqualTo(1);
    assertThat(settings.checksums()).isTrue();
    assertThat(settings.mostRequests()).isEqualTo(64);
    assertThat(settings.patience())
        .isEqualTo(
            new Patience(
                100, Duration.ofSeconds(1), Duration.ofSeconds(90), 2, Duration.ofSeconds(600)));
    assertThat(settings.readPatience())
        .isEqualTo(
            new Patience(
                3, Duration.ofSeconds(1), Duration.ofSeconds(90), 2, Duration.ofSeconds(600)));
    assertThat(settings.pollInterval()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void allAreRead() throws Exception {
    AzureSettings settings =
        of(
            Map.ofEntries(
                Map.entry("azure-account-name", "acct"),
                Map.entry("azure-endpoint", "http://127.0.0.1:1234/acct/"),
                Map.entry("azure-access-tier", "p4"),
                Map.entry("azure-block-size", "1000"),
                Map.entry("azure-upload-concurrency", "4"),
                Map.entry("azure-calculate-checksum", "false"),
                Map.entry("azure-max-conns-per-host", "7"),
                Map.entry("azure-request-timeout", "PT10S"),
                Map.entry("azure-retry-timeout", "PT20S"),
                Map.entry("azure-retry-max-attempts", "5"),
                Map.entry("azure-retry-delay", "PT2S"),
                Map.entry("azure-retry-max-delay", "PT30S"),
                Map.entry("azure-retry-read-max-attempts", "6"),
                Map.entry("azure-retry-read-backoff", "PT3S"),
                Map.entry("azure-retry-read-multiplier", "1.5"),
                Map.entry("azure-rehydrate-poll-duration", "PT7S")));
    assertThat(settings.account()).contains("acct");
    assertThat(settings.endpoint()).contains(URI.create("http://127.0.0.1:1234/acct"));
    assertThat(settings.tier()).contains("P4");
    assertThat(settings.partBytes()).isEqualTo(1000);
    assertThat(settings.partsAtOnce()).isEqualTo(4);
    assertThat(settings.checksums()).isFalse();
    assertThat(settings.mostRequests()).isEqualTo(7);
    assertThat(settings.patience())
        .isEqualTo(
            new Patience(
                5, Duration.ofSeconds(2), Duration.ofSeconds(30), 2, Duration.ofSeconds(10)));
    assertThat(settings.readPatience())
        .isEqualTo(
            new Patience(
                6, Duration.ofSeconds(3), Duration.ofSeconds(30), 1.5, Duration.ofSeconds(10)));
    assertThat(settings.pollInterval()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void theShorterTimeCounts() throws Exception {
    assertThat(of(Map.of("azure-retry-timeout", "PT9S")).patience().limit()).hasSeconds(9);
    assertThat(of(Map.of("azure-retry-timeout", "PT0S")).patience().limit()).hasSeconds(600);
    assertThat(
            of(Map.of("azure-retry-timeout", "PT9S", "azure-request-timeout", "PT8S"))
                .readPatience()
                .limit())
        .hasSeconds(8);
  }

  @Test
  void allProblemsAreSaidAtOnce() {
    StoreException e =
        notOpened(
            "az://con/x",
            Map.ofEntries(
                Map.entry("azure-endpoint", "https://acct.blob.core.windows.net/?sig=SECRET"),
                Map.entry("azure-access-tier", "Warm"),
                Map.entry("azure-block-size", "0"),
                Map.entry("azure-upload-concurrency", "many"),
                Map.entry("azure-max-conns-per-host", "-1"),
                Map.entry("azure-request-timeout", "PT0S"),
                Map.entry("azure-retry-timeout", "soon"),
                Map.entry("azure-retry-max-attempts", "0"),
                Map.entry("azure-retry-delay", "PT-1S"),
                Map.entry("azure-retry-read-multiplier", "0.5"),
                Map.entry("azure-tenant-id", "t"),
                Map.entry("azure-rehydrate-poll-duration", "1 min")));
    for (String word :
        new String[] {
          "azure-endpoint is no endpoint: write https://HOST",
          "azure-access-tier 'Warm' is none of Archive, Cold, Cool, Hot, P4",
          "azure-block-size 0 is not from 1 to 2147483639",
          "azure-upload-concurrency 'many' is no whole number",
          "azure-max-conns-per-host -1 is not from 1",
          "azure-request-timeout PT0S is not from PT0.001S",
          "azure-retry-timeout 'soon' is no time",
          "azure-retry-max-attempts 0 is not from 1",
          "azure-retry-delay PT-1S is not from PT0S",
          "azure-retry-read-multiplier 0.5 is not 1 or more",
          "azure-client-id and azure-client-secret must be given",
          "azure-rehydrate-poll-duration '1 min'"
        }) {
      assertThat(e).hasMessageContaining(word);
    }
    assertThat(e.getMessage()).doesNotContain("SECRET");
  }

  @Test
  void aBlockHasRoomInAnArray() throws Exception {
    assertThat(of(Map.of("azure-block-size", "2147483639")).partBytes()).isEqualTo(2147483639);
    assertThat(failure(Kind.OTHER, () -> of(Map.of("azure-block-size", "2147483640"))))
        .hasMessageContaining("2147483640 is not from 1 to 2147483639");
  }

  @Test
  void whatCannotBeOpenedIsSaid() {
    assertThat(notOpened("az://con/x", Map.of()))
        .hasMessageContaining("set azure-account-name or azure-endpoint");
    assertThat(notOpened("az://con/x", Map.of("azure-account-name", "a/b")))
        .hasMessageContaining("is no account");
    assertThat(notOpened("azfs://acct/con/x", Map.of("azure-account-name", "other")))
        .hasMessageContaining("azure-account-name is 'other'");
    assertThat(notOpened("azfs://acct/con/x", Map.of("azure-account-key", "not base64!")))
        .hasMessageContaining("azure-account-key")
        .hasMessageNotContaining("not base64!");
    assertThat(
            notOpened(
                "azfs://acct/con/x", Map.of("azure-sas-token", "sv=2022&sp=r SECRET&sig=x y")))
        .hasMessageContaining("azure-sas-token")
        .hasMessageNotContaining("SECRET");
    assertThat(notOpened("azfs://acct/con/x", Map.of("azure-sas-token", "sv=2022")))
        .hasMessageContaining("azure-sas-token");
    assertThat(
            notOpened(
                "az://con/x",
                Map.of("azure-endpoint", "https://proxy.example.com", "azure-account-key", "a2V5")))
        .hasMessageContaining("azure-account-key needs azure-account-name");
    assertThat(notOpened("azfs://acct/con/x", Map.of("azure-endpoint", "http://127.0.0.1:1/acct")))
        .hasMessageContaining("tokens are sent over https only");
    assertThat(notOpened("azfs://acct/con/x", Map.of("azure-account-key", "env:NO_SUCH_VARIABLE")))
        .hasMessageContaining("NO_SUCH_VARIABLE");
  }

  @Test
  void openingNeedsNoNetwork() throws Exception {
    for (String location :
        new String[] {
          "azfs://acct/con/x/",
          "wasbs://con@acct.blob.core.windows.net/x",
          "https://acct.blob.core.windows.net/con/x"
        }) {
      // Nothing is set: the surroundings would be asked for a token, by the first request.
      try (Store store = Stores.open(location, StoreAccess.DEFAULT)) {
        assertThat(location).startsWith(store.location());
        assertThat(store.largestFile()).isEqualTo(5242880L * 50_000);
      }
    }
  }
}
