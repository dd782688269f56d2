package org.asbeam.storage;

/** What the first bytes of a file say of its layers. */
public enum FileKind {
  /** ASB text. */
  PLAIN,
  /** zstd frames. */
  ZSTD,
  /** Encrypted with a key that is needed, or not a backup file. */
  UNKNOWN,
  /** Zero bytes: damage, since every backup file has a header. */
  EMPTY
}
