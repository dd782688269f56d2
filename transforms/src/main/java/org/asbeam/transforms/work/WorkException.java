package org.asbeam.transforms.work;

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

  public ErrorCode code() {
    return code;
  }

  public String hint() {
    return hint;
  }
}
