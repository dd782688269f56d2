package org.asbeam.connectors;

import java.io.IOException;

/**
 * A record that no row of a schema can hold, or a row that is no record: one line that says why.
 */
public final class RecordMismatchException extends IOException {
  private static final long serialVersionUID = 1L;

  RecordMismatchException(String message) {
    super(message);
  }
}
