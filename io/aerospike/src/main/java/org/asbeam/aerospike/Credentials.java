package org.asbeam.aerospike;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secrets of a specification, resolved: what is only handed on to where a client is made, and
 * never kept, printed or compared in the clear.
 */
final class Credentials {
  /** Of this process, so that a fingerprint says nothing to another one. */
  private static final byte[] SALT = new byte[16];

  static {
    new SecureRandom().nextBytes(SALT);
  }

  private final byte[] password;
  private final byte[] keyPassword;

  private Credentials(byte[] password, byte[] keyPassword) {
    this.password = password;
    this.keyPassword = keyPassword;
  }

  /**
   * @throws IOException from the source, if it can't resolve a reference
   */
  static Credentials resolve(ConnectionSpec spec, SecretSource secrets) throws IOException {
    boolean usesPassword = spec.authMode() != AuthMode.PKI && !spec.user().isEmpty();
    return new Credentials(
        usesPassword ? resolve(spec.password(), secrets) : new byte[0],
        spec.tls().enabled() ? resolve(spec.tls().keyPassword(), secrets) : new byte[0]);
  }

  private static byte[] resolve(String reference, SecretSource secrets) throws IOException {
    return reference.isEmpty() ? new byte[0] : secrets.secret(reference);
  }

  /** The user's password. */
  String password() {
    return new String(password, StandardCharsets.UTF_8);
  }

  /** The password of the client's key; empty: there is none. */
  char[] keyPassword() {
    return StandardCharsets.UTF_8.decode(ByteBuffer.wrap(keyPassword)).toString().toCharArray();
  }

  /** Equal for equal secrets, and telling nothing of them. */
  String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(SALT);
      digest.update(ByteBuffer.allocate(4).putInt(password.length).flip());
      digest.update(password);
      digest.update(keyPassword);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "Credentials";
  }
}
