package org.asbeam.aerospike;

import com.aerospike.client.policy.TlsPolicy;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.asbeam.aerospike.ClusterException.Kind;

/**
 * What {@link TlsSpec} describes, with its files read: makes sockets, for the client and for us.
 */
final class TlsContext {
  private static final char[] IN_MEMORY = new char[0];

  private final TlsSpec spec;
  private final TlsPolicy policy = new TlsPolicy();
  private final NotingKeyManager keys;

  private TlsContext(TlsSpec spec, SSLContext context, NotingKeyManager keys) {
    this.spec = spec;
    this.keys = keys;
    policy.context = context;
    policy.protocols = TlsProtocols.parse(spec.protocols()).toArray(String[]::new);
  }

  /**
   * Reads the files.
   *
   * @return null if the specification is without TLS
   * @throws ClusterException of kind CONFIGURATION naming the file that is wrong, and why
   */
  static TlsContext of(TlsSpec spec, Credentials credentials) throws ClusterException {
    if (!spec.enabled()) {
      return null;
    }
    PemFiles files = new PemFiles(credentials);
    List<X509Certificate> trusted = new ArrayList<>();
    if (!spec.caFile().isEmpty()) {
      trusted.addAll(files.certificates("the CA file", spec.caFile()));
    }
    if (!spec.caPath().isEmpty()) {
      trusted.addAll(files.certificatesIn("the CA folder", spec.caPath()));
    }
    try {
      NotingKeyManager keys = new NotingKeyManager(ownKeys(spec, files));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {keys},
          new TrustManager[] {new ExplainingTrustManager(trustManager(trusted))},
          null);
      return new TlsContext(spec, context, keys);
    } catch (GeneralSecurityException | IOException e) {
      throw e instanceof ClusterException ours
          ? ours
          : new ClusterException(
              Kind.TLS, "TLS can't be set up in this JVM: " + SeedProbe.oneLine(e), e);
    }
  }

  private static X509ExtendedTrustManager trustManager(List<X509Certificate> trusted)
      throws GeneralSecurityException, IOException {
    KeyStore store = null;
    if (!trusted.isEmpty()) {
      store = emptyStore();
      for (int i = 0; i < trusted.size(); i++) {
        store.setCertificateEntry("ca-" + i, trusted.get(i));
      }
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
  }

  /** The client's certificate and key, or null if it has none. */
  private static X509ExtendedKeyManager ownKeys(TlsSpec spec, PemFiles files)
      throws GeneralSecurityException, IOException {
    if (spec.certFile().isEmpty()) {
      return null;
    }
    List<X509Certificate> chain = files.certificates("the certificate file", spec.certFile());
    PrivateKey key = files.key(spec.keyFile());
    if (!belong(key, chain.get(0))) {
      throw new ClusterException(
          Kind.CONFIGURATION,
          "the key file "
              + shown(spec.keyFile())
              + " holds another key than that of the certificate in "
              + shown(spec.certFile())
              + " (of '"
              + chain.get(0).getSubjectX500Principal()
              + "'); the client's own certificate must come first");
    }
    KeyStore store = emptyStore();
    store.setKeyEntry("client", key, IN_MEMORY, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, IN_MEMORY);
    return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static boolean belong(PrivateKey key, X509Certificate certificate) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC", "ECDSA" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          case "RSASSA-PSS", "Ed25519", "Ed448", "EdDSA" -> key.getAlgorithm();
          default -> "SHA256with" + key.getAlgorithm();
        };
    try {
      byte[] sample = {1, 2, 3};
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(sample);
      byte[] signature = signer.sign();
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(certificate.getPublicKey());
      verifier.update(sample);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String shown(String file) {
    return SecretSource.isReference(file) ? SecretSource.describe(file) : "'" + file + "'";
  }

  /** For the client. */
  TlsPolicy policy() {
    return policy;
  }

  /** An unconnected socket, with everything as the client has it. */
  SSLSocket socket() throws IOException {
    SSLSocket socket = (SSLSocket) policy.context.getSocketFactory().createSocket();
    socket.setEnabledProtocols(policy.protocols);
    return socket;
  }

  /** The name that must be in a seed's certificate. */
  String name(SeedHost seed) {
    if (!seed.tlsName().isEmpty()) {
      return seed.tlsName();
    }
    return spec.name().isEmpty() ? seed.name() : spec.name();
  }

  /** The versions of TLS, for messages. */
  String protocols() {
    return String.join(", ", policy.protocols);
  }

  /** Whether any server has asked for a certificate of the client. */
  boolean wasAskedForCertificate() {
    return keys.wasAsked();
  }

  /** The file of the client's certificate for messages; empty: it has none. */
  String certificateFile() {
    return spec.certFile().isEmpty() ? "" : shown(spec.certFile());
  }

  /** What is trusted, for messages. */
  String trusted() {
    List<String> places = new ArrayList<>();
    if (!spec.caFile().isEmpty()) {
      places.add("the CA file " + shown(spec.caFile()));
    }
    if (!spec.caPath().isEmpty()) {
      places.add("the CA folder '" + spec.caPath() + "'");
    }
    return places.isEmpty()
        ? "this JVM's list (no CA file was given)"
        : String.join(" or ", places);
  }
}
