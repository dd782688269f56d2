package org.asbeam.transforms.work;

import org.asbeam.storage.journal.Failure;

/** A permanent error: doing the work again will not help before a person has done something. */
public final class WorkException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String hint;

  /**
   * @param message what is wrong and where, one line
   * @param hint what to do, one line; empty if the message says all
   */
  public WorkException(ErrorCode code, String message, String hint, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.hint = hint;
  }

  public WorkException(ErrorCode code, String message, String hint) {
    this(code, message, hint, null);
  }

  /** The error that a failure in a journal tells of. */
  public static WorkException of(Failure failure) {
    return new WorkException(ErrorCode.valueOf(failure.code()), failure.message(), failure.hint());
  }

  public ErrorCode code() {
    return code;
  }

  public String hint() {
    return hint;
  }
}
