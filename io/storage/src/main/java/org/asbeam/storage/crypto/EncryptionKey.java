package org.asbeam.storage.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of encrypted files. It never leaves the process: it can't be serialised, and neither its
 * text nor an exception shows more than its id.
 *
 * <p>All tools make the AES key from an RSA private key: SHA-256 of its PKCS#1 DER, all 32 bytes
 * for AES-256 and the first 16 for AES-128. Safe for use by several threads.
 */
public final class EncryptionKey {
  private static final byte[] CHECKED = "asbeam key check 1".getBytes(StandardCharsets.US_ASCII);

  private static final int CHECK_BYTES = 16;

  private final byte[] material;
  private final String id;
  private final boolean raw;
  private boolean destroyed;

  /** Takes the array over. */
  EncryptionKey(byte[] material, String id, boolean raw) {
    this.material = material;
    this.id = id;
    this.raw = raw;
  }

  /**
   * Tells a person which key this is, and tells nobody what it is: the first 16 hex digits of the
   * SHA-256 of the public key's DER, as {@code openssl pkey -in KEY.pem -pubout -outform DER |
   * sha256sum} shows them.
   */
  public String id() {
    return id;
  }

  /**
   * Whether it is the hash of an environment variable's bytes as they are: how asbackup before
   * version 5, written in C, takes a key from there. Only ever for reading.
   */
  public boolean raw() {
    return raw;
  }

  /**
   * Proves the key without showing it; a manifest stores it. HMAC-SHA256 of the ASCII text {@code
   * asbeam key check 1} under the 32 bytes of the key, the first 16 bytes of it in hex. The same
   * for AES-128 and AES-256.
   */
  public String checkValue() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret(material.length, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(CHECKED), 0, CHECK_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }

  /**
   * The AES key of a mode.
   *
   * @throws IllegalArgumentException for no encryption
   */
  public SecretKey aes(Encryption mode) {
    if (mode == Encryption.NONE) {
      throw new IllegalArgumentException("no encryption has no key");
    }
    return secret(mode.keyLength(), "AES");
  }

  /** Overwrites the key, which can't be used any more. Copies in ciphers in work live on. */
  public void destroy() {
    synchronized (material) {
      Arrays.fill(material, (byte) 0);
      destroyed = true;
    }
  }

  private SecretKey secret(int length, String algorithm) {
    synchronized (material) {
      if (destroyed) {
        throw new IllegalStateException("the key " + id + " was destroyed");
      }
      return new SecretKeySpec(material, 0, length, algorithm);
    }
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}
