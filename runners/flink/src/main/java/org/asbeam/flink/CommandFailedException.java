package org.asbeam.flink;

/** Tells Flink that a command failed. The message is the line that a person would see. */
final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailedException(String message) {
    super(message, null, false, false);
  }
}
