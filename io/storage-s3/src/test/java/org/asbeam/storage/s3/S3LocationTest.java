package org.asbeam.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3LocationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3://bucket | bucket | '' | s3://bucket",
        "s3://bucket/ | bucket | '' | s3://bucket",
        "s3://bucket/a | bucket | a/ | s3://bucket/a",
        "s3://bucket/a/b// | bucket | a/b/ | s3://bucket/a/b",
        "s3a://bucket/a | bucket | a/ | s3a://bucket/a",
        "s3n://bucket/a | bucket | a/ | s3n://bucket/a",
        "S3://bucket/a | bucket | a/ | S3://bucket/a",
        "s3://my.bucket_-0/a | my.bucket_-0 | a/ | s3://my.bucket_-0/a",
        "s3://bucket/a b/%41 | bucket | a b/%41/ | s3://bucket/a b/%41",
        "s3://bucket/a?b#c:d@e | bucket | a?b#c:d@e/ | s3://bucket/a?b#c:d@e",
        "s3://bucket/ü/..a/... | bucket | ü/..a/.../ | s3://bucket/ü/..a/...",
      })
  void isTakenLiterally(String location, String bucket, String root, String text) throws Exception {
    assertThat(S3Location.parse(location)).isEqualTo(new S3Location(bucket, root, text));
    try (Store store = Stores.open(location)) {
      assertThat(store.location()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3:",
        "s3:bucket/a",
        "s3:/bucket/a",
        "s3://",
        "s3:///a",
        "s3://bu cket/a",
        "s3://bücket/a",
        "s3://bucket:9000/a",
        "s3://-bucket/a",
        "s3://bucket//a",
        "s3://bucket/a//b",
        "s3://bucket/a/./b",
        "s3://bucket/..",
        "s3://bucket/a/\0/b",
        "s3://bucket/a//b\n",
      })
  void whatIsNoFolderIsRefusedWithWhatToWrite(String location) {
    assertThat(
            Bucket.failure(
                StoreException.Kind.OTHER,
                () -> new S3StoreProvider().open(location, StoreAccess.DEFAULT)))
        .message()
        .containsPattern("write (s3://BUCKET/FOLDER|it without)")
        .doesNotContain("\0");
  }

  @Test
  void credentialsInALocationAreNotRepeated() {
    assertThat(
            Bucket.failure(
                StoreException.Kind.OTHER, () -> Stores.open("s3://AKIAKEY:s3cr3t@bucket/a")))
        .message()
        .contains("s3://...@bucket", "s3-access-key-id")
        .doesNotContain("AKIAKEY")
        .doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3x://bucket", "/s3://bucket", "gs://bucket", "s3", "https://s3.aws/b"})
  void othersAreLeftToOthers(String location) {
    assertThat(new S3StoreProvider().handles(location)).isFalse();
  }
}
