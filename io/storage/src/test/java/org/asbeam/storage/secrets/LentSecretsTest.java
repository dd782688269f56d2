package org.asbeam.storage.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LentSecretsTest {
  private final Secrets secrets = Secrets.withoutAgent();

  private static SecretLookup saying(String word) {
    return name -> (word + " " + name).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aReferenceAsksTheSourceThatLentIt() throws Exception {
    try (SecretLoan one = Secrets.lend(saying("one"));
        SecretLoan two = Secrets.lend(saying("two"))) {
      assertThat(secrets.resolveText(one.reference("db/password"))).isEqualTo("one db/password");
      assertThat(secrets.resolveText(two.reference("a:b"))).isEqualTo("two a:b");
    }
  }

  @Test
  void aReferenceMayTravelAndShowsNothing() {
    try (SecretLoan loan = Secrets.lend(saying("hush"))) {
      String reference = loan.reference("db");
      assertThat(Secrets.mayTravel(reference)).isTrue();
      assertThat(Secrets.toReference(reference)).isEqualTo(reference).doesNotContain("hush");
    }
  }

  @Test
  void whatIsGivenOutIsTheCallersOwn() throws Exception {
    byte[] kept = {1, 2, 3};
    try (SecretLoan loan = Secrets.lend(name -> kept)) {
      secrets.resolve(loan.reference("x"))[0] = 9;
      assertThat(kept).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aProcessWithoutTheLoanSaysSoInOneLine() {
    SecretLoan loan = Secrets.lend(saying("x"));
    String reference = loan.reference("db");
    loan.close();
    for (String unknown : new String[] {reference, "lent:", "lent:a"}) {
      assertThatThrownBy(() -> secrets.resolve(unknown))
          .isInstanceOf(SecretException.class)
          .hasMessageContaining("lends no such source of secrets")
          .message()
          .doesNotContain("\n");
    }
  }
}
