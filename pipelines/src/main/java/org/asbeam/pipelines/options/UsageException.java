package org.asbeam.pipelines.options;

import java.util.List;

/**
 * Options that are misspelt, out of range, missing or contradict each other: all of them at once.
 */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  public UsageException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line each: what is wrong, and what to do. */
  public List<String> problems() {
    return problems;
  }
}
