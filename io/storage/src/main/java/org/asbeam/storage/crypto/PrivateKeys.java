package org.asbeam.storage.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** Private keys in DER: PKCS#8 of any kind, PKCS#1 of RSA. */
public final class PrivateKeys {
  /** rsaEncryption, 1.2.840.113549.1.1.1: RFC 8017, appendix C. */
  private static final byte[] RSA = HexFormat.of().parseHex("2a864886f70d010101");

  private static final byte[] RSA_ALGORITHM =
      Der.value(Der.SEQUENCE, Der.value(Der.OID, RSA), new byte[] {5, 0});

  /** What else people have; by the object identifier in hex. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "2a8648ce3d0201", "EC",
          "2b6570", "Ed25519",
          "2b6571", "Ed448",
          "2a864886f70d01010a", "RSASSA-PSS",
          "2a8648ce380401", "DSA");

  private PrivateKeys() {}

  /**
   * An RSA key in PKCS#8 or PKCS#1.
   *
   * @throws IllegalArgumentException if it is none, one line that shows nothing of it
   */
  static RSAPrivateCrtKey rsa(byte[] der) {
    String pkcs8;
    try {
      String algorithm = algorithm(der);
      if (!algorithm.equals("RSA")) {
        throw new WrongAlgorithm(algorithm);
      }
      return rsaOf(der);
    } catch (WrongAlgorithm e) {
      throw new IllegalArgumentException(
          "a key of kind " + e.getMessage() + ": expected an RSA private key");
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      pkcs8 = reason(e);
    }
    byte[] wrapped = wrap(der);
    try {
      return rsaOf(wrapped);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "no RSA private key: neither PKCS#8 (" + pkcs8 + ") nor PKCS#1 (" + reason(e) + ")");
    } finally {
      Arrays.fill(wrapped, (byte) 0);
    }
  }

  /**
   * A key of TLS, of any kind that the JDK knows, in PKCS#8, or PKCS#1 if it is RSA.
   *
   * @throws IllegalArgumentException if it is none, one line that shows nothing of it
   */
  public static PrivateKey any(byte[] der) {
    String algorithm;
    try {
      algorithm = algorithm(der);
    } catch (IllegalArgumentException e) {
      return rsa(der);
    }
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no private key that can be used (" + reason(e) + ")");
    }
  }

  /** The DER of PKCS#1's RSAPrivateKey, its parts computed anew as all tools do. */
  static byte[] pkcs1(RSAPrivateCrtKey key) {
    BigInteger p = key.getPrimeP();
    BigInteger q = key.getPrimeQ();
    BigInteger d = key.getPrivateExponent();
    return Der.value(
        Der.SEQUENCE,
        Der.integer(BigInteger.ZERO),
        Der.integer(key.getModulus()),
        Der.integer(key.getPublicExponent()),
        Der.integer(d),
        Der.integer(p),
        Der.integer(q),
        Der.integer(d.mod(p.subtract(BigInteger.ONE))),
        Der.integer(d.mod(q.subtract(BigInteger.ONE))),
        Der.integer(q.modInverse(p)));
  }

  /** The DER of the public key's SubjectPublicKeyInfo. */
  static byte[] publicKey(RSAPrivateCrtKey key) {
    byte[] pair =
        Der.value(
            Der.SEQUENCE, Der.integer(key.getModulus()), Der.integer(key.getPublicExponent()));
    return Der.value(Der.SEQUENCE, RSA_ALGORITHM, Der.value(0x03, new byte[] {0}, pair));
  }

  /** What PKCS#8 says the key is. */
  private static String algorithm(byte[] der) {
    Der outer = new Der(der).enter(Der.SEQUENCE);
    outer.enter(Der.INTEGER);
    byte[] oid = outer.enter(Der.SEQUENCE).enter(Der.OID).rest();
    if (Arrays.equals(oid, RSA)) {
      return "RSA";
    }
    String hex = HexFormat.of().formatHex(oid);
    return OTHERS.getOrDefault(hex, "unknown (object identifier " + hex + ")");
  }

  private static byte[] wrap(byte[] pkcs1) {
    return Der.value(
        Der.SEQUENCE,
        Der.integer(BigInteger.ZERO),
        RSA_ALGORITHM,
        Der.value(Der.OCTET_STRING, pkcs1));
  }

  private static RSAPrivateCrtKey rsaOf(byte[] pkcs8) throws GeneralSecurityException {
    PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    if (key instanceof RSAPrivateCrtKey whole) {
      return whole;
    }
    throw new GeneralSecurityException("the primes are missing");
  }

  /** The JDK's messages name structure, never content. */
  private static String reason(Exception e) {
    Throwable last = e;
    while (last.getCause() != null && last.getMessage() == null) {
      last = last.getCause();
    }
    String message = String.valueOf(last.getMessage());
    return message.lines().findFirst().orElse("not readable");
  }

  /** A key that is whole, but of another kind. */
  private static final class WrongAlgorithm extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    WrongAlgorithm(String algorithm) {
      super(algorithm);
    }
  }
}
