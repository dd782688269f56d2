package org.asbeam.storage.gcs;

import java.io.IOException;
import org.asbeam.storage.remote.Problem;

/** An error whose meaning is known where it comes up. */
final class GcsProblem extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  GcsProblem(Problem.Kind kind, String text, Throwable cause) {
    super(text, cause);
    this.problem = new Problem(kind, text);
  }

  GcsProblem(Problem.Kind kind, String text) {
    this(kind, text, null);
  }

  Problem problem() {
    return problem;
  }
}
