package org.asbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.asbeam.transforms.work.BackupOutput;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.WriteSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the table, and what is said of it elsewhere, together. */
class OptionsTest {
  private static final Map<Command, Class<? extends PipelineOptions>> INTERFACES =
      Map.of(
          Command.BACKUP, BackupOptions.class,
          Command.RESTORE, RestoreOptions.class,
          Command.VERIFY, VerifyOptions.class);

  @ParameterizedTest
  @EnumSource
  void aCommandKnowsANameOnce(Command command) {
    Set<String> names = new HashSet<>(Set.of("-Z", "--help", "-V", "--version"));
    for (Option<?> option : Options.of(command)) {
      assertThat(names.add(option.flag())).as(option.flag()).isTrue();
      option.shortFlag().ifPresent(flag -> assertThat(names.add(flag)).as(flag).isTrue());
    }
  }

  @Test
  void defaultsAreReadable() {
    for (Option<?> option : Options.all()) {
      assertThat(option.defaultValue() == null)
          .as(option.flag())
          .isEqualTo(option.defaultText().isEmpty());
    }
  }

  @Test
  void defaultsAreThoseOfTheSpecifications() {
    assertThat(Options.FILE_LIMIT.defaultValue()).isEqualTo(BackupOutput.DEFAULT_FILE_LIMIT);
    assertThat(Options.WAIT_STABLE.defaultValue()).isEqualTo(BackupSpec.DEFAULT_WAIT_STABLE);
    assertThat(Options.BATCH_SIZE.defaultValue()).isEqualTo(WriteSettings.DEFAULT_BATCH_SIZE);
    assertThat(Options.MAX_ASYNC_BATCHES.defaultValue())
        .isEqualTo(WriteSettings.DEFAULT_MAX_ASYNC_BATCHES);
  }

  static Stream<Arguments> properties() {
    return INTERFACES.keySet().stream()
        .flatMap(
            command -> Options.of(command).stream().map(option -> Arguments.of(command, option)));
  }

  @ParameterizedTest
  @MethodSource("properties")
  void aPropertySaysWhatTheTableSays(Command command, Option<?> option)
      throws ReflectiveOperationException {
    String capital =
        option.property().substring(0, 1).toUpperCase() + option.property().substring(1);
    Method getter = INTERFACES.get(command).getMethod("get" + capital);
    assertThat(getter.getReturnType()).isEqualTo(option.type().pipelineType());
    // What another command reads otherwise has one property, and only the table knows its default.
    List<Option<?>> namesakes =
        Options.all().stream()
            .filter(other -> other.name().equals(option.name()))
            .filter(other -> other.commands().stream().anyMatch(INTERFACES::containsKey))
            .toList();
    if (namesakes.size() == 1) {
      assertThat(getter.getAnnotation(Description.class).value()).isEqualTo(option.help());
    }
    String annotated = defaultOf(getter);
    if (annotated != null) {
      assertThat(option.defaultText()).hasValue(annotated);
    }
  }

  private static String defaultOf(Method getter) {
    if (getter.isAnnotationPresent(Default.String.class)) {
      return getter.getAnnotation(Default.String.class).value();
    }
    if (getter.isAnnotationPresent(Default.Integer.class)) {
      return Integer.toString(getter.getAnnotation(Default.Integer.class).value());
    }
    return getter.isAnnotationPresent(Default.Boolean.class)
        ? Boolean.toString(getter.getAnnotation(Default.Boolean.class).value())
        : null;
  }

  @Test
  void anInterfaceHasNothingElse() {
    INTERFACES.forEach(
        (command, type) -> {
          List<String> known = Options.of(command).stream().map(Option::property).toList();
          for (Method method : type.getMethods()) {
            if (method.getName().startsWith("get")
                && method.getDeclaringClass().getPackage().equals(Options.class.getPackage())) {
              String name = method.getName().substring(3);
              assertThat(known).contains(name.substring(0, 1).toLowerCase() + name.substring(1));
            }
          }
        });
  }

  @Test
  void noNameClashesWithARunners() {
    PipelineOptionsFactory.register(DirectOptions.class);
    PipelineOptionsFactory.register(FlinkPipelineOptions.class);
    INTERFACES.values().forEach(PipelineOptionsFactory::register);
    PipelineOptions all =
        PipelineOptionsFactory.fromArgs("--fileLimit=1GiB", "--parallel=3", "--parallelism=7")
            .withValidation()
            .create();
    assertThat(all.as(BackupOptions.class).getFileLimit()).isEqualTo("1GiB");
    assertThat(all.as(FlinkPipelineOptions.class).getParallelism()).isEqualTo(7);
    Set<String> runners = new HashSet<>();
    for (Class<?> type : List.of(DirectOptions.class, FlinkPipelineOptions.class)) {
      for (Method method : type.getMethods()) {
        runners.add(method.getName());
      }
    }
    for (Option<?> option : Options.all()) {
      String property = option.property();
      String setter = "set" + property.substring(0, 1).toUpperCase() + property.substring(1);
      assertThat(runners).as(property).doesNotContain(setter);
    }
  }

  @Test
  void pipelineOptionsMakeTheSameSpecificationAsFlags() throws UsageException {
    BackupOptions options =
        PipelineOptionsFactory.fromArgs(
                "--namespace=test",
                "--directory=/b",
                "--fileLimit=2MiB",
                "--compress=zstd",
                "--compressionLevel=1",
                "--parallel=3",
                "--noUdfs",
                "--waitStable=5s")
            .as(BackupOptions.class);
    Map<Option<?>, String> flags =
        Map.of(
            Options.NAMESPACE,
            "test",
            Options.DIRECTORY,
            "/b",
            Options.FILE_LIMIT,
            "2MiB",
            Options.COMPRESS,
            "ZSTD",
            Options.COMPRESSION_LEVEL,
            "1",
            Options.PARALLEL,
            "3",
            Options.NO_UDFS,
            "true",
            Options.WAIT_STABLE,
            "5s");
    assertThat(Specs.backup(OptionValues.read(Command.BACKUP, options)))
        .isEqualTo(Specs.backup(OptionValues.read(Command.BACKUP, flags, Map.of(), List.of())));
  }
}
