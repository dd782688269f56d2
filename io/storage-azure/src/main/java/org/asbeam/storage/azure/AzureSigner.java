package org.asbeam.storage.azure;

import java.io.IOException;

/** Proves to the service who makes a request. */
interface AzureSigner {
  /**
   * Adds headers to a request that has all others.
   *
   * @param path the encoded path of the request's URL, with what the endpoint has of it
   */
  void sign(AzureRequest request, String path) throws IOException;

  /** What the URL's query has at its end, encoded; empty: nothing. */
  default String queryEnd() {
    return "";
  }

  /** Told that the service did not accept it. */
  default void refused() {}
}
