package org.asbeam.storage;

/** A file that is neither ASB text nor zstd: encrypted, or no backup file at all. */
public final class ForeignFileException extends DamagedFileException {
  private static final long serialVersionUID = 1L;

  ForeignFileException(String file) {
    super(
        file,
        0,
        "neither ASB text nor zstd: encrypted with a key that is needed, or no backup file",
        "; give the key, or take the file out of the folder",
        null);
  }
}
