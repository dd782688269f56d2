package org.asbeam.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.TreeMap;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.Stores;
import org.asbeam.storage.testing.AzuriteServer;
import org.asbeam.storage.testing.StoreKind;
import org.asbeam.storage.testing.StoreServers;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests do with a server. */
final class Azurite {
  private Azurite() {}

  static AzuriteServer server() {
    StoreServers.require(StoreKind.AZURE);
    return AzuriteServer.shared();
  }

  /**
   * Opens a folder; with short pauses.
   *
   * @param more names and values of settings, an empty value takes one away
   */
  static Store open(AzuriteServer server, String folder, String... more) throws StoreException {
    return open(server.settings(), folder, more);
  }

  static Store open(Map<String, String> settings, String folder, String... more)
      throws StoreException {
    Map<String, String> all = new TreeMap<>(settings);
    all.put(AzureSettings.RETRY_DELAY, "PT0.002S");
    all.put("azure-retry-read-backoff", "PT0.002S");
    all.put(AzureSettings.RETRY_MAX_DELAY, "PT0.01S");
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return Stores.open(folder, StoreAccess.of(StoreSettings.of(all)));
  }

  static String container(String folder) {
    return folder.split("/")[3];
  }

  static void write(Store store, String name, byte[] content) throws StoreException {
    try (StoreOutput output = store.create(name)) {
      output.write(content, 0, content.length);
      output.commit();
    }
  }

  static byte[] pattern(int length, int seed) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + (i >>> 8) + seed);
    }
    return bytes;
  }

  /** Fails with an error of one line. */
  static StoreException failure(StoreException.Kind kind, ThrowingCallable call) {
    StoreException e = catchThrowableOfType(StoreException.class, call);
    assertThat(e).as("something of kind %s", kind).isNotNull();
    assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
    assertThat(e.getMessage()).doesNotContain("\n").doesNotContain("Exception");
    return e;
  }
}
