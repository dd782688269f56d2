package org.asbeam.storage.azure;

import static org.asbeam.storage.azure.Azurite.failure;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.asbeam.storage.StoreException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureLocationTest {
  @ParameterizedTest
  @CsvSource({
    "azfs://acct/con/a/b, acct, '', con, a/b",
    "azfs://acct/con, acct, '', con, ''",
    "AZFS://acct/con//, acct, '', con, ''",
    "az://con/a b/%41/, '', '', con, a b/%41",
    "azblob://con/a?b#c, '', '', con, a?b#c",
    "az://$root/x, '', '', $root, x",
    "wasb://con@acct.blob.core.windows.net/a/, acct, acct.blob.core.windows.net, con, a",
    "wasbs://con@acct.blob.core.windows.net, acct, acct.blob.core.windows.net, con, ''",
    "abfs://con@acct.dfs.core.windows.net/a, acct, acct.blob.core.windows.net, con, a",
    "abfss://con@acct.dfs.core.chinacloudapi.cn/a, acct, acct.blob.core.chinacloudapi.cn, con, a",
    "https://acct.blob.core.windows.net/con/a%20b, acct, acct.blob.core.windows.net, con, a%20b",
    "https://Acct.dfs.core.windows.net/con/a, acct, acct.blob.core.windows.net, con, a",
  })
  void isTakenApart(String text, String account, String host, String container, String path)
      throws Exception {
    assertThat(AzureLocation.isOne(text)).isTrue();
    AzureLocation location = AzureLocation.parse(text);
    assertThat(location.account()).isEqualTo(account);
    assertThat(location.host()).isEqualTo(host);
    assertThat(location.container()).isEqualTo(container);
    assertThat(location.path()).isEqualTo(path);
    assertThat(location.root()).isEqualTo(path.isEmpty() ? "" : path + "/");
    assertThat(location.text()).isEqualTo(text.replaceAll("/+$", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://b/x",
        "https://host/x",
        "https://acct.blob.example.com/con",
        "https://storage.googleapis.com/b/x.blob.core.windows.net",
        "http://acct.blob.core.windows.net/con",
        "/folder",
        "azfs:/x"
      })
  void othersAreLeftAlone(String text) {
    assertThat(AzureLocation.isOne(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "azfs://, account",
    "azfs:///con/x, account",
    "azfs://acct, container",
    "azfs://acct//x, container",
    "az://, container",
    "az:///x, container",
    "az://Con/x, lower-case",
    "az://co/x, 3 to 63",
    "az://a--b/x, single dashes",
    "wasb://con/x, account",
    "wasb://@acct.blob.core.windows.net/x, container",
    "wasb://con@acct.example.com/x, host",
    "abfss://con@acct/x, host",
    "https://acct.blob.core.windows.net, container",
    "az://con/a//b, single slashes",
    "az://con/a/../b, single slashes",
    "az://con/., single slashes",
  })
  void whatCannotBeIsSaid(String text, String why) {
    assertThat(failure(Kind.OTHER, () -> AzureLocation.parse(text)))
        .hasMessageContaining(why)
        .hasMessageStartingWith(text + ": ");
  }

  @Test
  void aSignatureInALocationIsRefusedAndNotRepeated() {
    for (String text :
        List.of(
            "https://acct.blob.core.windows.net/con/x?sv=2022&sig=SECRET",
            "https://acct.blob.core.windows.net/con/x?SECRET",
            "azfs://acct/con/x?sv=2022&sig=SECRET",
            "az://con/x?sig=SECRET")) {
      assertThat(failure(Kind.OTHER, () -> AzureLocation.parse(text)))
          .hasMessageContaining("azure-sas-token")
          .message()
          .doesNotContain("SECRET");
    }
  }

  @Test
  void theAccountIsOneOnly() throws Exception {
    AzureLocation with = AzureLocation.parse("azfs://acct/con/x");
    AzureLocation without = AzureLocation.parse("az://con/x");
    assertThat(with.account(Optional.empty())).contains("acct");
    assertThat(with.account(Optional.of("acct"))).contains("acct");
    assertThat(without.account(Optional.of("other"))).contains("other");
    assertThat(without.account(Optional.empty())).isEmpty();
    assertThat(failure(Kind.OTHER, () -> with.account(Optional.of("other"))))
        .hasMessageContaining("'acct'")
        .hasMessageContaining("azure-account-name is 'other'");
  }
}
