package org.asbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Compares the page of options with the table. To write it anew: {@code mvn -pl pipelines test
 * -Dtest=OptionsPageTest -Dasbeam.rewrite.docs=true}.
 */
class OptionsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "options.md");

  @Test
  void thePageIsTheTable() throws IOException {
    String page = page();
    if (Boolean.getBoolean("asbeam.rewrite.docs")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Options

            This page is made from the table in `org.asbeam.pipelines.options.Options`.

            An option is given as a flag; else by its environment variable, `ASBEAM_FILE_LIMIT` for `--file-limit`; else in
            the YAML file that `--config` names, with the key `file-limit`; else its default counts. Flags, variables and keys
            may use the aliases, too. `asbeam config show COMMAND` tells what is in force, and where each value is from.

            Sizes, times and rates take a unit: `B`, `KiB`, `MiB`, `GiB`, `TiB` (powers of 1024; `K`, `M`, `G`, `T` for
            short), `kB`, `MB`, `GB`, `TB` (powers of 1000); `ms`, `s`, `m`, `h`, `d`; a rate may end with `/s`. A bare
            number means what it means to asbackup and asrestore v0.5.1; each option says what that is. Words such as
            `ZSTD` may be in letters of any case.

            A YAML file holds keys for all commands, and sections for one of them, which count more. A key that a command
            does not know is left to the others; one that no command knows is an error:

            ```yaml
            host: [10.0.0.1, 10.0.0.2]
            parallel: 8
            backup:
              namespace: test
              compress: ZSTD
              bandwidth: 200MiB
            restore:
              namespace: test,copy
            ```

            The tables say for each option what asbackup and asrestore v0.5.1 and absctl call it, and what is different
            here. Properties are those of Beam's pipeline options.
            """);
    for (Command command : Command.values()) {
      page.append("\n## asbeam ").append(command.text()).append("\n\n");
      page.append(command.summary()).append('\n');
      for (Group group : Group.values()) {
        table(
            page,
            command,
            group.title(),
            option -> option.group() == group && option.refusal().isEmpty());
      }
      table(page, command, "Not taken", option -> option.refusal().isPresent());
    }
    return page.toString();
  }

  private static void table(
      StringBuilder page, Command command, String title, Predicate<Option<?>> choice) {
    List<Option<?>> options = Options.of(command).stream().filter(choice).toList();
    if (options.isEmpty()) {
      return;
    }
    page.append("\n### ").append(title).append("\n\n");
    if (options.get(0).refusal().isPresent()) {
      page.append("These end with one line that says why, and what to do instead.\n\n");
      page.append("| flag | what is said | in the peers |\n|---|---|---|\n");
      for (Option<?> option : options) {
        page.append("| ").append(flags(option));
        page.append(" | ").append(option.refusal().orElseThrow());
        page.append(" | ").append(PeerFlags.namesOf(option, command)).append(" |\n");
      }
      return;
    }
    page.append("| flag | value | default | environment | property | meaning | in the peers |\n");
    page.append("|---|---|---|---|---|---|---|\n");
    options.stream()
        .sorted(Comparator.comparing(Option::name))
        .forEach(option -> row(page, option, command));
  }

  private static String flags(Option<?> option) {
    return option.flags().stream().map(OptionsPageTest::code).collect(Collectors.joining(" "));
  }

  private static void row(StringBuilder page, Option<?> option, Command command) {
    String label = option.type().label();
    page.append("| ").append(flags(option));
    page.append(" | ").append(label.isEmpty() ? "" : code(label));
    page.append(" | ")
        .append(option.isFlag() ? "" : option.defaultText().map(OptionsPageTest::code).orElse(""));
    page.append(" | ").append(code(option.environmentVariable()));
    page.append(" | ")
        .append(PipelineOptionsSource.isProperty(option) ? code(option.property()) : "");
    String unit = option.unit().isEmpty() ? "" : " A bare number is " + option.unit() + ".";
    page.append(" | ").append(option.help().replace("|", "\\|")).append(unit);
    page.append(option.isSecret() ? " Secret." : "");
    String peers = PeerFlags.namesOf(option, command);
    page.append(" | ").append(peers);
    page.append(peers.isEmpty() || option.remark().isEmpty() ? "" : ": ");
    page.append(option.remark()).append(" |\n");
  }

  private static String code(String text) {
    return text.lines()
        .map(line -> "`" + line.replace("|", "\\|") + "`")
        .collect(Collectors.joining());
  }
}
