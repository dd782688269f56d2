package org.asbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;
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
      option.flags().forEach(flag -> assertThat(names.add(flag)).as(flag).isTrue());
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
  void textsAreForPeople() {
    for (Option<?> option : Options.all()) {
      assertThat(option.help()).as(option.flag()).endsWith(".").doesNotContain("\n");
      option.refusal().ifPresent(text -> assertThat(text).as(option.flag()).contains(" - "));
    }
  }

  @Test
  void whatHoldsSecretsIsMarked() {
    for (Option<?> option : Options.all()) {
      if (option.name().matches(".*(password|secret-access-key|account-key|client-secret).*")) {
        assertThat(option.isSecret()).as(option.flag()).isTrue();
        assertThat(option.defaultText()).isEmpty();
      }
    }
  }

  static Stream<Arguments> properties() {
    return INTERFACES.keySet().stream()
        .flatMap(
            command ->
                Options.of(command).stream()
                    .filter(PipelineOptionsSource::isProperty)
                    .map(option -> Arguments.of(command, option)));
  }

  @ParameterizedTest
  @MethodSource("properties")
  void anOptionThatWorksIsAProperty(Command command, Option<?> option)
      throws ReflectiveOperationException {
    String capital =
        option.property().substring(0, 1).toUpperCase() + option.property().substring(1);
    Method getter = INTERFACES.get(command).getMethod("get" + capital);
    assertThat(getter.getReturnType()).isEqualTo(option.type().pipelineType());
  }

  @Test
  void noNameClashesWithARunners() {
    List<Class<? extends PipelineOptions>> others = new ArrayList<>();
    for (PipelineOptionsRegistrar registrar : ServiceLoader.load(PipelineOptionsRegistrar.class)) {
      registrar.getPipelineOptions().forEach(others::add);
    }
    assertThat(others).contains(DirectOptions.class, FlinkPipelineOptions.class);
    others.forEach(PipelineOptionsFactory::register);
    INTERFACES.values().forEach(PipelineOptionsFactory::register);
    PipelineOptions all =
        PipelineOptionsFactory.fromArgs("--fileLimit=1GiB", "--parallel=3", "--parallelism=7")
            .withValidation()
            .create();
    assertThat(all.as(BackupOptions.class).getFileLimit()).isEqualTo("1GiB");
    assertThat(all.as(FlinkPipelineOptions.class).getParallelism()).isEqualTo(7);
    Set<String> theirs = new HashSet<>();
    for (Class<?> type : others) {
      for (Method method : type.getMethods()) {
        theirs.add(method.getName());
      }
    }
    for (Option<?> option : Options.all()) {
      if (option.isOfLauncher()) {
        continue; // It is no pipeline option: runners have it in their own way.
      }
      String property = option.property();
      String setter = "set" + property.substring(0, 1).toUpperCase() + property.substring(1);
      assertThat(theirs).as(property).doesNotContain(setter);
    }
  }

  @Test
  void aPropertyThatNobodySetIsNotGiven() {
    OptionValues values =
        OptionValues.read(Command.BACKUP, PipelineOptionsFactory.create().as(BackupOptions.class));
    assertThat(Options.of(Command.BACKUP)).noneMatch(values::isGiven);
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
                "--set=a,b",
                "--bandwidth=3",
                "--waitStable=5s")
            .as(BackupOptions.class);
    OptionSources flags =
        new OptionSources()
            .flag(Options.NAMESPACE, "test")
            .flag(Options.DIRECTORY, "/b")
            .flag(Options.FILE_LIMIT, "2MiB")
            .flag(Options.COMPRESS, "ZSTD")
            .flag(Options.COMPRESSION_LEVEL, "1")
            .flag(Options.PARALLEL, "3")
            .flag(Options.NO_UDFS, "true")
            .flag(Options.SETS, "a,b")
            .flag(Options.BANDWIDTH, "3MiB/s")
            .flag(Options.WAIT_STABLE, "5s");
    assertThat(Specs.backup(OptionValues.read(Command.BACKUP, options)))
        .isEqualTo(Specs.backup(OptionValues.read(Command.BACKUP, flags)));
  }
}
