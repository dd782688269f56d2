package org.asbeam.storage.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/** The key of the encrypted golden files, in its forms. */
public final class Keys {
  private Keys() {}

  public static EncryptionKey golden() {
    return KeyText.ofFile(pem("pkcs8"));
  }

  /** Another one. */
  public static EncryptionKey other() {
    return new EncryptionKey(new byte[32], "other", false);
  }

  /** The key that C makes of a variable with these bytes in base64. */
  public static EncryptionKey rawOf(byte[] bytes) {
    return KeyText.ofRawValue(base64(bytes)).orElseThrow();
  }

  /**
   * @param form {@code pkcs1} or {@code pkcs8}
   */
  public static byte[] pem(String form) {
    try (InputStream in = Keys.class.getResourceAsStream("/golden/keys/key-" + form + ".pem")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static byte[] der(String form) {
    return Pem.parse(pem(form)).get(0).der();
  }

  static byte[] base64(byte[] bytes) {
    return Base64.getEncoder().encode(bytes);
  }
}
