package org.asbeam.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.asbeam.storage.MemoryStore;
import org.asbeam.storage.crypto.FileEncryption;
import org.junit.jupiter.api.Test;

class ManifestFileTest {
  /** As versions wrote it that knew no filters; JSON's null is no selection either. */
  @Test
  void aManifestWithoutASelectionIsReadAsOne() throws Exception {
    MemoryStore store = new MemoryStore();
    Manifest written = TestManifests.of("run", FileEncryption.NONE, List.of());
    ManifestFile.write(store, written);
    Manifest read = ManifestFile.read(store).orElseThrow();
    assertThat(read.runId()).isEqualTo("run");
    assertThat(read.selection()).isNull();
  }
}
