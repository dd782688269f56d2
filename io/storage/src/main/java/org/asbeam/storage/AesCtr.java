package org.asbeam.storage;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.crypto.EncryptionKey;

/**
 * The key stream of one file, from any place on. With {@code IV} as a number of 128 bits and {@code
 * E} the encryption of a block:
 *
 * <pre>
 * bytes 0 to 15     E(IV)
 * bytes 16 and on   data XOR E(IV + 1), E(IV + 2), ..., modulo 2^128
 * </pre>
 *
 * <p>Not safe for use by several threads.
 */
final class AesCtr {
  private static final int BLOCK = EncryptedHead.LENGTH;

  /**
   * The JIT compiles the loop over a call's bytes anew while it runs: short calls reach the machine
   * code that has AES instructions soon, and one of many MiB would not.
   */
  private static final int PIECE = 32 * 1024;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKey key;
  private final EncryptedHead head;
  private final long ivHigh;
  private final long ivLow;
  private final Cipher cipher;
  private long position;

  private AesCtr(SecretKey key, EncryptedHead head, byte[] iv) {
    this.key = key;
    this.head = head;
    ByteBuffer bytes = ByteBuffer.wrap(iv);
    this.ivHigh = bytes.getLong();
    this.ivLow = bytes.getLong();
    this.cipher = cipher("AES/CTR/NoPadding");
    start(0);
  }

  /** The key stream of a new file: two files never share one. */
  static AesCtr ofNewFile(EncryptionKey key, Encryption mode) {
    byte[] iv = new byte[BLOCK];
    RANDOM.nextBytes(iv);
    return ofNewFile(key, mode, iv);
  }

  static AesCtr ofNewFile(EncryptionKey key, Encryption mode, byte[] iv) {
    SecretKey aes = key.aes(mode);
    return new AesCtr(aes, EncryptedHead.of(mode, block(Cipher.ENCRYPT_MODE, aes, iv)), iv);
  }

  /** The key stream of a file that is there. */
  static AesCtr of(EncryptionKey key, EncryptedHead head) {
    SecretKey aes = key.aes(head.mode());
    return new AesCtr(aes, head, block(Cipher.DECRYPT_MODE, aes, head.bytes()));
  }

  /** What the file starts with. */
  EncryptedHead head() {
    return head;
  }

  /**
   * Goes to a place.
   *
   * @param to the number of data bytes before it, those of the head not counted
   */
  void seek(long to) {
    if (to != position) {
      start(to);
    }
  }

  private void start(long to) {
    long block = to / BLOCK + 1;
    long low = ivLow + block;
    long high = ivHigh + (Long.compareUnsigned(low, ivLow) < 0 ? 1 : 0);
    byte[] counter = ByteBuffer.allocate(BLOCK).putLong(high).putLong(low).array();
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
      int within = (int) (to % BLOCK);
      if (within > 0) {
        cipher.update(new byte[within]);
      }
    } catch (GeneralSecurityException e) {
      throw impossible(e);
    }
    position = to;
  }

  /** Encrypts or decrypts the next bytes, into another array or in place. */
  void apply(byte[] from, int offset, int count, byte[] to, int toOffset) {
    try {
      for (int done = 0; done < count; ) {
        int n = Math.min(PIECE, count - done);
        cipher.update(from, offset + done, n, to, toOffset + done);
        done += n;
      }
    } catch (GeneralSecurityException e) {
      throw impossible(e);
    }
    position += count;
  }

  private static byte[] block(int direction, SecretKey key, byte[] block) {
    try {
      Cipher cipher = cipher("AES/ECB/NoPadding");
      cipher.init(direction, key);
      return cipher.doFinal(block);
    } catch (GeneralSecurityException e) {
      throw impossible(e);
    }
  }

  private static Cipher cipher(String transformation) {
    try {
      return Cipher.getInstance(transformation);
    } catch (GeneralSecurityException e) {
      throw impossible(e);
    }
  }

  private static IllegalStateException impossible(GeneralSecurityException e) {
    return new IllegalStateException("every JDK has AES in counter mode", e);
  }
}
