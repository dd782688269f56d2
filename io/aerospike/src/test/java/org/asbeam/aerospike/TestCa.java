package org.asbeam.aerospike;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that issues certificates to servers and clients of a test. */
public final class TestCa {
  private static final AtomicLong SERIALS = new AtomicLong(1);

  private final X500Name name;
  private final KeyPair keys = newKeys("EC");
  public final X509Certificate certificate;

  /** A certificate with its key. */
  public record Identity(X509Certificate certificate, KeyPair keys) {
    /**
     * For a server that shows it; asks clients for a certificate of an authority if there is one.
     */
    public SSLContext serverContext(TestCa clientsOf) {
      try {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
            "server", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
        keyManagers.init(store, new char[0]);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
            "ca", (clientsOf == null ? certificate : clientsOf.certificate));
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public TestCa(String commonName) {
    name = new X500Name("CN=" + commonName);
    Instant now = Instant.now();
    certificate = issue(name, keys, now.minusSeconds(60), now.plus(Duration.ofDays(1)), true);
  }

  /** A certificate that is valid now. */
  public Identity issue(String commonName, String... hostNames) {
    Instant now = Instant.now();
    return issue("EC", commonName, now.minusSeconds(60), now.plus(Duration.ofDays(1)), hostNames);
  }

  public Identity issue(
      String algorithm, String commonName, Instant from, Instant to, String... hostNames) {
    KeyPair own = newKeys(algorithm);
    return new Identity(
        issue(new X500Name("CN=" + commonName), own, from, to, false, hostNames), own);
  }

  private X509Certificate issue(
      X500Name subject,
      KeyPair own,
      Instant from,
      Instant to,
      boolean authority,
      String... hostNames) {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(SERIALS.getAndIncrement()),
              Date.from(from),
              Date.from(to),
              subject,
              own.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (hostNames.length > 0) {
        GeneralName[] names = new GeneralName[hostNames.length];
        for (int i = 0; i < names.length; i++) {
          names[i] = new GeneralName(GeneralName.dNSName, hostNames[i]);
        }
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKeys(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(algorithm.equals("EC") ? 256 : 2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes certificates, keys and what else PEM knows into a file. */
  public static String pem(Path file, Object... objects) {
    try {
      StringWriter text = new StringWriter();
      try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
        for (Object object : List.of(objects)) {
          writer.writeObject(object);
        }
      }
      return Files.writeString(file, text.toString()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
