package org.asbeam.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  private ChildProcess start(boolean endsWithItsInput, String... command) throws IOException {
    return ChildProcess.start(
        new ChildProcess.Launch(List.of(command), Map.of("WORDS", "here I am"), endsWithItsInput),
        folder,
        folder.resolve("output"));
  }

  @Test
  void aProcessIsKilledAndNotTheShellThatGuardsIt() throws Exception {
    try (ChildProcess process = start(false, "/bin/sleep", "60")) {
      ProcessHandle sleep = process.handle();
      assertThat(sleep.info().command().orElseThrow()).doesNotEndWith("sh");
      process.kill();
      assertThat(sleep.isAlive()).isFalse();
      assertThat(process.await(PATIENCE)).hasValue(128 + 9);
    }
  }

  @Test
  void closingEndsAProcess() throws Exception {
    ChildProcess process = start(false, "/bin/sleep", "60");
    ProcessHandle sleep = process.handle();
    process.close();
    assertThat(sleep.isAlive()).isFalse();
  }

  @Test
  void theExitCodeAndTheOutputAreThoseOfTheProcess() throws Exception {
    try (ChildProcess process = start(false, "/bin/sh", "-c", "echo $WORDS; exit 3")) {
      assertThat(process.await(PATIENCE)).hasValue(3);
      assertThat(process.says(Pattern.compile("here (.*) am"), PATIENCE).orElseThrow().group(1))
          .isEqualTo("I");
      assertThat(process.says(Pattern.compile("there"), PATIENCE)).isEmpty();
    }
  }

  @Test
  void aProcessIsToldSomething() throws Exception {
    try (ChildProcess process = start(true, "/bin/cat")) {
      process.tell("hello");
      assertThat(process.says(Pattern.compile("hello"), PATIENCE)).isPresent();
    }
  }
}
