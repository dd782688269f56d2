package org.asbeam.storage.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.asbeam.storage.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HdfsLocationTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "hdfs://host:8020/a/b, hdfs, host:8020, /a/b",
        "HDFS://Host:8020/A//, hdfs, Host:8020, /A",
        "hdfs://nameservice, hdfs, nameservice, ''",
        "hdfs://nameservice/, hdfs, nameservice, ''",
        "hdfs:///a b/%41#x?y, hdfs, '', /a b/%41#x?y",
        "hdfs:///, hdfs, '', ''",
        "viewfs://table/x, viewfs, table, /x",
        "webhdfs://host:9870/x, webhdfs, host:9870, /x",
        "swebhdfs://[::1]:9871/x, swebhdfs, [::1]:9871, /x"
      })
  void locationsAreTakenLiterally(String text, String scheme, String authority, String folder)
      throws Exception {
    assertThat(HdfsLocation.handles(text)).isTrue();
    HdfsLocation location = HdfsLocation.parse(text);
    assertThat(location).isEqualTo(new HdfsLocation(scheme, authority, folder));
    assertThat(location).hasToString(scheme + "://" + authority + folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hdfs:/a",
        "hdfs:a",
        "hdfs://",
        "hdfs://h//a",
        "hdfs://h/a//b",
        "hdfs://h/./a",
        "hdfs://h/a/..",
        "hdfs://h/a:b",
        "hdfs://bob@h/a",
        "hdfs://h h/a",
        "hdfs:////a"
      })
  void othersAreRefusedWithOneLine(String text) {
    assertThatThrownBy(() -> HdfsLocation.parse(text))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.OTHER))
        .hasMessageStartingWith(text + ": ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void otherSchemesAreOthers() {
    assertThat(HdfsLocation.handles("s3://bucket/x")).isFalse();
    assertThat(HdfsLocation.handles("/hdfs")).isFalse();
    assertThat(HdfsLocation.handles("hdfs")).isFalse();
  }
}
