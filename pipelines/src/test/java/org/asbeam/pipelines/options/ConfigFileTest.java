package org.asbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.asbeam.storage.Compression.Codec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
  @TempDir Path scratch;
  private Path file;
  private OptionSources sources;

  @BeforeEach
  void begin() {
    file = scratch.resolve("asbeam.yaml");
    sources = new OptionSources().flag(Options.CONFIG, file.toString());
  }

  private OptionValues read(Command command, String text) throws IOException {
    Files.writeString(file, text);
    return OptionValues.read(command, sources);
  }

  private OptionValues sound(Command command, String text) throws IOException, UsageException {
    OptionValues values = read(command, text);
    values.check();
    return values;
  }

  private List<String> problems(Command command, String text) throws IOException {
    try {
      read(command, text).check();
      return List.of();
    } catch (UsageException e) {
      return e.problems();
    }
  }

  @Test
  void keysAreTheNamesOfFlags() throws IOException, UsageException {
    OptionValues values =
        sound(
            Command.BACKUP,
            """
            # Every kind of value.
            host: [10.0.0.1, "10.0.0.2:3100"]
            port: 3001
            file-limit: 64MiB
            set-list:
              - a
              - b
            compress: zstd
            no-udfs: true
            no-indexes: no
            modified-after: 2026-01-31_13:30:05
            bin-list: x,y
            """);
    assertThat(values.get(Options.HOST)).isEqualTo("10.0.0.1,10.0.0.2:3100");
    assertThat(values.get(Options.PORT)).isEqualTo(3001);
    assertThat(values.get(Options.FILE_LIMIT)).isEqualTo(64 << 20);
    assertThat(values.get(Options.SETS)).containsExactly("a", "b");
    assertThat(values.get(Options.BINS)).containsExactly("x", "y");
    assertThat(values.get(Options.COMPRESS)).isEqualTo(Codec.ZSTD);
    assertThat(values.get(Options.NO_UDFS)).isTrue();
    assertThat(values.get(Options.NO_INDEXES)).isFalse();
    assertThat(values.isGiven(Options.MODIFIED_AFTER)).isTrue();
    assertThat(values.setting(Options.FILE_LIMIT).orElseThrow().origin())
        .isEqualTo(file + ", line 4: file-limit");
  }

  @Test
  void aSectionCountsMoreForItsCommandAndNotForOthers() throws IOException, UsageException {
    String text =
        """
        parallel: 3
        namespace: all
        restore:
          namespace: a,b
          parallel: 5
        verify:
          parallel: 7
        backup:
        """;
    assertThat(sound(Command.BACKUP, text).get(Options.PARALLEL)).isEqualTo(3);
    assertThat(sound(Command.BACKUP, text).get(Options.NAMESPACE)).isEqualTo("all");
    assertThat(sound(Command.RESTORE, text).get(Options.PARALLEL)).isEqualTo(5);
    assertThat(sound(Command.RESTORE, text).get(Options.NAMESPACES)).isEqualTo("a,b");
    assertThat(sound(Command.VERIFY, text).get(Options.PARALLEL)).isEqualTo(7);
  }

  @Test
  void aFlagCountsMoreThanTheEnvironmentAndThatMoreThanTheFile()
      throws IOException, UsageException {
    sources
        .flag(Options.PARALLEL, "1")
        .environment(Map.of("ASBEAM_PARALLEL", "2", "ASBEAM_PORT", "2", "ASBEAM_NICE", "2"));
    OptionValues values =
        sound(Command.BACKUP, "parallel: 3\nport: 3\nfile-limit: 3\nbandwidth: 3\n");
    assertThat(values.get(Options.PARALLEL)).isEqualTo(1);
    assertThat(values.get(Options.PORT)).isEqualTo(2);
    assertThat(values.get(Options.FILE_LIMIT)).isEqualTo(3);
    assertThat(values.get(Options.BANDWIDTH)).isEqualTo(2 << 20);
    assertThat(values.get(Options.HOST)).isEqualTo("127.0.0.1");
  }

  @Test
  void theEnvironmentMayNameTheFile() throws IOException, UsageException {
    sources = new OptionSources().environment(Map.of("ASBEAM_CONFIG", file.toString()));
    assertThat(sound(Command.VERIFY, "parallel: 3").get(Options.PARALLEL)).isEqualTo(3);
  }

  @Test
  void whatIsLeftBlankIsNotGiven() throws IOException, UsageException {
    OptionValues values = sound(Command.BACKUP, "host:\nport: ~\nset: \"\"\n");
    assertThat(Options.of(Command.BACKUP).stream().filter(values::isGiven))
        .containsExactly(Options.CONFIG);
    assertThat(sound(Command.BACKUP, "").isGiven(Options.HOST)).isFalse();
    assertThat(sound(Command.BACKUP, "# nothing\n").isGiven(Options.HOST)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "paralel: 3                       | line 1: unknown key 'paralel'    | 'parallel'",
        "port: 1~backup:~  fil-limit: 3   | line 3: unknown key 'fil-limit'  | 'file-limit'",
        "backup:~  unique: true           | line 2: unknown key 'unique'     | of 'backup:'",
        "zzzzzzzz: 3                      | line 1: unknown key 'zzzzzzzz'   | without dashes",
        "port: many                       | line 1: port 'many' is not       | from 1 to 65535",
        "port: [1, 2]                     | line 1: 'port' wants one value   | behind the colon",
        "host: {a: b}                     | line 1: 'host' wants one value   | or a list",
        "port: 1~port: 2                  | line 2: 'port' is given twice    | leave one out",
        "set: a~set-list: b               | line 2: 'set-list' is given twice | leave one out",
        "set: [a, [b]]                    | line 1: an item of 'set'         | no plain word",
        "set: ['a,b']                     | line 1: an item of 'set'         | no plain word",
        "config: other.yaml               | line 1: a file can't name        | leave 'config' out",
        "backup: 7                        | line 1: 'backup' is a section    | below it",
        "- host                           | line 1: not keys with values     | host:",
        "port: 1~host: [1                 | line 2: no YAML                  | correct it",
        "std-buffer: 4                    | line 1: std-buffer               | blocks of 4 MiB",
        "cluster:~  seeds: []             | line 1: 'cluster:' is a section of absctl | flags",
        "x: !!java.io.File [/]            | line 1: no YAML: Global tag      | correct it",
      })
  void whatIsWrongIsNamedWithItsLine(String text, String problem, String hint) throws IOException {
    assertThat(problems(Command.BACKUP, text.replace("~", "\n")))
        .singleElement()
        .asString()
        .startsWith(file.toString())
        .contains(problem)
        .contains(hint);
  }

  @Test
  void allProblemsAreToldAtOnce() throws IOException {
    sources.environment(Map.of("ASBEAM_PARALLEL", "x"));
    assertThat(problems(Command.BACKUP, "port: x\nhots: y\nfile-limit: 12q\n")).hasSize(4);
  }

  @Test
  void aFileOfAbsctlGetsOneLine() throws IOException {
    assertThat(
            problems(
                Command.BACKUP,
                """
                app:
                  verbose: false
                cluster:
                  seeds:
                    - host: 127.0.0.1
                backup:
                  directory: backup_dir
                  parallel: x
                compression:
                  compress: NONE
                """))
        .singleElement()
        .asString()
        .contains("line 1: 'app:' is a section of absctl's files");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    assertThat(OptionValues.read(Command.BACKUP, sources))
        .extracting(
            values -> {
              try {
                values.check();
                return "";
              } catch (UsageException e) {
                return e.getMessage();
              }
            })
        .asString()
        .contains("--config " + file + ": no such file");
    Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xff});
    assertThat(OptionValues.read(Command.BACKUP, sources))
        .satisfies(
            values ->
                assertThat(problemsOf(values))
                    .singleElement()
                    .asString()
                    .contains("is no text in UTF-8"));
    Files.delete(file);
    Files.createDirectory(file);
    assertThat(problemsOf(OptionValues.read(Command.BACKUP, sources))).hasSize(1);
  }

  private static List<String> problemsOf(OptionValues values) {
    try {
      values.check();
      return List.of();
    } catch (UsageException e) {
      return e.problems();
    }
  }
}
