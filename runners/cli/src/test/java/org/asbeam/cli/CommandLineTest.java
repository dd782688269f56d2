package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.asbeam.pipelines.options.Command;
import org.asbeam.pipelines.options.Option;
import org.asbeam.pipelines.options.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person may type, and what is said when it is wrong. */
class CommandLineTest {
  @Test
  void tellsItsVersion() {
    for (Object[] words :
        List.of(
            new Object[] {"version"},
            new Object[] {"--version"},
            new Object[] {"-V"},
            new Object[] {"backup", "--version"})) {
      Asbeam.Result result = Asbeam.run(words).succeeds();
      assertThat(result.out()).singleElement().asString().matches("asbeam \\d+\\.\\d+.*");
    }
  }

  @Test
  void helpNamesAllCommands() {
    for (String word : List.of("help", "--help", "-Z")) {
      String help = String.join("\n", Asbeam.run(word).succeeds().out());
      for (Command command : Command.values()) {
        assertThat(help).contains("\n  " + command.text() + " ");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void helpOfACommandNamesAllItsOptions(Command command) {
    String help = String.join("\n", Asbeam.run("help", command.text()).succeeds().out());
    assertThat(help).contains("asbeam " + command.text()).contains("--help");
    for (Option<?> option : Options.of(command)) {
      for (String flag : option.flags()) {
        if (option.isHidden()) {
          assertThat(help).doesNotContain(" " + flag + "=");
        } else {
          assertThat(help).contains(flag);
        }
      }
    }
    assertThat(Asbeam.run(command.text(), "-Z").out())
        .isEqualTo(Asbeam.run("help", command.text()).out());
  }

  @Test
  void nothingToDoIsAnError() {
    Asbeam.run().fails(2, "no command", "asbeam help");
  }

  @Test
  void aMisspeltCommandGetsASuggestion() {
    Asbeam.run("bakcup").fails(2, "bakcup", "backup");
    Asbeam.run("help", "nosuch").fails(2, "nosuch");
  }

  @Test
  void aMisspeltFlagGetsASuggestion() {
    Asbeam.run("verify", "/b", "--paralel", "3").fails(2, "'--paralel'", "--parallel");
  }

  @Test
  void aFlagOfAnotherCommandIsUnknown() {
    Asbeam.run("verify", "/b", "--file-limit", "3").fails(2, "'--file-limit'");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    Asbeam.Result result =
        Asbeam.run("backup", "--direktory", "x", "-p", "70000", "-F", "12q", "--nosuch", "-w");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .hasSizeGreaterThanOrEqualTo(5)
        .allMatch(line -> line.startsWith("asbeam: "))
        .anyMatch(line -> line.contains("'--direktory'") && line.contains("--directory"))
        .anyMatch(line -> line.contains("--port '70000'"))
        .anyMatch(line -> line.contains("--file-limit '12q'"))
        .anyMatch(line -> line.contains("'--nosuch'"))
        .anyMatch(line -> line.contains("--parallel"))
        .anyMatch(line -> line.contains("--namespace is required"));
  }

  @Test
  void aFlagIsNoValue() {
    Asbeam.run("verify", "-d", "--verbose").fails(2, "--directory");
  }

  @Test
  void aFlagIsGivenOnce() {
    Asbeam.run("verify", "-d", "a", "-d", "b").fails(2, "--directory", "only once");
    Asbeam.run("verify", "-d", "a", "b").fails(2, "twice");
  }

  @Test
  void theEnvironmentIsNamedWhenItIsWrong() {
    Asbeam.run(Map.of("ASBEAM_PARALLEL", "many"), "verify", "/b")
        .fails(2, "ASBEAM_PARALLEL", "environment", "'many'");
  }

  @Test
  void shortFlagsAreThoseOfThePeers() {
    Asbeam.run("backup", "-rCRIn", "test", "-F1M", "-zZSTD", "-h127.0.0.1", "-p1", "-d/nowhere")
        .fails(21, "127.0.0.1:1");
  }
}
