package org.asbeam.storage;

import java.net.URI;

/**
 * Opens the stores of a kind; found by {@link java.util.ServiceLoader}, so that a store with an SDK
 * of its own is a module of its own.
 */
public interface StoreProvider {
  /**
   * @param scheme of a URI, in lower case, for example {@code s3}
   */
  boolean handles(String scheme);

  /**
   * Opens a folder, which need not exist.
   *
   * @param location a URI of a scheme that this provider handles
   */
  Store open(URI location) throws StoreException;
}
