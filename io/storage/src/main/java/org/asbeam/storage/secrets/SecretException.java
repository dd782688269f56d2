package org.asbeam.storage.secrets;

import java.io.IOException;

/** A secret that can't be had. One line that names the reference and shows nothing of a secret. */
public final class SecretException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean passing;

  /**
   * @param message one line: which reference, what is wrong, what to do
   * @param passing whether another try may succeed: the Secret Agent did not answer
   */
  public SecretException(String message, boolean passing) {
    super(message);
    this.passing = passing;
  }

  /** Whether another try may succeed: the Secret Agent did not answer. */
  public boolean isTransient() {
    return passing;
  }
}
