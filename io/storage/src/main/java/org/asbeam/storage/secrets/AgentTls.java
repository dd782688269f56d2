package org.asbeam.storage.secrets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.asbeam.storage.crypto.Pem;
import org.asbeam.storage.crypto.PrivateKeys;

/**
 * Whom the connection to the Secret Agent trusts, and as whom it comes.
 *
 * @param context made for this agent only
 */
record AgentTls(SSLContext context) {
  private static final char[] NO_PASSWORD = new char[0];

  static AgentTls of(SecretAgentSpec spec) throws SecretException {
    try {
      KeyStore trusted = empty();
      for (Certificate certificate : certificates("CA file", spec.caFile())) {
        trusted.setCertificateEntry("ca" + trusted.size(), certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own(spec), trust.getTrustManagers(), null);
      return new AgentTls(context);
    } catch (GeneralSecurityException | IOException e) {
      if (e instanceof SecretException secret) {
        throw secret;
      }
      throw new SecretException(
          "TLS to the Secret Agent can't be set up: " + e.getMessage(), false);
    }
  }

  private static KeyManager[] own(SecretAgentSpec spec)
      throws GeneralSecurityException, IOException {
    if (spec.certFile().isEmpty()) {
      return new KeyManager[0];
    }
    KeyStore own = empty();
    Certificate[] chain = certificates("certificate", spec.certFile()).toArray(Certificate[]::new);
    own.setKeyEntry("own", key(spec.keyFile()), NO_PASSWORD, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, NO_PASSWORD);
    return keys.getKeyManagers();
  }

  private static PrivateKey key(String file) throws SecretException {
    String what = "the key " + file + " for the Secret Agent ";
    for (Pem block : Pem.parse(read("key", file))) {
      if (block.passPhrase()) {
        throw new SecretException(
            what + "is locked with a pass phrase: unlock a copy with 'openssl pkey'", false);
      }
      if (block.type().endsWith("PRIVATE KEY")) {
        try {
          return PrivateKeys.any(block.der());
        } catch (IllegalArgumentException e) {
          throw new SecretException(what + "holds " + e.getMessage(), false);
        }
      }
    }
    throw new SecretException(what + "holds no private key in PEM", false);
  }

  private static List<Certificate> certificates(String role, String file) throws SecretException {
    List<Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Pem block : Pem.parse(read(role, file))) {
        if (block.type().endsWith("CERTIFICATE")) {
          Collection<? extends Certificate> some =
              factory.generateCertificates(new ByteArrayInputStream(block.der()));
          found.addAll(some);
        }
      }
    } catch (CertificateException e) {
      found.clear();
    }
    if (found.isEmpty()) {
      throw new SecretException(
          "the " + role + " " + file + " for the Secret Agent holds no certificate in PEM", false);
    }
    return found;
  }

  private static byte[] read(String role, String file) throws SecretException {
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      throw new SecretException(
          "the " + role + " " + file + " for the Secret Agent can't be read: is it there?", false);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
