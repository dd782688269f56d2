package org.asbeam.storage.gcs;

import java.io.IOException;

/** A token could not be had, for the reason that the cause is. */
final class GcsTokenException extends IOException {
  private static final long serialVersionUID = 1L;

  GcsTokenException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
