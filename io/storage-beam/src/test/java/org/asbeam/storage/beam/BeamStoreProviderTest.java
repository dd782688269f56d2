package org.asbeam.storage.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeamStoreProviderTest {
  private final BeamStoreProvider provider = new BeamStoreProvider();

  @Test
  void schemesThatBeamKnowsAreHandled() {
    assertThat(provider.isLastResort()).isTrue();
    assertThat(provider.handles("memory://bucket/folder")).isTrue();
    assertThat(provider.handles("MEMORY://bucket/folder")).isTrue();
    assertThat(provider.handles("nobody://bucket/folder")).isFalse();
    assertThat(provider.handles("file:///folder")).isFalse();
    assertThat(provider.handles("/folder")).isFalse();
    assertThatThrownBy(() -> Stores.open("nobody://bucket/folder"))
        .hasMessageContaining("no store knows the scheme 'nobody:'");
  }

  @Test
  void slashesAtTheEndAreDropped() throws Exception {
    assertThat(Stores.open("memory://bucket/a b//").location()).isEqualTo("memory://bucket/a b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory://", "memory://b//x", "memory://b/./x", "memory://b/../x"})
  void pathsThatAreNotPlainAreRefused(String location) {
    assertThatThrownBy(() -> provider.open(location, StoreAccess.DEFAULT))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.OTHER))
        .hasMessageContaining("write the folder's plain path");
  }

  /** A pipeline's options count more than the defaults that are used here. */
  @Test
  void whatAPipelineHasRegisteredStays() throws Exception {
    var options = PipelineOptionsFactory.create();
    FileSystems.setDefaultPipelineOptions(options);
    int before = MemoryFiles.Registrar.REGISTRATIONS.get();
    Stores.open("memory://bucket/folder").close();
    provider.handles("nobody://x/y");
    assertThat(MemoryFiles.Registrar.REGISTRATIONS.get()).isEqualTo(before);
  }
}
