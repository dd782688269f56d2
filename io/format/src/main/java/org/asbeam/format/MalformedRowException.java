package org.asbeam.format;

/** The bytes of a row contradict themselves: a length points outside of the row. */
public final class MalformedRowException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  MalformedRowException(String message) {
    super(message);
  }
}
