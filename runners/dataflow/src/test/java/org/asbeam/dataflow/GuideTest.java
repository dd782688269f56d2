package org.asbeam.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.dataflow.model.ParameterMetadata;
import com.google.api.services.dataflow.model.TemplateMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.asbeam.pipelines.options.BackupOptions;
import org.asbeam.pipelines.options.Command;
import org.asbeam.pipelines.options.OptionValues;
import org.asbeam.pipelines.options.RestoreOptions;
import org.asbeam.pipelines.options.Specs;
import org.asbeam.pipelines.options.UsageException;
import org.asbeam.pipelines.options.VerifyOptions;
import org.asbeam.transforms.work.BackupSpec;
import org.junit.jupiter.api.Test;

/** Holds the guide's commands and figures to what they are about. */
class GuideTest {
  private static final Path GUIDE = Path.of("..", "..", "docs", "dataflow.md");
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  /** A TiB of records of 498 bytes, in millions. */
  private static final double MILLIONS_PER_TIB = (1L << 40) / 498e6;

  private static List<String> commands(String start) throws IOException {
    List<String> commands = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(GUIDE));
    while (block.find()) {
      block
          .group(1)
          .replace("\\\n", " ")
          .lines()
          .map(line -> line.replaceAll("\\s+", " "))
          .filter(line -> line.startsWith(start))
          .forEach(commands::add);
    }
    assertThat(commands).as(start).isNotEmpty();
    return commands;
  }

  private static String valueOf(String command, String flag) {
    Matcher value = Pattern.compile(flag + "[ =](\\S+)").matcher(command);
    assertThat(value.find()).as("%s in %s", flag, command).isTrue();
    return value.group(1);
  }

  /** As gcloud reads a list: what stands between two carets parts it, else a comma does. */
  private static Map<String, String> parameters(String command) {
    String text = valueOf(command, "--parameters");
    Matcher parted = Pattern.compile("\\^(.)\\^(.*)").matcher(text);
    boolean own = parted.matches();
    Map<String, String> all = new LinkedHashMap<>();
    for (String pair :
        (own ? parted.group(2) : text).split(own ? Pattern.quote(parted.group(1)) : ",")) {
      all.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return all;
  }

  @Test
  void everyTemplateIsRunWithParametersThatItTakes() throws Exception {
    List<String> commands = commands("gcloud dataflow flex-template run ");
    assertThat(commands).hasSize(3);
    for (Command command : List.of(Command.BACKUP, Command.RESTORE, Command.VERIFY)) {
      String run =
          commands.stream()
              .filter(line -> line.contains("/asbeam-" + command.text() + ".json"))
              .findFirst()
              .orElseThrow();
      Map<String, String> given = parameters(run);
      Map<String, ParameterMetadata> declared =
          GsonFactory.getDefaultInstance()
              .fromString(
                  Files.readString(Path.of("src/main/template", command.text() + "-metadata.json")),
                  TemplateMetadata.class)
              .getParameters()
              .stream()
              .collect(Collectors.toMap(ParameterMetadata::getName, each -> each));
      assertThat(declared.keySet()).containsAll(given.keySet());
      given.forEach(
          (name, value) -> assertThat(value).matches(declared.get(name).getRegexes().get(0)));
      declared
          .values()
          .forEach(
              parameter ->
                  assertThat(parameter.getIsOptional() || given.containsKey(parameter.getName()))
                      .as(parameter.getName())
                      .isTrue());
      launches(
          command,
          given.entrySet().stream()
              .map(pair -> "--" + pair.getKey() + "=" + pair.getValue())
              .toArray(String[]::new));
    }
  }

  private static void launches(Command command, String... arguments) throws UsageException {
    Class<? extends PipelineOptions> type =
        switch (command) {
          case BACKUP -> BackupOptions.class;
          case RESTORE -> RestoreOptions.class;
          default -> VerifyOptions.class;
        };
    OptionValues values =
        OptionValues.read(command, PipelineOptionsFactory.fromArgs(arguments).as(type));
    assertThat(OfferedOptions.problems(values, command)).isEmpty();
    assertThat(
            switch (command) {
              case BACKUP -> SharedPlaces.problems(Specs.backup(values));
              case RESTORE -> SharedPlaces.problems(Specs.restore(values));
              default -> SharedPlaces.problems(Specs.verify(values));
            })
        .isEmpty();
  }

  @Test
  void theJarIsStartedWithOptionsThatItAndItsRunnerTake() throws Exception {
    List<String> words = List.of(commands("java -cp ").get(0).split(" "));
    assertThat(words.get(2)).isEqualTo("runners/dataflow/target/asbeam-dataflow.jar");
    assertThat(Class.forName(words.get(3))).isEqualTo(BackupMain.class);
    String[] arguments = words.subList(4, words.size()).toArray(String[]::new);
    PipelineOptionsFactory.register(BackupOptions.class);
    DataflowPipelineOptions options =
        PipelineOptionsFactory.fromArgs(arguments).as(DataflowPipelineOptions.class);
    assertThat(options.getUsePublicIps()).isFalse();
    assertThat(options.getSubnetwork()).isNotBlank();
    BackupSpec spec =
        Specs.backup(
            OptionValues.read(
                Command.BACKUP,
                PipelineOptionsFactory.fromArgs(arguments).as(BackupOptions.class)));
    assertThat(spec.directory()).isEqualTo("gs://my-backups/monday");
    assertThat(new WorkerPool(options, spec.slots()).problem()).isEmpty();
  }

  @Test
  void theScriptTakesTheArguments() throws Exception {
    String[] words = commands("runners/dataflow/build-templates.sh ").get(0).split(" ");
    String usage = Files.readString(Path.of("build-templates.sh"));
    assertThat(Path.of("..", "..", words[0])).exists();
    Arrays.stream(words)
        .filter(word -> word.startsWith("--"))
        .forEach(flag -> assertThat(usage).contains("  " + flag + " "));
  }

  @Test
  void vcpuHoursAreComputedFromTheCpuSeconds() throws IOException {
    Matcher row =
        Pattern.compile("\\| [a-z, 0-9]+ \\| (\\d+\\.\\d) \\| (\\d+\\.\\d) \\|")
            .matcher(Files.readString(GUIDE));
    int rows = 0;
    while (row.find()) {
      double hours = Double.parseDouble(row.group(1)) * MILLIONS_PER_TIB / 3600;
      assertThat(Double.parseDouble(row.group(2))).isBetween(hours - 0.06, hours + 0.06);
      rows++;
    }
    assertThat(rows).isEqualTo(5);
  }
}
