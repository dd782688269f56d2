package org.asbeam.storage.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Certificates that a test makes: X.509 version 3, ECDSA on P-256, good for this century.
 *
 * @param name the subject's common name, which is also the DNS name it is good for
 */
public record TestCertificates(String name, KeyPair keys, byte[] der) {
  private static final byte[] ECDSA_SHA256 =
      Der.value(Der.SEQUENCE, Der.value(Der.OID, HexFormat.of().parseHex("2a8648ce3d040302")));

  public static TestCertificates authority(String name) {
    KeyPair keys = pair();
    return signed(name, keys, name, keys.getPrivate(), true);
  }

  public TestCertificates issue(String subject) {
    return signed(subject, pair(), name, keys.getPrivate(), false);
  }

  public Path writeCertificate(Path file) throws IOException {
    return Files.writeString(file, pem("CERTIFICATE", der));
  }

  public Path writeKey(Path file) throws IOException {
    return Files.writeString(file, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TestCertificates signed(
      String subject, KeyPair keys, String issuer, PrivateKey signer, boolean authority) {
    byte[] validity =
        Der.value(
            Der.SEQUENCE,
            Der.value(0x17, "200101000000Z".getBytes(US_ASCII)),
            Der.value(0x17, "491231235959Z".getBytes(US_ASCII)));
    // subjectAltName, 2.5.29.17, and basicConstraints, 2.5.29.19.
    byte[] extension =
        authority
            ? extension("551d13", Der.value(Der.SEQUENCE, new byte[] {1, 1, (byte) 0xff}))
            : extension(
                "551d11", Der.value(Der.SEQUENCE, Der.value(0x82, subject.getBytes(US_ASCII))));
    byte[] content =
        Der.value(
            Der.SEQUENCE,
            Der.value(0xa0, Der.integer(BigInteger.TWO)),
            Der.integer(BigInteger.valueOf(System.nanoTime())),
            ECDSA_SHA256,
            commonName(issuer),
            validity,
            commonName(subject),
            keys.getPublic().getEncoded(),
            Der.value(0xa3, Der.value(Der.SEQUENCE, extension)));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(signer);
      signature.update(content);
      byte[] der =
          Der.value(
              Der.SEQUENCE,
              content,
              ECDSA_SHA256,
              Der.value(0x03, new byte[] {0}, signature.sign()));
      return new TestCertificates(subject, keys, der);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] extension(String oid, byte[] value) {
    return Der.value(
        Der.SEQUENCE,
        Der.value(Der.OID, HexFormat.of().parseHex(oid)),
        Der.value(Der.OCTET_STRING, value));
  }

  private static byte[] commonName(String name) {
    return Der.value(
        Der.SEQUENCE,
        Der.value(
            0x31,
            Der.value(
                Der.SEQUENCE,
                Der.value(Der.OID, HexFormat.of().parseHex("550403")),
                Der.value(0x0c, name.getBytes(US_ASCII)))));
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }
}
