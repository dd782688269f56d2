package org.asbeam.storage.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.asbeam.storage.journal.Json;
import org.asbeam.storage.secrets.SecretException;
import org.asbeam.storage.secrets.Secrets;
import org.asbeam.storage.secrets.SecretsOf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyReferenceTest {
  @TempDir Path folder;

  @Test
  void aKeyComesFromAFile() throws Exception {
    Path file = Files.write(folder.resolve("key.pem"), Keys.pem("pkcs1"));
    KeyReference reference = KeyReference.file(file.toString());
    assertThat(reference.resolve(Secrets.withoutAgent()).id()).isEqualTo(Keys.golden().id());
    assertThat(reference.resolveAll(Secrets.withoutAgent())).hasSize(1);
  }

  @Test
  void aKeyComesFromAVariable() throws Exception {
    String body = new String(Keys.base64(Keys.der("pkcs8")));
    Secrets secrets = SecretsOf.environment(Map.of("KEY", body, "PHRASE", "bm8ga2V5IGF0IGFsbA=="));
    KeyReference reference = KeyReference.environment("KEY");
    assertThat(reference.resolve(secrets).id()).isEqualTo(Keys.golden().id());
    List<EncryptionKey> all = reference.resolveAll(secrets);
    assertThat(all).extracting(EncryptionKey::raw).containsExactly(false, true);
    // What only the C tool takes for a key reads its files, and writes none.
    KeyReference phrase = KeyReference.environment("PHRASE");
    assertThat(phrase.resolveAll(secrets)).extracting(EncryptionKey::raw).containsExactly(true);
    assertThatThrownBy(() -> phrase.resolve(secrets))
        .isInstanceOf(SecretException.class)
        .hasMessageStartingWith("the encryption key: env:PHRASE holds no RSA private key: ");
  }

  @Test
  void aKeyComesFromWhatAPersonTyped() throws Exception {
    KeyReference reference = KeyReference.secret(Secrets.keep(Keys.pem("pkcs8")));
    assertThat(reference.resolve(Secrets.withoutAgent()).id()).isEqualTo(Keys.golden().id());
  }

  @Test
  void aKeyThatIsNotThereIsOneLine() {
    Secrets secrets = SecretsOf.environment(Map.of("EMPTY", "", "BLANK", " ", "WORD", "word!"));
    assertError(KeyReference.environment("NONE"), secrets, "variable NONE is not set");
    assertError(KeyReference.environment("EMPTY"), secrets, "variable EMPTY is empty");
    assertError(KeyReference.environment("BLANK"), secrets, "env:BLANK holds nothing but white");
    assertError(KeyReference.environment("WORD"), secrets, "env:WORD is neither PEM");
    assertError(KeyReference.file("/no/such.pem"), secrets, "file:/no/such.pem: there is no such");
    assertError(KeyReference.file(folder.toString()), secrets, "it is a folder");
    assertError(KeyReference.secret("secrets:r:k"), secrets, "needs a Secret Agent");
  }

  @Test
  void aKeyIsNoReference() {
    assertThatThrownBy(() -> KeyReference.secret("MIIEvQIBADANBg"))
        .hasMessageContaining("must be secrets:RESOURCE:KEY")
        .hasMessageNotContaining("MII");
    assertThatThrownBy(() -> KeyReference.file(" ")).hasMessageContaining("has no name");
  }

  @Test
  void specificationsTravel() throws Exception {
    for (KeyReference key :
        List.of(
            KeyReference.file("/k.pem"),
            KeyReference.environment("KEY"),
            KeyReference.secret("secrets:r:k"))) {
      assertThat(KeyReference.parse(key.toString())).isEqualTo(key);
      EncryptionSpec spec = new EncryptionSpec(Encryption.AES128, key);
      assertThat(Json.fromTree(Json.toTree(spec), EncryptionSpec.class)).isEqualTo(spec);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      new ObjectOutputStream(bytes).writeObject(spec);
      assertThat(new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject())
          .isEqualTo(spec);
    }
    assertThat(Json.fromTree(Json.toTree(EncryptionSpec.NONE), EncryptionSpec.class))
        .isEqualTo(EncryptionSpec.NONE);
    assertThatThrownBy(() -> new EncryptionSpec(Encryption.AES256, null))
        .hasMessage("AES256 needs a key: a file, an environment variable or a secret");
    assertThatThrownBy(() -> new EncryptionSpec(Encryption.NONE, KeyReference.file("k")))
        .hasMessageContaining("has no effect");
  }

  @Test
  void modesAreReadInAnyCase() {
    assertThat(Encryption.parse("aes128")).isEqualTo(Encryption.AES128);
    assertThat(Encryption.parse("AES256")).isEqualTo(Encryption.AES256);
    assertThat(Encryption.parse("None")).isEqualTo(Encryption.NONE);
    assertThatThrownBy(() -> Encryption.parse("des")).hasMessageContaining("not 'des'");
  }

  private static void assertError(KeyReference reference, Secrets secrets, String message) {
    assertThatThrownBy(() -> reference.resolve(secrets))
        .isInstanceOf(SecretException.class)
        .hasMessageStartingWith("the encryption key: ")
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }
}
