package org.asbeam.storage.crypto;

/** How files are encrypted, and with which key; stays in its process. */
public final class FileEncryption {
  public static final FileEncryption NONE = new FileEncryption(Encryption.NONE, null);

  private final Encryption mode;
  private final EncryptionKey key;

  private FileEncryption(Encryption mode, EncryptionKey key) {
    this.mode = mode;
    this.key = key;
  }

  /**
   * @throws IllegalArgumentException if the mode is no encryption, or the key is only for reading
   */
  public static FileEncryption of(Encryption mode, EncryptionKey key) {
    if (mode == Encryption.NONE || key.raw()) {
      throw new IllegalArgumentException("nothing is encrypted with " + key + " and mode " + mode);
    }
    return new FileEncryption(mode, key);
  }

  public Encryption mode() {
    return mode;
  }

  /**
   * @throws IllegalStateException without encryption
   */
  public EncryptionKey key() {
    if (key == null) {
      throw new IllegalStateException("no encryption has no key");
    }
    return key;
  }

  /** {@link EncryptionKey#id} for the manifest; empty without encryption. */
  public String keyId() {
    return key == null ? "" : key.id();
  }

  /** {@link EncryptionKey#checkValue} for the manifest; empty without encryption. */
  public String keyCheck() {
    return key == null ? "" : key.checkValue();
  }

  @Override
  public String toString() {
    return key == null ? mode.name() : mode + " with " + key;
  }
}
