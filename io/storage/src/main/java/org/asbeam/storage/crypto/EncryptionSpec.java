package org.asbeam.storage.crypto;

import java.io.Serializable;
import org.asbeam.storage.secrets.SecretException;
import org.asbeam.storage.secrets.Secrets;

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

  /**
   * Fetches the key, on the machine that writes.
   *
   * @throws SecretException if there is none, or it is no RSA private key
   */
  public FileEncryption open(Secrets secrets) throws SecretException {
    return key == null ? FileEncryption.NONE : FileEncryption.of(mode, key.resolve(secrets));
  }

  @Override
  public String toString() {
    return key == null ? mode.name() : mode + " with " + key;
  }
}
