package org.asbeam.storage.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The forms in which a key comes. A file holds PEM. A variable or a secret holds one of
 *
 * <pre>
 * PEM, on several lines or on one
 * base64 of PEM
 * base64 of DER, the body of a PEM block
 * base64 of that once more
 * </pre>
 *
 * <p>all of PKCS#8 or PKCS#1. Errors are {@link IllegalArgumentException}s of one line that shows
 * nothing of the text.
 */
final class KeyText {
  private static final int ID_DIGITS = 16;

  private KeyText() {}

  /** The key in a file's text. */
  static EncryptionKey ofFile(byte[] text) {
    if (new String(text, StandardCharsets.ISO_8859_1).isBlank()) {
      throw new IllegalArgumentException("is empty");
    }
    return ofPem(text);
  }

  /** The key in a variable or a secret. */
  static EncryptionKey ofValue(byte[] value) {
    String text = trimmed(value);
    if (text.contains(Pem.BEGIN)) {
      return ofPem(text.getBytes(StandardCharsets.ISO_8859_1));
    }
    byte[] decoded =
        base64(text)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "is neither PEM (no '-----BEGIN' in it) nor base64 of a key"));
    String inner = new String(decoded, StandardCharsets.ISO_8859_1);
    if (inner.contains(Pem.BEGIN)) {
      return ofPem(decoded);
    }
    return ofDer(base64(inner.strip()).orElse(decoded));
  }

  /**
   * The key that the C tool makes of a variable: the hash of the bytes behind the base64, whatever
   * they are.
   *
   * @return empty if it isn't base64
   */
  static Optional<EncryptionKey> ofRawValue(byte[] value) {
    return base64(new String(value, StandardCharsets.ISO_8859_1).strip())
        .filter(bytes -> bytes.length > 0)
        .map(
            bytes -> {
              byte[] material = sha256(bytes);
              String id = new EncryptionKey(material, "", true).checkValue();
              return new EncryptionKey(material, "raw:" + id.substring(0, ID_DIGITS), true);
            });
  }

  private static String trimmed(byte[] value) {
    if (value.length == 0) {
      throw new IllegalArgumentException("is empty");
    }
    String text = new String(value, StandardCharsets.ISO_8859_1).strip();
    if (text.isEmpty()) {
      throw new IllegalArgumentException("holds nothing but white space");
    }
    return text;
  }

  private static EncryptionKey ofPem(byte[] text) {
    List<Pem> blocks = Pem.parse(text);
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException(
          "holds no PEM block: it starts with '-----BEGIN PRIVATE KEY-----' and ends with"
              + " '-----END PRIVATE KEY-----'");
    }
    Pem first = blocks.get(0);
    if (first.passPhrase()) {
      throw new IllegalArgumentException(
          "holds a key that is locked with a pass phrase: unlock a copy with 'openssl pkey'");
    }
    return ofDer(first.der());
  }

  private static EncryptionKey ofDer(byte[] der) {
    RSAPrivateCrtKey rsa;
    try {
      rsa = PrivateKeys.rsa(der);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("holds " + e.getMessage());
    } finally {
      Arrays.fill(der, (byte) 0);
    }
    byte[] pkcs1 = PrivateKeys.pkcs1(rsa);
    String id = HexFormat.of().formatHex(sha256(PrivateKeys.publicKey(rsa)));
    EncryptionKey key = new EncryptionKey(sha256(pkcs1), id.substring(0, ID_DIGITS), false);
    Arrays.fill(pkcs1, (byte) 0);
    return key;
  }

  /** Padded base64 of the standard alphabet, with line breaks in it. */
  private static Optional<byte[]> base64(String text) {
    String joined = text.replace("\r", "").replace("\n", "");
    if (joined.length() % 4 != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(joined));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
