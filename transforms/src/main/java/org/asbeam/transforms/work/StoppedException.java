package org.asbeam.transforms.work;

import java.io.IOException;

/** The work was given up because the run was stopped: by a person, or by a failure elsewhere. */
public final class StoppedException extends IOException {
  private static final long serialVersionUID = 1L;

  public StoppedException() {
    super("the run was stopped");
  }
}
