package org.asbeam.storage.azure;

import java.io.IOException;
import org.asbeam.storage.remote.Problem;

/** A request that the service refused, or that could not be made, with what it means. */
final class AzureFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final String code;

  /**
   * @param code the service's word for it; empty: it has none
   */
  AzureFailure(Problem problem, String code, Throwable cause) {
    super(problem.text(), cause);
    this.problem = problem;
    this.code = code;
  }

  Problem problem() {
    return problem;
  }

  String code() {
    return code;
  }

  /** The same failure with another meaning. */
  AzureFailure as(Problem.Kind kind, String text) {
    return new AzureFailure(new Problem(kind, text), code, this);
  }
}
