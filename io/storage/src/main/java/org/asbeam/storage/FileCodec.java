package org.asbeam.storage;

import org.asbeam.storage.crypto.Encryption;

/**
 * The layers around a file's ASB text, as its bytes show them.
 *
 * @param compression under the encryption
 * @param encryption NONE if there is none
 */
public record FileCodec(Compression.Codec compression, Encryption encryption) {
  /** For messages: {@code plain}, or what a reader must undo first, last. */
  @Override
  public String toString() {
    boolean plain = compression == Compression.Codec.NONE;
    if (encryption == Encryption.NONE) {
      return plain ? "plain" : "compressed with zstd";
    }
    return (plain ? "" : "compressed with zstd and ") + "encrypted with " + encryption;
  }
}
