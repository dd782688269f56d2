package org.asbeam.storage.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {
  private final Secrets secrets =
      SecretsOf.environment(
          Map.of("WORD", "Grüße:1", "CODED", "R3LDvMOfZQ==", "WRONG", "***", "EMPTY", ""));

  @TempDir Path folder;

  @Test
  void everyFormIsResolved() throws Exception {
    assertThat(secrets.resolveText("env:WORD")).isEqualTo("Grüße:1");
    assertThat(secrets.resolveText("env-b64:CODED")).isEqualTo("Grüße");
    assertThat(secrets.resolveText("b64:R3LDvMOfZQ==")).isEqualTo("Grüße");
    assertThat(secrets.resolveText("just a word")).isEqualTo("just a word");
    Path file = folder.resolve("word");
    for (String end : List.of("", "\n", "\r\n")) {
      Files.writeString(file, " two words " + end);
      assertThat(secrets.resolveText("file:" + file)).isEqualTo(" two words ");
    }
  }

  @Test
  void whatCantBeHadIsOneLineThatNamesTheReference() throws Exception {
    assertError("env:NONE", "the environment variable NONE is not set");
    assertError("env:EMPTY", "the environment variable EMPTY is empty");
    assertError("env:", "the environment variable has no name");
    assertError("env-b64:WRONG", "the variable is no base64");
    assertError("file:/no/such/file", "there is no such file");
    assertError("file:" + folder, "it is a folder");
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    assertError("file:" + empty, "the file is empty");
    Path huge = Files.write(folder.resolve("huge"), new byte[(1 << 20) + 1]);
    assertError("file:" + huge, "more than 1048576 bytes");
    assertError("secrets:a", "a secret is secrets:RESOURCE:KEY");
    assertError("secrets:a:b:c", "a secret is secrets:RESOURCE:KEY");
    assertError("secrets::b", "a secret is secrets:RESOURCE:KEY");
    assertError("secrets:a:b", "needs a Secret Agent");
    assertThatThrownBy(() -> secrets.resolve("b64:hunter2!"))
        .isInstanceOf(SecretException.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void whatAPersonTypedStaysInTheProcess() throws Exception {
    String reference = Secrets.toReference("hunter2");
    assertThat(reference).startsWith("process:").doesNotContain("hunter2");
    assertThat(Secrets.mayTravel(reference)).isTrue();
    assertThat(Secrets.toReference(reference)).isEqualTo(reference);
    assertThat(Secrets.toReference("hunter2")).isNotEqualTo(reference);
    assertThat(secrets.resolveText(reference)).isEqualTo("hunter2");
    secrets.resolve(reference)[0] = 0;
    assertThat(secrets.resolveText(reference)).isEqualTo("hunter2");
    String coded = Secrets.toReference("b64:R3LDvMOfZQ==");
    assertThat(secrets.resolve(coded)).isEqualTo("Grüße".getBytes(UTF_8));
    Secrets.forget(reference);
    assertError(reference, "give it as env:NAME, file:PATH or secrets:RESOURCE:KEY");
    assertError("process:00", "only the process that was given this secret has it");
    assertThatThrownBy(() -> Secrets.toReference("b64:hunter2!"))
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void onlyReferencesTravel() {
    for (String text : List.of("env:A", "env-b64:A", "file:/a", "secrets:a:b", "process:1")) {
      assertThat(Secrets.mayTravel(text)).isTrue();
      assertThat(Secrets.toReference(text)).isEqualTo(text);
    }
    for (String text : List.of("b64:AAAA", "word", "", "Env:A", "https:x")) {
      assertThat(Secrets.mayTravel(text)).isFalse();
    }
    assertThat(Secrets.isOfAgent("secrets:a:b")).isTrue();
    assertThat(Secrets.isOfAgent("file:a")).isFalse();
  }

  private void assertError(String reference, String message) {
    assertThatThrownBy(() -> secrets.resolve(reference))
        .isInstanceOf(SecretException.class)
        .hasMessageStartingWith(reference + ": ")
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }
}
