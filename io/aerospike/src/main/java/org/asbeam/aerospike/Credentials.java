package org.asbeam.aerospike;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.asbeam.aerospike.ClusterException.Kind;

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

  /** Longer than any server takes, and short enough for the client's buffers. */
  private static final int MAX_PASSWORD = 1024;

  private final ConnectionSpec spec;
  private final Map<String, byte[]> secrets;

  private Credentials(ConnectionSpec spec, Map<String, byte[]> secrets) {
    this.spec = spec;
    this.secrets = secrets;
  }

  /**
   * @throws IOException from the source, if it can't resolve a reference
   */
  static Credentials resolve(ConnectionSpec spec, SecretSource source) throws IOException {
    Map<String, byte[]> secrets = new LinkedHashMap<>();
    for (String reference : references(spec)) {
      if (!secrets.containsKey(reference)) {
        secrets.put(reference, source.secret(reference));
      }
    }
    byte[] password = secrets.get(spec.password());
    if (password != null && password.length > MAX_PASSWORD) {
      throw new ClusterException(
          Kind.CONFIGURATION,
          "the password of user '"
              + spec.user()
              + "' is "
              + password.length
              + " bytes long, and no password is; check what its reference names");
    }
    return new Credentials(spec, secrets);
  }

  private static List<String> references(ConnectionSpec spec) {
    List<String> references = new ArrayList<>();
    if (spec.authMode() != AuthMode.PKI && !spec.user().isEmpty()) {
      references.add(spec.password());
    }
    TlsSpec tls = spec.tls();
    if (tls.enabled()) {
      references.add(tls.keyPassword());
      for (String file : List.of(tls.caFile(), tls.certFile(), tls.keyFile())) {
        if (SecretSource.isReference(file)) {
          references.add(file);
        }
      }
    }
    references.removeIf(String::isEmpty);
    return references;
  }

  /** The user's password. */
  String password() {
    return text(spec.password());
  }

  /** The password of the client's key; empty: there is none. */
  char[] keyPassword() {
    return text(spec.tls().keyPassword()).toCharArray();
  }

  private String text(String reference) {
    return new String(secrets.getOrDefault(reference, new byte[0]), StandardCharsets.UTF_8);
  }

  /** What a reference stands for, or null if it is none: then it is a path. */
  byte[] content(String referenceOrPath) {
    return secrets.get(referenceOrPath);
  }

  /** Equal for equal secrets, and telling nothing of them. */
  String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(SALT);
      for (byte[] secret : secrets.values()) {
        digest.update(ByteBuffer.allocate(4).putInt(secret.length).flip());
        digest.update(secret);
      }
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
