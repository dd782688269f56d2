package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.asbeam.transforms.work.ErrorCode;
import org.junit.jupiter.api.Test;

/**
 * Compares the page of exit codes with the codes. To write its table anew: {@code mvn -pl
 * runners/cli test -Dtest=ExitCodesPageTest -Dasbeam.rewrite.docs=true}.
 */
class ExitCodesPageTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "exit-codes.md");
  private static final String HEAD = "| code | name | meaning |\n|---|---|---|\n";

  @Test
  void thePageHasAllCodes() throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf(HEAD);
    assertThat(start).isNotNegative();
    int end = page.indexOf("\n\n", start);
    String made = page.substring(0, start) + table() + page.substring(end + 1);
    if (Boolean.getBoolean("asbeam.rewrite.docs")) {
      Files.writeString(PAGE, made);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(made);
  }

  private static String table() {
    return HEAD
        + "| 0 | | success |\n"
        + Arrays.stream(ErrorCode.values())
            .map(
                code ->
                    "| " + code.exitCode() + " | " + code.name() + " | " + code.meaning() + " |\n")
            .collect(Collectors.joining());
  }

  @Test
  void codesAreDistinct() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::exitCode))
        .doesNotHaveDuplicates()
        .allMatch(code -> code > 0 && code < 256);
  }
}
