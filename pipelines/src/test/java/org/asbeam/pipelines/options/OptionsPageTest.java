package org.asbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
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

            An option may be given as a flag, else by its environment variable. Sizes and times take
            a unit: `B`, `KiB`, `MiB`, `GiB`, `TiB` (powers of 1024; `K`, `M`, `G`, `T` for short),
            `kB`, `MB`, `GB`, `TB` (powers of 1000); `ms`, `s`, `m`, `h`, `d`. A bare number means
            what it means to asbackup and asrestore v0.5.1.
            """);
    for (Command command : Command.values()) {
      page.append("\n## asbeam ").append(command.text()).append("\n\n");
      page.append(command.summary()).append("\n\n");
      page.append("| flag | value | default | environment | property | meaning |\n");
      page.append("|---|---|---|---|---|---|\n");
      List<Option<?>> options = Options.of(command);
      options.stream().sorted(Comparator.comparing(Option::name)).forEach(o -> row(page, o));
    }
    return page.toString();
  }

  private static void row(StringBuilder page, Option<?> option) {
    page.append("| `").append(option.flag()).append('`');
    option.shortFlag().ifPresent(flag -> page.append(" `").append(flag).append('`'));
    String label = option.type().label();
    page.append(" | ").append(label.isEmpty() ? "" : code(label));
    page.append(" | ")
        .append(option.isFlag() ? "" : option.defaultText().map(OptionsPageTest::code).orElse(""));
    page.append(" | ").append(code(option.environmentVariable()));
    page.append(" | ").append(code(option.property()));
    String unit = option.unit().isEmpty() ? "" : " A bare number is " + option.unit() + ".";
    page.append(" | ").append(option.help()).append(unit);
    page.append(option.isSecret() ? " Secret. |\n" : " |\n");
  }

  private static String code(String text) {
    return text.lines()
        .map(line -> "`" + line.replace("|", "\\|") + "`")
        .collect(Collectors.joining());
  }
}
