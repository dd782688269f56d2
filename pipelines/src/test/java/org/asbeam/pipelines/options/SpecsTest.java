package org.asbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asbeam.storage.Compression;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.WriteSettings.Existence;
import org.junit.jupiter.api.Test;

class SpecsTest {
  private final Map<Option<?>, String> flags = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  private BackupSpec backup() throws UsageException {
    return Specs.backup(OptionValues.read(Command.BACKUP, flags, environment, List.of()));
  }

  private RestoreSpec restore() throws UsageException {
    return Specs.restore(OptionValues.read(Command.RESTORE, flags, environment, List.of()));
  }

  private List<String> problems(boolean ofBackup) {
    try {
      Object spec = ofBackup ? backup() : restore();
      throw new AssertionError("no problem in " + spec);
    } catch (UsageException e) {
      return e.problems();
    }
  }

  @Test
  void aBackupNeedsANamespaceAndAFolderOnly() throws UsageException {
    flags.put(Options.NAMESPACE, "test");
    flags.put(Options.DIRECTORY, "/b");
    BackupSpec spec = backup();
    assertThat(spec.connection().seeds()).isEqualTo("127.0.0.1");
    assertThat(spec.connection().defaultPort()).isEqualTo(3000);
    assertThat(spec.slots()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(spec.output().fileLimit()).isEqualTo(262_144_000);
    assertThat(spec.waitStable()).isEqualTo(Duration.ofMinutes(10));
    assertThat(spec.output().compression()).isEqualTo(Compression.NONE);
    assertThat(spec.scope().records() && spec.scope().indexes() && spec.scope().udfs()).isTrue();
    assertThat(spec.output().removeFiles() || spec.output().compact() || spec.allowUnstable())
        .isFalse();
    assertThat(spec.output().filePrefix()).isEmpty();
    assertThat(spec.scope().partitions().size()).isEqualTo(4096);
  }

  @Test
  void aResumedBackupNeedsAFolderOnly() throws UsageException {
    flags.put(Options.DIRECTORY, "/b");
    flags.put(Options.RESUME, "true");
    assertThat(backup().namespace()).isEmpty();
  }

  @Test
  void allProblemsAreToldAtOnce() {
    flags.put(Options.PARALLEL, "1025");
    flags.put(Options.HOST, "a::b::c");
    flags.put(Options.COMPRESS, "lz4");
    flags.put(Options.OUTPUT_FILE_PREFIX, "a/b");
    flags.put(Options.NO_RECORDS, "true");
    flags.put(Options.NO_INDEXES, "true");
    flags.put(Options.NO_UDFS, "true");
    environment.put("ASBEAM_FILE_LIMIT", "many");
    assertThat(problems(true))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith("--parallel '1025' is not a whole number"),
            line -> assertThat(line).startsWith("--host: seed 'a::b::c'"),
            line -> assertThat(line).startsWith("--compress 'lz4' is not one of NONE, ZSTD"),
            line -> assertThat(line).startsWith("--output-file-prefix 'a/b' is not a prefix"),
            line -> assertThat(line).startsWith("--no-records, --no-indexes and --no-udfs"),
            line -> assertThat(line).startsWith("ASBEAM_FILE_LIMIT (in the environment) 'many'"),
            line -> assertThat(line).startsWith("--namespace is required"),
            line -> assertThat(line).startsWith("--directory is required"));
  }

  @Test
  void theEnvironmentCountsWhereAFlagIsAbsent() throws UsageException {
    environment.put("ASBEAM_NAMESPACE", "env");
    environment.put("ASBEAM_DIRECTORY", "/env");
    environment.put("ASBEAM_NO_UDFS", "yes");
    environment.put("ASBEAM_COMPRESS", "");
    flags.put(Options.NAMESPACE, "flag");
    BackupSpec spec = backup();
    assertThat(spec.namespace()).isEqualTo("flag");
    assertThat(spec.directory()).isEqualTo("/env");
    assertThat(spec.scope().udfs()).isFalse();
    assertThat(spec.output().compression()).isEqualTo(Compression.NONE);
  }

  @Test
  void aLevelNeedsACompression() {
    flags.put(Options.NAMESPACE, "test");
    flags.put(Options.DIRECTORY, "/b");
    flags.put(Options.COMPRESSION_LEVEL, "3");
    assertThat(problems(true)).singleElement().asString().contains("--compress ZSTD");
  }

  @Test
  void resumingAndRemovingContradictEachOther() {
    flags.put(Options.DIRECTORY, "/b");
    flags.put(Options.RESUME, "true");
    flags.put(Options.REMOVE_FILES, "true");
    assertThat(problems(true)).singleElement().asString().contains("contradict");
  }

  @Test
  void restoresIntoTheSameOrAnotherNamespace() throws UsageException {
    flags.put(Options.DIRECTORY, "/b");
    flags.put(Options.NAMESPACES, "a");
    assertThat(restore().targetNamespace()).isEqualTo("a");
    flags.put(Options.NAMESPACES, "a,b");
    assertThat(restore().sourceNamespace()).isEqualTo("a");
    assertThat(restore().targetNamespace()).isEqualTo("b");
    for (String wrong : List.of("a,b,c", "a,", ",b", "a b", "a;b", "x".repeat(32))) {
      flags.put(Options.NAMESPACES, wrong);
      assertThatThrownBy(this::restore)
          .as(wrong)
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("--namespace");
    }
  }

  @Test
  void policiesOfARestore() throws UsageException {
    flags.put(Options.DIRECTORY, "/b");
    flags.put(Options.NAMESPACES, "a");
    assertThat(restore().writing().existence()).isEqualTo(Existence.MERGE);
    assertThat(restore().writing().generations()).isTrue();
    flags.put(Options.NO_GENERATION, "true");
    assertThat(restore().writing().generations()).isFalse();
    flags.put(Options.REPLACE, "true");
    assertThat(restore().writing().existence()).isEqualTo(Existence.REPLACE);
    flags.put(Options.UNIQUE, "true");
    assertThat(problems(false)).hasSize(2).allMatch(line -> line.contains("contradict"));
    flags.remove(Options.REPLACE);
    flags.remove(Options.NO_GENERATION);
    assertThat(restore().writing().existence()).isEqualTo(Existence.UNIQUE);
  }

  @Test
  void aVerificationNeedsAFolderOnly() throws UsageException {
    flags.put(Options.DIRECTORY, "/b");
    flags.put(Options.PARALLEL, "5");
    OptionValues values = OptionValues.read(Command.VERIFY, flags, Map.of(), List.of());
    assertThat(Specs.verify(values).slots()).isEqualTo(5);
    assertThat(Specs.verify(values).input()).isEqualTo(RestoreInput.folder("/b"));
  }
}
