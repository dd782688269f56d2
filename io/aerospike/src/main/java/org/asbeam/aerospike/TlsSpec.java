package org.asbeam.aerospike;

import java.io.Serializable;

/**
 * How connections are encrypted, and by what server and client know each other. A value without
 * secrets; start from {@link #NONE} or {@link #ON}. The files are read where the client is made: on
 * every worker.
 *
 * @param enabled whether to use TLS at all; if not, everything else is without meaning
 * @param name the name in the servers' certificate for seeds that give none; empty: their host name
 * @param caFile a PEM file with the certificates to trust, empty: none
 * @param caPath a folder whose PEM files are all trusted, empty: none. Without file and folder,
 *     what the JVM trusts is trusted.
 * @param certFile a PEM file with the client's certificate and those that lead to its issuer,
 *     empty: the client has none
 * @param keyFile a PEM file with the key of the client's certificate
 * @param keyPassword a reference to the password of the key file, for {@link SecretSource}; empty:
 *     the key is not encrypted
 * @param protocols which versions of TLS to use, as Apache's {@code SSLProtocol} has it: {@code
 *     all}, {@code TLSv1.3}, {@code +TLSv1.2 +TLSv1.3}, {@code all -TLSv1}
 */
public record TlsSpec(
    boolean enabled,
    String name,
    String caFile,
    String caPath,
    String certFile,
    String keyFile,
    String keyPassword,
    String protocols)
    implements Serializable {
  /** {@code --tls-protocols} of the peers when it is not given. */
  public static final String DEFAULT_PROTOCOLS = "+TLSv1.2";

  /** No TLS. */
  public static final TlsSpec NONE = new TlsSpec(false, "", "", "", "", "", "", DEFAULT_PROTOCOLS);

  /** TLS with what the JVM trusts, and without a certificate of the client. */
  public static final TlsSpec ON = NONE.withEnabled(true);

  /**
   * @throws IllegalArgumentException if the protocols can't be read or none is left
   */
  public TlsSpec {
    TlsProtocols.parse(protocols);
  }

  public TlsSpec withEnabled(boolean value) {
    return new TlsSpec(value, name, caFile, caPath, certFile, keyFile, keyPassword, protocols);
  }

  public TlsSpec withName(String value) {
    return new TlsSpec(enabled, value, caFile, caPath, certFile, keyFile, keyPassword, protocols);
  }

  public TlsSpec withCaFile(String path) {
    return new TlsSpec(enabled, name, path, caPath, certFile, keyFile, keyPassword, protocols);
  }

  public TlsSpec withCaPath(String path) {
    return new TlsSpec(enabled, name, caFile, path, certFile, keyFile, keyPassword, protocols);
  }

  /** The client's certificate and its key. */
  public TlsSpec withCertificate(String certPath, String keyPath) {
    return new TlsSpec(enabled, name, caFile, caPath, certPath, keyPath, keyPassword, protocols);
  }

  public TlsSpec withKeyPassword(String reference) {
    return new TlsSpec(enabled, name, caFile, caPath, certFile, keyFile, reference, protocols);
  }

  public TlsSpec withProtocols(String value) {
    return new TlsSpec(enabled, name, caFile, caPath, certFile, keyFile, keyPassword, value);
  }

  /** Without the reference, which may be a secret in disguise ({@code b64:}). */
  @Override
  public String toString() {
    return enabled
        ? "TlsSpec[name=%s, caFile=%s, caPath=%s, certFile=%s, keyFile=%s, protocols=%s]"
            .formatted(name, caFile, caPath, certFile, keyFile, protocols)
        : "TlsSpec[none]";
  }
}
