package org.asbeam.storage.gcs;

import java.util.Locale;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreProvider;
import org.asbeam.storage.remote.ObjectStore;

/**
 * Opens folders in buckets of Google Cloud Storage, {@code gs://BUCKET/FOLDER}.
 *
 * <p>The settings are those of the options {@code gcp-...}. Credentials are the key of {@code
 * gcp-key-path}; without it those of the surroundings (application default credentials), looked up
 * at the first request; none if only {@code gcp-endpoint-override} is set. An open store has
 * connections and no threads, and is released by closing it.
 *
 * <p>A file that is written takes twice {@code gcp-chunk-size} of memory, a file that is read 0.3
 * MiB.
 */
public final class GcsStoreProvider implements StoreProvider {
  @Override
  public boolean handles(String location) {
    String start = location.toLowerCase(Locale.ROOT);
    return GcsLocation.SCHEMES.stream().anyMatch(scheme -> start.startsWith(scheme + ":"));
  }

  @Override
  public Store open(String location, StoreAccess access) throws StoreException {
    GcsLocation folder = GcsLocation.parse(location);
    GcsSettings settings = settings(folder, access);
    GcsHttp http = new GcsHttp(settings, new GcsAuth(settings, access));
    GcsClient client = new GcsClient(folder.bucket(), settings, http);
    return new ObjectStore(client, folder.text(), folder.root());
  }

  private static GcsSettings settings(GcsLocation folder, StoreAccess access)
      throws StoreException {
    try {
      return GcsSettings.of(access.settings());
    } catch (IllegalArgumentException e) {
      throw new StoreException(StoreException.Kind.OTHER, folder.text(), e.getMessage(), e);
    }
  }
}
