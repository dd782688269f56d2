package org.asbeam.storage;

import java.io.IOException;

/**
 * The stored bytes of a file are not what they must be. No other try will help: the file must come
 * from another copy.
 */
public class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final String ADVICE =
      "; take the file from another copy, or make the backup again";

  private final String file;
  private final long offset;
  private final String what;

  /**
   * @param file the whole path, as a person writes it
   * @param offset the stored byte where it shows, or where the part that is damaged starts
   * @param what what is wrong, one line without path and offset
   */
  public DamagedFileException(String file, long offset, String what) {
    this(file, offset, what, ADVICE, null);
  }

  DamagedFileException(String file, long offset, String what, Throwable cause) {
    this(file, offset, what, ADVICE, cause);
  }

  DamagedFileException(String file, long offset, String what, String advice, Throwable cause) {
    super(file + ": at byte " + offset + ": " + what + advice, cause);
    this.file = file;
    this.offset = offset;
    this.what = what;
  }

  public String file() {
    return file;
  }

  /** The stored byte where the damage shows, or where the part that is damaged starts. */
  public long offset() {
    return offset;
  }

  public String what() {
    return what;
  }
}
