package org.asbeam.storage;

import java.io.IOException;

/** What a person said of a backup's codec or key does not fit the backup. One line, with a hint. */
public final class CodecException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What does not fit. */
  public enum Kind {
    /** The file is of another codec than was said. */
    CONTRADICTION,
    /** The backup is encrypted, and no key was given. */
    KEY_NEEDED,
    /** The backup's manifest proves that its key is another one. */
    WRONG_KEY
  }

  private final Kind kind;

  /**
   * @param path of the file or folder
   * @param what one line, without the path
   */
  public CodecException(Kind kind, String path, String what) {
    super(path + ": " + what);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
