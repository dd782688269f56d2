package org.asbeam.storage;

/** What a file's size allows: the same in all stores. */
public final class FileSizes {
  /** The bytes of the largest small file: more than any manifest, less than a worker's heap. */
  public static final int MOST_SMALL = 256 << 20;

  private FileSizes() {}

  /**
   * Checks that a file can be held in memory.
   *
   * @param path the whole path, for the message
   * @throws StoreException of kind OTHER if it has more than {@link #MOST_SMALL} bytes
   */
  public static void checkSmall(String path, long size) throws StoreException {
    if (size > MOST_SMALL) {
      throw new StoreException(
          StoreException.Kind.OTHER,
          path,
          "has " + size + " bytes, more than such a file can have (" + MOST_SMALL + ")",
          null);
    }
  }

  /**
   * Checks that a file can be read from a position.
   *
   * @param path the whole path, for the message
   * @throws StoreException of kind OTHER if the position is not from 0 to the size
   */
  public static void checkPosition(String path, long size, long position) throws StoreException {
    if (position < 0 || position > size) {
      throw new StoreException(
          StoreException.Kind.OTHER,
          path,
          "has " + size + " bytes, so it can't be read from byte " + position,
          null);
    }
  }
}
