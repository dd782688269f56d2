package org.asbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.asbeam.pipelines.options.PeerFlags.PeerFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever comes from asbackup, asrestore or absctl finds every flag: it works, or says why not. */
class PeerFlagsTest {
  /** What the command line itself knows. */
  private static final Set<String> OF_THE_COMMAND = Set.of("--help", "--version");

  @ParameterizedTest
  @EnumSource(names = {"BACKUP", "RESTORE"})
  void everyFlagOfThePeersIsInTheTable(Command command) {
    for (PeerFlag flag : PeerFlags.all()) {
      if (flag.isOf(command) && !OF_THE_COMMAND.contains(flag.flag())) {
        List<Option<?>> options =
            Options.of(command).stream()
                .filter(option -> option.flags().contains(flag.flag()))
                .toList();
        assertThat(options).as("%s of %s", flag, command).hasSize(1);
        if (!flag.shortFlag().isEmpty()) {
          assertThat(options.get(0).shortFlag())
              .as("%s of %s", flag, command)
              .contains(flag.shortFlag());
        }
      }
    }
  }

  @Test
  void theListHoldsAllFourTools() {
    assertThat(PeerFlags.all()).hasSizeGreaterThan(140);
    assertThat(PeerFlags.all()).allMatch(flag -> !flag.tools().isEmpty());
  }

  static Stream<Arguments> refused() {
    return Stream.of(Command.values())
        .flatMap(
            command ->
                Options.of(command).stream()
                    .filter(option -> option.refusal().isPresent())
                    .map(option -> Arguments.of(command, option)));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aRefusedFlagSaysWhatToDoInstead(Command command, Option<?> option) {
    String value = sample(option);
    List<String> problems = problems(command, new OptionSources().flag(option, value));
    assertThat(problems).singleElement().asString().startsWith(option.flag() + " ").contains(" - ");
    assertThat(problems.get(0)).doesNotContain("\n");
    if (option.isSecret()) {
      assertThat(problems.get(0)).doesNotContain(value);
    }
    assertThat(
            problems(
                command,
                new OptionSources().environment(Map.of(option.environmentVariable(), value))))
        .singleElement()
        .asString()
        .startsWith(option.environmentVariable() + " (in the environment) ");
  }

  @Test
  void aRefusedSwitchThatIsOffAsksForNothing() {
    for (Option<?> option : Options.of(Command.BACKUP)) {
      if (option.refusal().isPresent() && option.isFlag()) {
        assertThat(problems(Command.BACKUP, new OptionSources().flag(option, "false"))).isEmpty();
      }
    }
  }

  private static String sample(Option<?> option) {
    if (option.isFlag()) {
      return "true";
    }
    // The first word of a choice; else something that most types take.
    return option.type().label().contains("|") && option.type().label().matches("[A-Z0-9|]+")
        ? option.type().label().split("\\|")[0]
        : "7";
  }

  private static List<String> problems(Command command, OptionSources sources) {
    try {
      OptionValues.read(command, sources).check();
      return List.of();
    } catch (UsageException e) {
      return e.problems();
    }
  }
}
