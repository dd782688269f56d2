package org.asbeam.storage;

/**
 * Where a block of a backup file lies, and what is in it. A block is a run of ASB text that ends at
 * the end of a record; the first one has the file's header in front.
 *
 * @param storedOffset its first byte in the file as stored
 * @param storedLength its bytes as stored
 * @param textOffset its first byte in the file's ASB text
 * @param textLength the bytes of its ASB text
 * @param crc32c of its bytes as stored; 0 in an index that was rebuilt
 * @param contents the records in it; empty in an index that was rebuilt
 */
public record Block(
    long storedOffset,
    int storedLength,
    long textOffset,
    int textLength,
    int crc32c,
    BlockContents contents) {
  /** A server's record has at most 128 MiB, which is less than 180 MiB of text. */
  public static final int MAX_TEXT_LENGTH = 1 << 28;

  /** zstd adds at most 1/256 and a few bytes to what it can't compress. */
  static final int MAX_STORED_LENGTH = MAX_TEXT_LENGTH + (1 << 21);

  public long storedEnd() {
    return storedOffset + storedLength;
  }

  public long textEnd() {
    return textOffset + textLength;
  }

  public long records() {
    return contents.records();
  }
}
