package org.asbeam.storage;

import java.io.IOException;

/** Something that a store could not do, with the path and the kind of cause. */
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, as far as a caller must tell it apart. */
  public enum Kind {
    /** There is no such file or folder. */
    NOT_FOUND,
    /** There is one already. */
    EXISTS,
    /** The rights don't suffice. */
    DENIED,
    /** Disk or quota is full. */
    NO_SPACE,
    /** A folder where a file is needed, or the other way around. */
    WRONG_TYPE,
    /** It lies in an archive, and must be taken out before it can be read. */
    ARCHIVED,
    /** Worth another try: a time-out, a throttled or broken connection. */
    TRANSIENT,
    /** Anything else. */
    OTHER
  }

  private final Kind kind;
  private final String path;

  /**
   * @param path the whole path, as a person writes it
   * @param what what was tried and what came of it, one line without the path
   */
  public StoreException(Kind kind, String path, String what, Throwable cause) {
    super(path + ": " + what, cause);
    this.kind = kind;
    this.path = path;
  }

  public Kind kind() {
    return kind;
  }

  public String path() {
    return path;
  }
}
