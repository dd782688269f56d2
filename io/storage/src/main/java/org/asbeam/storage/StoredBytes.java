package org.asbeam.storage;

import java.util.zip.CRC32C;

/** Writes to a store's output and keeps the checksums of the block in work and of the file. */
final class StoredBytes {
  private final StoreOutput output;
  private final CRC32C block = new CRC32C();
  private long blockStart;
  private int file;

  StoredBytes(StoreOutput output) {
    this.output = output;
  }

  void write(byte[] bytes, int offset, int count) throws StoreException {
    output.write(bytes, offset, count);
    block.update(bytes, offset, count);
  }

  long position() {
    return output.position();
  }

  /** Where the block in work starts. */
  long blockStart() {
    return blockStart;
  }

  /**
   * Ends the block in work.
   *
   * @return the checksum of its bytes
   */
  int endBlock() {
    int crc = (int) block.getValue();
    file = Crc32c.combine(file, crc, position() - blockStart);
    block.reset();
    blockStart = position();
    return crc;
  }

  /** The checksum of all blocks that were ended. */
  int fileCrc() {
    return file;
  }
}
