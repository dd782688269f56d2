package org.asbeam.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.Stores;
import org.assertj.core.api.ThrowableAssert;

/** What the tests have in common. */
final class Fixture {
  static final int CHUNK = GcsSettings.CHUNK_UNIT;

  private Fixture() {}

  /** Small chunks, little patience. */
  static StoreSettings settings(Map<String, String> server) {
    return StoreSettings.of(server)
        .with(GcsSettings.CHUNK_SIZE, "1")
        .with(GcsSettings.ATTEMPTS, "6")
        .with(GcsSettings.FIRST_PAUSE, "PT0.002S")
        .with(GcsSettings.LONGEST_PAUSE, "PT0.01S")
        .with(GcsSettings.READ_PAUSE, "PT0.002S")
        .with(GcsSettings.REQUEST_TIMEOUT, "PT30S");
  }

  static StoreSettings settings(String endpoint) {
    return settings(Map.of(GcsSettings.ENDPOINT, endpoint));
  }

  static Store open(String folder, StoreSettings settings) throws StoreException {
    return Stores.open(folder, StoreAccess.of(settings));
  }

  static void write(Store store, String name, byte[] content) throws StoreException {
    try (StoreOutput output = store.create(name)) {
      output.write(content, 0, content.length);
      output.commit();
    }
  }

  static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + (i >>> 8) + (i >>> 16));
    }
    return bytes;
  }

  /** That a call fails, in one line. */
  static StoreException failure(StoreException.Kind kind, ThrowableAssert.ThrowingCallable call) {
    StoreException failure = catchThrowableOfType(StoreException.class, call);
    assertThat(failure).as("no failure").isNotNull();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    assertThat(failure.getMessage()).doesNotContain("\n").doesNotContain("Exception");
    return failure;
  }
}
