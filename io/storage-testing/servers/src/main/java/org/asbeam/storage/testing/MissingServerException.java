package org.asbeam.storage.testing;

/** A storage server is not installed. The message says how to install it. */
public final class MissingServerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MissingServerException(String message) {
    super(message);
  }
}
