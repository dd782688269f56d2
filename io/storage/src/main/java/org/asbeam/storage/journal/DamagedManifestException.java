package org.asbeam.storage.journal;

import java.io.IOException;

/** A manifest whose bytes are not those that were written. */
public final class DamagedManifestException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedManifestException(String message) {
    super(message);
  }
}
