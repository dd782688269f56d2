package org.asbeam.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {
  private final List<String> given = new ArrayList<>();
  private final List<Integer> exits = new ArrayList<>();
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private void run(int code, boolean inCluster, String... args) {
    Program.Command command =
        (words, out, err) -> {
          given.addAll(List.of(words));
          err.println("asbeam: 5 slices of 9");
          err.println("asbeam: no such namespace: nope - give one of test, copy");
          return code;
        };
    new Program(command, inCluster, exits::add)
        .run(args, System.out, new PrintStream(shown, true, StandardCharsets.UTF_8));
  }

  @Test
  void jobsRunOnTheClusterThatTheProgramIsGivenTo() {
    run(0, false, "backup", "--namespace", "test");
    assertThat(given)
        .containsExactly(
            "backup", "--runner", "flink", "--flink-master", "[auto]", "--namespace", "test");
  }

  @Test
  void otherCommandsAreLeftAsTheyAre() {
    run(0, false, "version");
    run(0, false);
    assertThat(given).containsExactly("version");
  }

  @Test
  void aClientEndsWithTheExitCodeOfTheCommand() {
    run(12, false, "backup");
    assertThat(exits).containsExactly(12);
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("asbeam: no such namespace: nope");
  }

  @Test
  void aClientWhoseCommandSucceedsGoesOn() {
    run(0, false, "backup");
    assertThat(exits).isEmpty();
  }

  @Test
  void aProcessOfTheClusterLivesOnAndSaysWhatAPersonWouldSee() {
    assertThatThrownBy(() -> run(12, true, "backup"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage("asbeam: no such namespace: nope - give one of test, copy");
    assertThat(exits).isEmpty();
  }
}
