package org.asbeam.dataflow;

import java.util.List;

/**
 * A job that could not be launched. A main class that ends with it leaves one line for each thing
 * that is wrong, no stack trace, and an exit code that is not 0.
 */
public final class LaunchException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param problems one line each: what is wrong, and what to do
   */
  LaunchException(List<String> problems) {
    super(String.join("\n", problems), null, false, false);
  }

  /** The lines alone: Java prints this text of what a main class throws. */
  @Override
  public String toString() {
    return getMessage();
  }
}
