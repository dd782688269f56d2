package org.asbeam.storage;

import java.util.zip.CRC32C;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.crypto.FileEncryption;

/**
 * Writes to a store's output, encrypts on the way, and keeps the checksums of the block in work and
 * of the file: of the bytes as stored.
 */
final class StoredBytes {
  private static final int PIECE = 32 * 1024;

  private final StoreOutput output;
  private final AesCtr cipher;
  private final byte[] piece;
  private final CRC32C block = new CRC32C();
  private long blockStart;
  private int file;

  StoredBytes(StoreOutput output, FileEncryption encryption) {
    this.output = output;
    boolean plain = encryption.mode() == Encryption.NONE;
    this.cipher = plain ? null : AesCtr.ofNewFile(encryption.key(), encryption.mode());
    this.piece = plain ? null : new byte[PIECE];
  }

  /** Writes what an encrypted file starts with; before all else. */
  void begin() throws StoreException {
    if (cipher != null) {
      byte[] head = cipher.head().bytes();
      store(head, 0, head.length);
      endBlock();
    }
  }

  void write(byte[] bytes, int offset, int count) throws StoreException {
    if (cipher == null) {
      store(bytes, offset, count);
      return;
    }
    for (int done = 0; done < count; ) {
      int n = Math.min(PIECE, count - done);
      cipher.apply(bytes, offset + done, n, piece, 0);
      store(piece, 0, n);
      done += n;
    }
  }

  private void store(byte[] bytes, int offset, int count) throws StoreException {
    output.write(bytes, offset, count);
    block.update(bytes, offset, count);
  }

  long position() {
    return output.position();
  }

  /** What the file starts with if it is encrypted; else null. */
  EncryptedHead head() {
    return cipher == null ? null : cipher.head();
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
