package org.asbeam.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.asbeam.storage.StoreException;
import org.junit.jupiter.api.Test;

final class GcsLocationTest {
  @Test
  void aLocationIsTakenLiterally() throws Exception {
    assertThat(GcsLocation.parse("gs://bucket/a b/%41?x=1#ö"))
        .isEqualTo(new GcsLocation("bucket", "a b/%41?x=1#ö/", "gs://bucket/a b/%41?x=1#ö"));
    assertThat(GcsLocation.parse("gcs://b.example.com/backups"))
        .isEqualTo(new GcsLocation("b.example.com", "backups/", "gcs://b.example.com/backups"));
    assertThat(GcsLocation.parse("GS://bucket"))
        .isEqualTo(new GcsLocation("bucket", "", "GS://bucket"));
  }

  @Test
  void slashesAtTheEndAreDropped() throws Exception {
    assertThat(GcsLocation.parse("gs://bucket/"))
        .isEqualTo(new GcsLocation("bucket", "", "gs://bucket"));
    assertThat(GcsLocation.parse("gs://bucket/a/b//"))
        .isEqualTo(new GcsLocation("bucket", "a/b/", "gs://bucket/a/b"));
  }

  @Test
  void whatNamesNoFolderIsRefused() {
    for (String location :
        List.of(
            "gs:",
            "gs://",
            "gs:///",
            "gs:///a",
            "gs:/bucket/a",
            "gs:bucket",
            "gs://b//a",
            "gs://b/a//c",
            "gs://b/./a",
            "gs://b/..",
            "gs://b/a\nc")) {
      assertThatThrownBy(() -> GcsLocation.parse(location))
          .as(location)
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(StoreException.Kind.OTHER);
                assertThat(e.getMessage()).contains("write").doesNotContain("\n");
              });
    }
  }

  @Test
  void theProviderKnowsItsSchemes() {
    GcsStoreProvider provider = new GcsStoreProvider();
    assertThat(List.of("gs://b/x", "gcs://b", "GS://b", "gs:b")).allMatch(provider::handles);
    assertThat(List.of("s3://b/x", "gsx://b", "/gs://b", "https://storage.googleapis.com/b"))
        .noneMatch(provider::handles);
    assertThat(provider.isLastResort()).isFalse();
  }
}
