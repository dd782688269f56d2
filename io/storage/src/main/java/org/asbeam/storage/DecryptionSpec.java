package org.asbeam.storage;

import java.io.Serializable;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.crypto.KeyReference;
import org.asbeam.storage.secrets.SecretException;
import org.asbeam.storage.secrets.Secrets;

/**
 * What a person gave to read encrypted files. Holds no secret: it may travel.
 *
 * @param encryption the encryption that the files must have; null: each is looked at
 * @param key where the key is; null: there is none
 */
public record DecryptionSpec(Encryption encryption, KeyReference key) implements Serializable {
  /** Nothing: files that are not encrypted are read. */
  public static final DecryptionSpec NONE = new DecryptionSpec(null, null);

  /**
   * @throws IllegalArgumentException if the two contradict each other
   */
  public DecryptionSpec {
    if (encryption == Encryption.NONE && key != null) {
      throw new IllegalArgumentException(
          "a key contradicts encryption NONE: leave one of them out, each file is looked at");
    }
    if (encryption != null && encryption != Encryption.NONE && key == null) {
      throw new IllegalArgumentException(
          encryption + " needs a key: a file, an environment variable or a secret");
    }
  }

  /**
   * Fetches the key, on the machine that reads.
   *
   * @param compression the compression that the files must have; null: each is looked at
   * @throws SecretException if there is no key where it should be
   */
  public Decryption open(Secrets secrets, Compression.Codec compression) throws SecretException {
    Decryption keys = key == null ? Decryption.none() : Decryption.of(key.resolveAll(secrets));
    return keys.withEncryption(encryption).withCompression(compression);
  }
}
