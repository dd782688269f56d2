package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsProtocolsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                         | TLSv1.2",
        "+TLSv1.2                   | TLSv1.2",
        "TLSv1.3                    | TLSv1.3",
        "all                        | TLSv1 TLSv1.1 TLSv1.2 TLSv1.3",
        "+TLSv1.3 +TLSv1.2          | TLSv1.2 TLSv1.3",
        "TLSv1.2 +TLSv1.3           | TLSv1.2 TLSv1.3",
        "all -TLSv1                 | TLSv1.1 TLSv1.2 TLSv1.3",
        "all -TLSv1.2               | TLSv1 TLSv1.1 TLSv1.3",
        "all -TLSv1 -TLSv1.1        | TLSv1.2 TLSv1.3",
        "+all,-TLSv1,-TLSv1.1       | TLSv1.2 TLSv1.3",
        "-TLSv1 +TLSv1              | TLSv1",
      })
  void readsVersions(String text, String versions) {
    assertThat(TlsProtocols.parse(text)).containsExactly(versions.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SSLv3            | 'SSLv3'",
        "TLSv1.4          | 'TLSv1.4'",
        "tlsv1.2          | 'tlsv1.2'",
        "+                | none of",
        "TLSv1.2 TLSv1.3  | +TLSv1.3",
        "-TLSv1.2         | no version",
        "all -all         | no version",
      })
  void saysWhatIsNoVersion(String text, String says) {
    assertThatThrownBy(() -> TlsSpec.ON.withProtocols(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(says)
        .hasMessageContaining(text);
  }
}
