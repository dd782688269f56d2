package org.asbeam.storage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.crypto.EncryptionKey;

/**
 * What a reader knows of a backup's layers: the key, if a person gave one, and what the person said
 * of them. The layers themselves are found by looking at each file; a word that contradicts the
 * bytes is an error.
 *
 * <p>Stays in its process. Safe for use by several threads.
 */
public final class Decryption {
  private static final Decryption NONE = new Decryption(List.of(), null, null, false, Set.of());

  private final List<EncryptionKey> keys;
  private final Encryption encryption;
  private final Compression.Codec compression;
  private final boolean proved;
  private final Set<String> warnings;

  private Decryption(
      List<EncryptionKey> keys,
      Encryption encryption,
      Compression.Codec compression,
      boolean proved,
      Set<String> warnings) {
    this.keys = List.copyOf(keys);
    this.encryption = encryption;
    this.compression = compression;
    this.proved = proved;
    this.warnings = warnings;
  }

  /** No key, and nothing said. */
  public static Decryption none() {
    return NONE;
  }

  public static Decryption of(EncryptionKey key) {
    return of(List.of(key));
  }

  /**
   * @param keys that the files may be encrypted with, the likeliest first
   */
  public static Decryption of(List<EncryptionKey> keys) {
    return new Decryption(keys, null, null, false, new LinkedHashSet<>());
  }

  /**
   * @param said the encryption that a person says the files have; null: nothing is said
   */
  public Decryption withEncryption(Encryption said) {
    return new Decryption(keys, said, compression, proved, warnings);
  }

  /**
   * @param said the compression that a person says the files have; null: nothing is said
   */
  public Decryption withCompression(Compression.Codec said) {
    return new Decryption(keys, encryption, said, proved, warnings);
  }

  public boolean hasKey() {
    return !keys.isEmpty();
  }

  List<EncryptionKey> keys() {
    return keys;
  }

  /** The key, if a manifest proves that it is the right one. */
  Optional<EncryptionKey> provedKey() {
    return proved ? Optional.of(keys.get(0)) : Optional.empty();
  }

  /** What was said; null: nothing. */
  Encryption encryption() {
    return encryption;
  }

  /** What a person should know of the key, one line each; grows while files are read. */
  public List<String> warnings() {
    synchronized (warnings) {
      return new ArrayList<>(warnings);
    }
  }

  void used(EncryptionKey key) {
    if (key.raw()) {
      synchronized (warnings) {
        warnings.add(
            "the files were encrypted by a tool that takes the bytes of the key's environment"
                + " variable as they are (asbackup before version 5); other tools can't read them"
                + " with this key");
      }
    }
  }

  /**
   * Holds what a person gave against what a manifest says, before any file is read.
   *
   * @param path the backup, for messages
   * @param actual the encryption of the backup
   * @param keyId the id of its key
   * @param keyCheck the check value of its key
   * @return with the right key only
   * @throws CodecException if it doesn't fit
   */
  public Decryption provedBy(String path, Encryption actual, String keyId, String keyCheck)
      throws CodecException {
    checkSaid(path, actual);
    if (actual == Encryption.NONE) {
      return this;
    }
    if (keys.isEmpty()) {
      throw new CodecException(
          CodecException.Kind.KEY_NEEDED,
          path,
          "is encrypted with " + actual + "; give the key, which has the id " + keyId);
    }
    Optional<EncryptionKey> right =
        keys.stream().filter(key -> key.checkValue().equals(keyCheck)).findFirst();
    if (right.isEmpty()) {
      throw new CodecException(
          CodecException.Kind.WRONG_KEY,
          path,
          "wrong key: the given one has the id "
              + keys.get(0).id()
              + ", the backup's has the id "
              + keyId);
    }
    return new Decryption(List.of(right.get()), encryption, compression, true, warnings);
  }

  /** Holds what was said against what a file is. */
  void check(String path, FileCodec actual) throws CodecException {
    checkSaid(path, actual.encryption());
    if (compression != null && compression != actual.compression()) {
      throw new CodecException(
          CodecException.Kind.CONTRADICTION,
          path,
          "is "
              + (actual.compression() == Compression.Codec.ZSTD
                  ? "compressed with zstd"
                  : "not compressed")
              + ", but compression "
              + compression
              + " was said; leave --compress out: each file is looked at");
    }
  }

  private void checkSaid(String path, Encryption actual) throws CodecException {
    if (encryption != null && encryption != actual) {
      throw new CodecException(
          CodecException.Kind.CONTRADICTION,
          path,
          "is "
              + (actual == Encryption.NONE ? "not encrypted" : "encrypted with " + actual)
              + ", but encryption "
              + encryption
              + " was said; leave --encrypt out: each file is looked at");
    }
  }

  @Override
  public String toString() {
    return keys.isEmpty() ? "no key" : keys.toString();
  }
}
