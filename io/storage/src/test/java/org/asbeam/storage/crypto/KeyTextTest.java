package org.asbeam.storage.crypto;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyTextTest {
  private static final String CHECK = Keys.golden().checkValue();

  @ParameterizedTest
  @ValueSource(strings = {"pkcs1", "pkcs8"})
  void everyFormOfOneKeyIsTheSameKey(String form) {
    String pem = new String(Keys.pem(form), ISO_8859_1);
    byte[] der = Keys.der(form);
    String body = new String(Keys.base64(der), ISO_8859_1);
    String broken = new String(Base64.getMimeEncoder().encode(der), ISO_8859_1);
    String file = "some text before\n" + pem + "and behind";
    assertThat(KeyText.ofFile(file.getBytes(ISO_8859_1)).checkValue()).isEqualTo(CHECK);
    for (String value :
        List.of(
            pem,
            pem.replace("\n", "\r\n"),
            pem.replace('\n', ' ').strip(),
            "  \n" + pem,
            new String(Keys.base64(pem.getBytes(ISO_8859_1)), ISO_8859_1),
            body,
            broken,
            " \t" + body + "\n",
            new String(Keys.base64(body.getBytes(ISO_8859_1)), ISO_8859_1))) {
      EncryptionKey key = KeyText.ofValue(value.getBytes(ISO_8859_1));
      assertThat(key.checkValue()).isEqualTo(CHECK);
      assertThat(key.id()).isEqualTo(Keys.golden().id());
      assertThat(key.raw()).isFalse();
    }
  }

  @Test
  void theKeyIsTheHashOfThePkcs1Der() throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Keys.der("pkcs1"));
    EncryptionKey key = Keys.golden();
    assertThat(key.aes(Encryption.AES256).getEncoded()).isEqualTo(hash);
    assertThat(key.aes(Encryption.AES128).getEncoded()).isEqualTo(Arrays.copyOf(hash, 16));
    assertThatThrownBy(() -> key.aes(Encryption.NONE)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keysOfOtherSizesAreReencodedAsTheyWere() throws Exception {
    for (int bits : new int[] {512, 1024, 3072}) {
      KeyPairGenerator pairs = KeyPairGenerator.getInstance("RSA");
      pairs.initialize(bits);
      byte[] pkcs8 = pairs.generateKeyPair().getPrivate().getEncoded();
      Der inner = new Der(pkcs8).enter(Der.SEQUENCE);
      inner.enter(Der.INTEGER);
      inner.enter(Der.SEQUENCE);
      byte[] pkcs1 = inner.enter(Der.OCTET_STRING).rest();
      assertThat(PrivateKeys.pkcs1(PrivateKeys.rsa(pkcs8))).isEqualTo(pkcs1);
      assertThat(PrivateKeys.pkcs1(PrivateKeys.rsa(pkcs1))).isEqualTo(pkcs1);
    }
  }

  /** {@code openssl pkey -in key-pkcs8.pem -pubout -outform DER | sha256sum}. */
  @Test
  void theIdIsOfThePublicKey() {
    assertThat(Keys.golden().id()).isEqualTo("1d19d36b21b06c86");
    assertThat(Keys.golden()).hasToString("key 1d19d36b21b06c86");
  }

  /** What {@code openssl dgst -sha256 -mac HMAC} makes of the text under the key. */
  @Test
  void theCheckValueIsAsDocumented() {
    assertThat(CHECK).isEqualTo("1e5f896d90bcb8974f62ce154b541efa");
  }

  @Test
  void aVariableOfTheCToolIsHashedAsItIs() throws Exception {
    byte[] der = Keys.der("pkcs8");
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(der);
    EncryptionKey raw = KeyText.ofRawValue(Keys.base64(der)).orElseThrow();
    assertThat(raw.raw()).isTrue();
    assertThat(raw.aes(Encryption.AES256).getEncoded()).isEqualTo(hash);
    assertThat(raw.id()).startsWith("raw:").isNotEqualTo(Keys.golden().id());
    assertThat(KeyText.ofRawValue(Keys.base64(Keys.der("pkcs1"))).orElseThrow().checkValue())
        .isEqualTo(CHECK);
    assertThat(KeyText.ofRawValue("-----BEGIN".getBytes(ISO_8859_1))).isEmpty();
  }

  @Test
  void whatIsNoKeySaysWhatItIs() throws Exception {
    assertRefused("", "is empty");
    assertRefused(" \n\t ", "holds nothing but white space");
    assertRefused("secret-word!", "is neither PEM (no '-----BEGIN' in it) nor base64 of a key");
    assertRefused("-----BEGIN PRIVATE KEY-----\nAAAA\n", "holds no PEM block: it starts with");
    assertRefused("-----BEGIN X-----\n#\n-----END X-----", "holds no PEM block");
    assertRefused("AAAA", "no RSA private key: neither PKCS#8 (");
    assertRefused(generated("EC"), "holds a key of kind EC: expected an RSA private key");
    assertRefused(generated("Ed25519"), "holds a key of kind Ed25519: expected an RSA");
    assertRefused(
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
        "locked with a pass phrase: unlock a copy with 'openssl pkey'");
    assertRefused(
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n"
            + "AAAA\n-----END RSA PRIVATE KEY-----",
        "locked with a pass phrase");
    assertThatThrownBy(() -> KeyText.ofFile(" \n".getBytes(ISO_8859_1))).hasMessage("is empty");
    assertThatThrownBy(() -> KeyText.ofFile(Keys.base64(Keys.der("pkcs8"))))
        .hasMessageContaining("holds no PEM block");
  }

  @Test
  void aCutKeyIsRefusedAndNotShown() {
    for (String form : List.of("pkcs1", "pkcs8")) {
      byte[] der = Keys.der(form);
      for (int length = 1; length < der.length; length += 37) {
        byte[] cut = Keys.base64(Arrays.copyOf(der, length));
        String shown = new String(cut, ISO_8859_1);
        assertThatThrownBy(() -> KeyText.ofValue(cut))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageNotContainingAny(shown.substring(0, Math.min(12, shown.length())))
            .message()
            .doesNotContain("\n");
      }
    }
  }

  @Test
  void aDestroyedKeyIsNoKey() {
    EncryptionKey key = Keys.golden();
    key.destroy();
    key.destroy();
    assertThatThrownBy(() -> key.aes(Encryption.AES256)).hasMessageContaining("was destroyed");
    assertThatThrownBy(key::checkValue).hasMessageContaining("was destroyed");
  }

  private static String generated(String algorithm) throws GeneralSecurityException {
    byte[] der =
        KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate().getEncoded();
    return new String(Keys.base64(der), ISO_8859_1);
  }

  private static void assertRefused(String value, String message) {
    assertThatThrownBy(() -> KeyText.ofValue(value.getBytes(ISO_8859_1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("secret-word");
  }
}
