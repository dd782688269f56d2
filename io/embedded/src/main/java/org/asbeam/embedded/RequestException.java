package org.asbeam.embedded;

/** A request that is answered with a result code. */
final class RequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int resultCode;

  RequestException(int resultCode, String message) {
    // Part of normal operation: nobody looks at the stack.
    super(message, null, false, false);
    this.resultCode = resultCode;
  }

  static RequestException parameter(String message) {
    return new RequestException(ResultCode.PARAMETER, message);
  }

  int resultCode() {
    return resultCode;
  }
}
