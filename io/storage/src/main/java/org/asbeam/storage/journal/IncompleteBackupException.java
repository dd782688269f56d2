package org.asbeam.storage.journal;

import java.io.IOException;

/** A backup that lacks something that it must have; it is not committed. */
public final class IncompleteBackupException extends IOException {
  private static final long serialVersionUID = 1L;

  public IncompleteBackupException(String message) {
    super(message);
  }
}
