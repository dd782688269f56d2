package org.asbeam.aerospike;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.asbeam.aerospike.ClusterException.Kind;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * Certificates and keys in PEM files. Where a file is asked for, a reference to a secret may stand
 * as well, and holds what the file would.
 *
 * <p>All errors are of kind CONFIGURATION, and name file and reason.
 */
final class PemFiles {
  private final Credentials credentials;

  PemFiles(Credentials credentials) {
    this.credentials = credentials;
  }

  /**
   * The certificates of a file in their order; at least one.
   *
   * @param what what the file is, for messages: {@code the CA file}
   */
  List<X509Certificate> certificates(String what, String file) throws ClusterException {
    List<X509Certificate> certificates = parseCertificates(name(what, file), read(what, file));
    if (certificates.isEmpty()) {
      throw wrong(name(what, file), "has no certificate in it; it must be a PEM file", null);
    }
    return certificates;
  }

  /** The certificates of all files of a folder; at least one. Files without any are passed over. */
  List<X509Certificate> certificatesIn(String what, String folder) throws ClusterException {
    String name = name(what, folder);
    List<X509Certificate> certificates = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        certificates.addAll(
            parseCertificates(name("the CA file", file.toString()), Files.readAllBytes(file)));
      }
    } catch (ClusterException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(name, e);
    }
    if (certificates.isEmpty()) {
      throw wrong(name, "has no PEM file with a certificate in it", null);
    }
    return certificates;
  }

  /** The key of a file: PKCS#1, SEC 1 or PKCS#8, in the clear or encrypted. */
  PrivateKey key(String file) throws ClusterException {
    String name = name("the key file", file);
    Object parsed;
    try (PEMParser parser = new PEMParser(reader(read("the key file", file)))) {
      do {
        // EC keys may have their curve in front, and any key its certificate.
        parsed = parser.readObject();
      } while (parsed != null && !isKey(parsed));
    } catch (IOException | RuntimeException e) {
      throw wrong(name, "can't be read: " + SeedProbe.oneLine(e), e);
    }
    if (parsed == null) {
      throw wrong(name, "has no private key in it; it must be a PEM file", null);
    }
    try {
      return new JcaPEMKeyConverter().getPrivateKey(decrypted(name, parsed));
    } catch (IOException | RuntimeException e) {
      throw e instanceof ClusterException ours
          ? ours
          : wrong(name, "holds a key that can't be used: " + SeedProbe.oneLine(e), e);
    }
  }

  private static boolean isKey(Object parsed) {
    return parsed instanceof PEMKeyPair
        || parsed instanceof PrivateKeyInfo
        || parsed instanceof PEMEncryptedKeyPair
        || parsed instanceof PKCS8EncryptedPrivateKeyInfo;
  }

  private PrivateKeyInfo decrypted(String name, Object parsed) throws IOException {
    if (parsed instanceof PrivateKeyInfo info) {
      return info;
    }
    if (parsed instanceof PEMKeyPair pair) {
      return pair.getPrivateKeyInfo();
    }
    char[] password = credentials.keyPassword();
    if (password.length == 0) {
      throw wrong(name, "is encrypted, and no password for it was given", null);
    }
    // Not registered: other parts of the process keep their providers.
    Provider provider = new BouncyCastleProvider();
    try {
      if (parsed instanceof PEMEncryptedKeyPair pair) {
        return pair.decryptKeyPair(
                new JcePEMDecryptorProviderBuilder().setProvider(provider).build(password))
            .getPrivateKeyInfo();
      }
      return ((PKCS8EncryptedPrivateKeyInfo) parsed)
          .decryptPrivateKeyInfo(
              new JceOpenSSLPKCS8DecryptorProviderBuilder().setProvider(provider).build(password));
    } catch (PKCSException | IOException | OperatorCreationException | RuntimeException e) {
      // A wrong password gives padding that is wrong or, one time in 256, bytes that are no key.
      throw wrong(
          name, "can't be decrypted: the password for it is wrong, or its form is unknown", e);
    }
  }

  private static List<X509Certificate> parseCertificates(String name, byte[] bytes)
      throws ClusterException {
    List<X509Certificate> certificates = new ArrayList<>();
    try (PemReader reader = new PemReader(reader(bytes))) {
      for (PemObject object; (object = reader.readPemObject()) != null; ) {
        if (object.getType().equals("CERTIFICATE") || object.getType().equals("X509 CERTIFICATE")) {
          certificates.add(
              (X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(object.getContent())));
        }
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw wrong(name, "has a damaged certificate in it: " + SeedProbe.oneLine(e), e);
    }
    return certificates;
  }

  private static InputStreamReader reader(byte[] bytes) {
    return new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.ISO_8859_1);
  }

  private byte[] read(String what, String file) throws ClusterException {
    byte[] content = credentials.content(file);
    if (content != null) {
      return content;
    }
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (IOException | RuntimeException e) {
      throw unreadable(name(what, file), e);
    }
  }

  private static String name(String what, String file) {
    return what
        + " "
        + (SecretSource.isReference(file) ? SecretSource.describe(file) : "'" + file + "'");
  }

  private static ClusterException unreadable(String name, Exception e) {
    String reason =
        e instanceof NoSuchFileException
            ? "does not exist"
            : e instanceof AccessDeniedException
                ? "can't be read: no permission"
                : e instanceof NotDirectoryException
                    ? "is no folder"
                    : "can't be read: " + SeedProbe.oneLine(e);
    return wrong(name, reason, e);
  }

  private static ClusterException wrong(String name, String reason, Exception cause) {
    return new ClusterException(Kind.CONFIGURATION, name + " " + reason, cause);
  }
}
