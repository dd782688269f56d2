package org.asbeam.storage.s3;

import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreProvider;
import org.asbeam.storage.remote.ObjectStore;

/**
 * Opens folders in buckets of Amazon S3, and of other stores that speak its protocol: {@code
 * s3://BUCKET/FOLDER}. The schemes {@code s3a:} and {@code s3n:} of Hadoop mean the same.
 *
 * <p>Settings begin with {@code s3-}; {@code docs/options.md} has them all. Credentials and a
 * region that are not set are looked for as every tool of AWS does it, when the first request is
 * made.
 */
public final class S3StoreProvider implements StoreProvider {
  @Override
  public boolean handles(String location) {
    return S3Location.handles(location);
  }

  /**
   * @throws StoreException of kind OTHER, one line with all that is wrong, if the location or the
   *     settings can't be so
   */
  @Override
  public Store open(String location, StoreAccess access) throws StoreException {
    S3Location folder = S3Location.parse(location);
    S3Settings settings;
    try {
      settings = S3Settings.read(access.settings());
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          StoreException.Kind.OTHER, folder.text(), "can't be opened: " + e.getMessage(), e);
    }
    S3Connection connection = new S3Connection(settings, access);
    return new ObjectStore(
        new S3ObjectClient(connection, settings, folder.bucket()), folder.text(), folder.root());
  }
}
