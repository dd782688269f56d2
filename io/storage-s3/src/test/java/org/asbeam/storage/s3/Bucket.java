package org.asbeam.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.concurrent.Callable;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.Stores;
import org.asbeam.storage.testing.StoreServer;

/** An empty folder on a server, for one test, that is tried again without long pauses. */
final class Bucket {
  static final int PART = S3Settings.LEAST_PART;

  private final String folder;
  private final StoreSettings settings;

  private Bucket(String folder, StoreSettings settings) {
    this.folder = folder;
    this.settings = settings;
  }

  static Bucket on(StoreServer server) {
    return of(server.newFolder(), server.settings());
  }

  static Bucket of(String folder, Map<String, String> settings) {
    return new Bucket(
        folder,
        StoreSettings.of(settings)
            .with("s3-retry-backoff", "PT0.002S")
            .with("s3-retry-max-backoff", "PT0.01S")
            .with("s3-retry-read-backoff", "PT0.002S"));
  }

  Bucket with(String name, String value) {
    return new Bucket(folder, settings.with(name, value));
  }

  /** Another bucket, or the top of this one. */
  Bucket at(String otherFolder) {
    return new Bucket(otherFolder, settings);
  }

  String folder() {
    return folder;
  }

  String name() throws StoreException {
    return S3Location.parse(folder).bucket();
  }

  Store open() throws StoreException {
    return Stores.open(folder, StoreAccess.of(settings));
  }

  S3Connection connection() {
    return new S3Connection(S3Settings.read(settings), StoreAccess.of(settings));
  }

  static byte[] content(int length, int seed) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + (i >>> 10) + seed);
    }
    return bytes;
  }

  /** Writes a file of parts, and commits it. */
  static void write(Store store, String name, byte[] content) throws StoreException {
    try (StoreOutput output = store.create(name)) {
      output.write(content, 0, content.length);
      output.commit();
    }
  }

  /** The failure of a call, in one line. */
  static StoreException failure(StoreException.Kind kind, Callable<?> call) {
    StoreException e = catchThrowableOfType(StoreException.class, call::call);
    assertThat(e).as("nothing failed").isNotNull();
    assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
    assertThat(e.getMessage())
        .doesNotContain("\n")
        .doesNotContain("Exception")
        .doesNotContain("software.amazon");
    return e;
  }
}
