package org.asbeam.storage.crypto;

import java.util.Locale;

/**
 * How backup files are encrypted: AES in counter mode, the layout that all tools share. It keeps
 * others from reading; it does not prove that nobody changed a file.
 */
public enum Encryption {
  NONE(0),
  AES128(16),
  AES256(32);

  private final int keyLength;

  Encryption(int keyLength) {
    this.keyLength = keyLength;
  }

  /** The bytes of its AES key; 0 without encryption. */
  public int keyLength() {
    return keyLength;
  }

  /**
   * Reads {@code none}, {@code aes128} or {@code aes256}, in letters of any case.
   *
   * @throws IllegalArgumentException if it isn't that
   */
  public static Encryption parse(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    for (Encryption mode : values()) {
      if (mode.name().equals(upper)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "an encryption is NONE, AES128 or AES256, not '" + text + "'");
  }
}
