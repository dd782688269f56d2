package org.asbeam.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.asbeam.storage.Archive;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects in S3's archives, played by a stub: no server for tests has them. */
class S3ArchiveTest {
  private static final String DONE =
      "ongoing-request=\"false\", expiry-date=\"Fri, 21 Dec 2029 00:00:00 GMT\"";

  private GlacierStub stub;
  private Bucket bucket;

  @BeforeEach
  void startStub() throws Exception {
    stub = new GlacierStub();
    bucket =
        Bucket.of(
            "s3://bucket/x",
            Map.of(
                "s3-endpoint-override",
                stub.endpoint(),
                S3Settings.KEY_ID,
                "id",
                S3Settings.SECRET_KEY,
                "secret"));
    put("x/a-standard", "STANDARD", null, null);
    put("x/b-glacier", "GLACIER", null, null);
    put("x/c-deep", "DEEP_ARCHIVE", null, null);
    put("x/d-tiering", "INTELLIGENT_TIERING", null, null);
    put("x/e-tiering-archive", "INTELLIGENT_TIERING", "ARCHIVE_ACCESS", null);
    put("x/f-taken-out", "GLACIER", null, DONE);
    put("x/g-on-its-way", "GLACIER", null, "ongoing-request=\"true\"");
    put("x/h-instant", "GLACIER_IR", null, null);
  }

  private void put(String key, String storageClass, String status, String restore) {
    stub.put(key, new GlacierStub.Stored(storageClass, status, restore));
  }

  @AfterEach
  void stopStub() {
    stub.close();
  }

  @Test
  void whatCannotBeReadNowIsArchived() throws Exception {
    try (Store store = bucket.open()) {
      assertThat(store.archive().orElseThrow().archived(""))
          .containsExactly("b-glacier", "c-deep", "e-tiering-archive", "g-on-its-way");
      assertThat(store.list("")).hasSize(8);
    }
  }

  @Test
  void readingOneSaysSo() throws Exception {
    try (Store store = bucket.open()) {
      assertThat(Bucket.failure(StoreException.Kind.ARCHIVED, () -> store.get("b-glacier")))
          .hasMessageContaining("it lies in an archive, and must be taken out first");
      assertThat(store.get("f-taken-out")).isEqualTo("abc".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void oneIsTakenOutInTheTierThatIsSet() throws Exception {
    try (Store store = bucket.with("s3-tier", "Bulk").open()) {
      Archive archive = store.archive().orElseThrow();
      assertThat(archive.mayRequest()).isTrue();
      archive.request("b-glacier");
      assertThat(stub.restores())
          .singleElement()
          .asString()
          .startsWith("x/b-glacier ")
          .contains("<Days>7</Days>", "<Tier>Bulk</Tier>");
      assertThat(archive.isReadable("b-glacier")).isFalse();
      archive.request("b-glacier");
      assertThat(stub.restores()).as("asked for once").hasSize(1);
      put("x/b-glacier", "GLACIER", null, DONE);
      assertThat(archive.isReadable("b-glacier")).isTrue();
      archive.request("b-glacier");
      assertThat(stub.restores()).as("it is there").hasSize(1);
      assertThat(store.get("b-glacier")).isEqualTo("abc".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void whatMovedThereByItselfComesBackToStay() throws Exception {
    try (Store store = bucket.with("s3-tier", "Standard").open()) {
      Archive archive = store.archive().orElseThrow();
      archive.request("e-tiering-archive");
      assertThat(stub.restores())
          .singleElement()
          .asString()
          .contains("<Tier>Standard</Tier>")
          .doesNotContain("Days");
      assertThat(archive.isReadable("e-tiering-archive")).isFalse();
      put("x/e-tiering-archive", "INTELLIGENT_TIERING", null, null);
      assertThat(archive.isReadable("e-tiering-archive")).isTrue();
    }
  }

  @Test
  void nothingIsAskedForUnlessItWasSaidHow() throws Exception {
    try (Store store = bucket.open()) {
      Archive archive = store.archive().orElseThrow();
      assertThat(archive.mayRequest()).isFalse();
      assertThat(archive.expectation()).contains("set s3-tier", "Standard", "Bulk", "Expedited");
      assertThat(archive.pollInterval()).isEqualTo(Duration.ofSeconds(60));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Standard, 3 to 5 hours, 12 from DEEP_ARCHIVE",
    "bulk, 5 to 12 hours, 48 from DEEP_ARCHIVE",
    "EXPEDITED, 1 to 5 minutes, nothing out of DEEP_ARCHIVE",
  })
  void howLongItTakesIsSaid(String tier, String most, String deep) throws Exception {
    try (Store store =
        bucket.with("s3-tier", tier).with("s3-restore-poll-duration", "PT1S").open()) {
      Archive archive = store.archive().orElseThrow();
      assertThat(archive.expectation()).contains(most, deep);
      assertThat(archive.pollInterval()).isEqualTo(Duration.ofSeconds(1));
    }
  }
}
