package org.asbeam.storage;

import java.nio.ByteBuffer;
import org.asbeam.storage.crypto.Encryption;

/**
 * What an encrypted file starts with: its initial vector, encrypted as one block. Worth nothing
 * without the key, and no secret.
 *
 * @param mode how the file is encrypted
 * @param high its bytes 0 to 7, big-endian
 * @param low its bytes 8 to 15, big-endian
 */
public record EncryptedHead(Encryption mode, long high, long low) {
  /** The bytes in front of the encrypted text: one block of AES. */
  public static final int LENGTH = 16;

  /**
   * @throws IllegalArgumentException for no encryption, which has no head
   */
  public EncryptedHead {
    if (mode == Encryption.NONE) {
      throw new IllegalArgumentException("a file that is not encrypted has no such head");
    }
  }

  /**
   * @param bytes at least {@value #LENGTH}
   */
  static EncryptedHead of(Encryption mode, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new EncryptedHead(mode, buffer.getLong(), buffer.getLong());
  }

  /** The file's first bytes. */
  byte[] bytes() {
    return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
  }
}
