package org.asbeam.storage;

/** A file that is neither ASB text nor zstd: encrypted, or no backup file at all. */
public final class ForeignFileException extends DamagedFileException {
  private static final long serialVersionUID = 1L;

  private ForeignFileException(String file, String what, String advice) {
    super(file, 0, what, advice, null);
  }

  static ForeignFileException withoutKey(String file) {
    return new ForeignFileException(
        file,
        "neither ASB text nor zstd: encrypted with a key that is needed, or no backup file",
        "; give the key, or take the file out of the folder");
  }

  static ForeignFileException withKey(String file) {
    return new ForeignFileException(
        file,
        "wrong key, or not a backup: neither ASB text nor zstd, before and after decryption",
        "; give the key that it was encrypted with, or take the file out of the folder");
  }
}
