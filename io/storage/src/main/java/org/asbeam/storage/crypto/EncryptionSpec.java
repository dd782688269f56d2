package org.asbeam.storage.crypto;

import java.io.Serializable;

/**
 * How a backup is to be encrypted. Holds no secret: it may travel, and lies in the run's plan.
 *
 * @param mode how
 * @param key where the key is; null without encryption
 */
public record EncryptionSpec(Encryption mode, KeyReference key) implements Serializable {
  public static final EncryptionSpec NONE = new EncryptionSpec(Encryption.NONE, null);

  /**
   * @throws IllegalArgumentException if there is a mode without a key, or a key without a mode
   */
  public EncryptionSpec {
    if (mode == Encryption.NONE && key != null) {
      throw new IllegalArgumentException(
          "an encryption key without an encryption has no effect: choose AES128 or AES256");
    }
    if (mode != Encryption.NONE && key == null) {
      throw new IllegalArgumentException(
          mode + " needs a key: a file, an environment variable or a secret");
    }
  }

  @Override
  public String toString() {
    return key == null ? mode.name() : mode + " with " + key;
  }
}
