package org.asbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.aerospike.SecretSource;
import org.asbeam.storage.Compression;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.secrets.SecretAgentSpec;
import org.asbeam.storage.secrets.SecretException;
import org.asbeam.storage.secrets.Secrets;
import org.asbeam.transforms.work.BackupOutput;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.WriteSettings.Existence;
import org.junit.jupiter.api.Test;

class SpecsTest {
  private final Map<Option<?>, String> flags = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  private OptionValues values(Command command) {
    OptionSources sources = new OptionSources().environment(environment);
    flags.forEach(sources::flag);
    return OptionValues.read(command, sources);
  }

  private BackupSpec backup() throws UsageException {
    return Specs.backup(values(Command.BACKUP));
  }

  private RestoreSpec restore() throws UsageException {
    return Specs.restore(values(Command.RESTORE));
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
  void whatAResumedBackupSettledBeforeIsTold() {
    flags.put(Options.DIRECTORY, "/b");
    flags.put(Options.RESUME, "true");
    flags.put(Options.RECORDS_PER_SECOND, "100");
    assertThat(Specs.settledBefore(values(Command.BACKUP))).isEmpty();
    flags.put(Options.COMPACT, "true");
    assertThat(Specs.settledBefore(values(Command.BACKUP)).orElseThrow())
        .startsWith("--compact does not count: ")
        .endsWith("--resume changes nothing of what is backed up, and how");
    flags.put(Options.NO_UDFS, "true");
    flags.remove(Options.RESUME);
    flags.put(Options.CONTINUE, "state");
    assertThat(Specs.settledBefore(values(Command.BACKUP)).orElseThrow())
        .contains("--compact", "--no-udfs", " do not count: ", "--continue changes nothing");
  }

  @Test
  void anIncrementTakesTheTimeOfTheEarlierBackup() throws UsageException {
    flags.put(Options.NAMESPACE, "test");
    flags.put(Options.DIRECTORY, "/b");
    Instant end = Instant.parse("2026-01-31T13:30:00Z");
    assertThat(Specs.times(backup())).isEmpty();
    BackupSpec increment = Specs.since(backup(), end);
    assertThat(increment.scope().filter().modifiedAfter()).isEqualTo(end);
    assertThat(Specs.times(increment))
        .hasValue("only records last updated at 2026-01-31T13:30:00Z or later");
    flags.put(Options.MODIFIED_BEFORE, "2026-01-31T13:30:00Z");
    BackupSpec none = backup();
    assertThat(Specs.times(none)).hasValue("only records last updated before 2026-01-31T13:30:00Z");
    assertThatThrownBy(() -> Specs.since(none, end))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--modified-before (2026-01-31T13:30:00Z) is not later than");
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
    OptionValues values = values(Command.VERIFY);
    assertThat(Specs.verify(values).slots()).isEqualTo(5);
    assertThat(Specs.verify(values).input()).isEqualTo(RestoreInput.folder("/b"));
  }

  @Test
  void defaultsAreThoseOfTheSpecifications() throws UsageException {
    flags.put(Options.NAMESPACE, "test");
    flags.put(Options.DIRECTORY, "/b");
    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(backup())
        .isEqualTo(
            BackupSpec.of(ConnectionSpec.of("127.0.0.1"), "test", BackupOutput.folder("/b"))
                .withSlots(cores));
    flags.put(Options.NAMESPACES, "test");
    assertThat(restore())
        .isEqualTo(
            RestoreSpec.of(ConnectionSpec.of("127.0.0.1"), "test", RestoreInput.folder("/b"))
                .withSlots(cores));
  }

  @Test
  void whatAPersonSaysOfScopeAndSpeedIsInTheSpecification() throws UsageException {
    flags.put(Options.NAMESPACE, "test");
    flags.put(Options.OUTPUT_FILE, "-");
    flags.put(Options.PARTITION_LIST, "0-10,20");
    flags.put(Options.SETS, "a,b");
    flags.put(Options.BINS, "x");
    flags.put(Options.MODIFIED_AFTER, "2026-01-31T12:00:00Z");
    flags.put(Options.FILTER_EXP, "kwEBAQ==");
    flags.put(Options.MAX_RECORDS, "5000000000");
    flags.put(Options.BANDWIDTH, "8");
    flags.put(Options.MAX_RETRIES, "0");
    flags.put(Options.SOCKET_TIMEOUT, "1500");
    BackupSpec spec = backup();
    assertThat(spec.output()).isEqualTo(BackupOutput.singleFile("-"));
    assertThat(spec.scope().partitions()).hasToString("0-9,20");
    assertThat(spec.scope().filter().sets()).containsExactly("a", "b");
    assertThat(spec.scope().bins()).containsExactly("x");
    assertThat(spec.scope().filter().modifiedAfter()).isEqualTo("2026-01-31T12:00:00Z");
    assertThat(spec.scope().filter().expression()).isEqualTo("kwEBAQ==");
    assertThat(spec.scope().maxRecords()).isEqualTo(5_000_000_000L);
    assertThat(spec.limits().bytesPerSecond()).isEqualTo(8 << 20);
    assertThat(spec.reading().retries().maxRetries()).isZero();
    assertThat(spec.reading().retries().socketTimeout()).hasMillis(1500);
  }

  @Test
  void aNameOfTheStateMeansToResume() throws UsageException {
    flags.put(Options.DIRECTORY, "/b");
    assertThat(Specs.isResumed(values(Command.BACKUP))).isFalse();
    flags.put(Options.CONTINUE, "x.state");
    assertThat(Specs.isResumed(values(Command.BACKUP))).isTrue();
    assertThat(backup().namespace()).isEmpty();
  }

  @Test
  void foldersMayLieInOne() throws UsageException {
    flags.put(Options.NAMESPACES, "a");
    flags.put(Options.DIRECTORY_LIST, "x,/y/,z");
    assertThat(restore().input().directories()).containsExactly("x", "/y/", "z");
    flags.put(Options.PARENT_DIRECTORY, "/all/");
    assertThat(restore().input().directories()).containsExactly("/all/x", "/all/y/", "/all/z");
    flags.put(Options.PARENT_DIRECTORY, "/");
    assertThat(restore().input().directories()).containsExactly("/x", "/y/", "/z");
  }

  @Test
  void repetitionsOfRequestsAndOfRecordsAreTwoThings() throws UsageException {
    flags.put(Options.NAMESPACES, "a");
    flags.put(Options.DIRECTORY, "/b");
    assertThat(restore().writing().maxRetries()).isEqualTo(-1);
    assertThat(restore().writing().requestRetries()).isEqualTo(5);
    flags.put(Options.RETRY_MAX_RETRIES, "2");
    flags.put(Options.MAX_RETRIES, "7");
    assertThat(restore().writing().maxRetries()).isEqualTo(2);
    assertThat(restore().writing().requestRetries()).isEqualTo(7);
  }

  @Test
  void timeoutsOfWrites() throws UsageException {
    flags.put(Options.NAMESPACES, "a");
    flags.put(Options.DIRECTORY, "/b");
    assertThat(restore().writing().totalTimeout()).hasSeconds(10);
    flags.put(Options.TOTAL_TIMEOUT, "7s");
    flags.put(Options.SOCKET_TIMEOUT, "3000");
    assertThat(restore().writing().totalTimeout()).hasSeconds(7);
    assertThat(restore().writing().socketTimeout()).hasSeconds(3);
    flags.put(Options.TOTAL_TIMEOUT, "0");
    assertThat(restore().writing().totalTimeout()).isZero();
  }

  @Test
  void aRestoreThatOnlyValidatesIsAVerification() throws UsageException {
    flags.put(Options.INPUT_FILE, "-");
    flags.put(Options.VALIDATE, "true");
    flags.put(Options.PARALLEL, "2");
    assertThat(Specs.verify(values(Command.RESTORE)))
        .isEqualTo(VerifySpec.of(RestoreInput.singleFile("-"), 2));
  }

  @Test
  void secretsOfStoresTravelAsReferences() throws UsageException {
    flags.put(Options.NAMESPACE, "a");
    flags.put(Options.DIRECTORY, "s3://bucket/folder");
    flags.put(CloudOptions.S3_ACCESS_KEY_ID, "AKIAHUSH");
    flags.put(CloudOptions.S3_SECRET_ACCESS_KEY, "b64:aHVzaC1odXNo");
    flags.put(CloudOptions.S3_CHUNK_SIZE, "8MiB");
    flags.put(CloudOptions.S3_RETRY_BACKOFF, "2");
    StoreSettings stores = backup().storeSettings();
    assertThat(stores.get("s3-access-key-id", "")).startsWith("process:");
    assertThat(stores.get("s3-secret-access-key", "")).startsWith("process:");
    assertThat(stores.values()).containsEntry("s3-chunk-size", "8388608");
    assertThat(stores.values()).containsEntry("s3-retry-backoff", "PT2S");
    assertThat(stores.values().toString()).doesNotContain("HUSH", "hush", "aHVzaC");
    assertThat(backup().toString()).doesNotContain("process:");
  }

  @Test
  void asbxFilesAreNotYetRead() {
    flags.put(Options.NAMESPACES, "a");
    flags.put(Options.DIRECTORY, "/b");
    flags.put(Options.MODE, "asbx");
    assertThat(problems(false))
        .singleElement()
        .asString()
        .startsWith("--mode 'asbx'")
        .contains("not yet supported");
    for (String mode : List.of("auto", "ASB")) {
      flags.put(Options.MODE, mode);
      assertThatCode(this::restore).doesNotThrowAnyException();
    }
  }

  @Test
  void filtersAreCheckedBeforeAnythingIsTouched() {
    flags.put(Options.NAMESPACE, "test");
    flags.put(Options.DIRECTORY, "/b");
    flags.put(Options.SETS, "a,<ERO~MRT");
    flags.put(Options.FILTER_EXP, "AAAA");
    assertThat(problems(true))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith("--set: ").contains("<ERO~MRT"),
            line -> assertThat(line).startsWith("--filter-exp: "));
    flags.remove(Options.SETS);
    flags.remove(Options.FILTER_EXP);
    flags.put(Options.MODIFIED_AFTER, "1h");
    flags.put(Options.MODIFIED_BEFORE, "2h");
    assertThat(problems(true)).singleElement().asString().contains("no record is between them");
  }

  @Test
  void secretsBecomeReferences() throws Exception {
    flags.put(Options.NAMESPACE, "test");
    flags.put(Options.DIRECTORY, "/b");
    flags.put(Options.USER, "u");
    for (String reference : List.of("env:P", "env-b64:P", "file:/p", "secrets:a:b")) {
      flags.put(Options.PASSWORD, reference);
      assertThat(backup().connection().password()).isEqualTo(reference);
    }
    for (String literal : List.of("hunter2", "b64:aHVudGVyMg==")) {
      flags.put(Options.PASSWORD, literal);
      OptionValues values = values(Command.BACKUP);
      BackupSpec spec = Specs.backup(values);
      assertThat(spec.connection().password()).startsWith("process:");
      assertThat(values.setting(Options.PASSWORD).orElseThrow().text()).startsWith("process:");
      assertThat(Secrets.withoutAgent().resolveText(spec.connection().password()))
          .isEqualTo("hunter2");
    }
    flags.put(Options.PASSWORD, "b64:hunter2!");
    assertThat(problems(true)).allMatch(line -> !line.contains("hunter2"));
  }

  @Test
  void whatStandsForAFileStaysAReference() throws Exception {
    flags.put(Options.NAMESPACE, "test");
    flags.put(Options.DIRECTORY, "/b");
    flags.put(Options.TLS_ENABLE, "true");
    flags.put(Options.TLS_CERTFILE, "/certs/cert.pem");
    for (String place : List.of("/certs/key.pem", "env-b64:KEY", "secrets:tls:key")) {
      flags.put(Options.TLS_KEYFILE, place);
      assertThat(backup().connection().tls().keyFile()).isEqualTo(place);
    }
    flags.put(Options.TLS_KEYFILE, "b64:aHVudGVyMg==");
    OptionValues values = values(Command.BACKUP);
    String kept = Specs.backup(values).connection().tls().keyFile();
    assertThat(kept).startsWith("process:");
    assertThat(SecretSource.isReference(kept)).isTrue();
    assertThat(Secrets.withoutAgent().resolveText(kept)).isEqualTo("hunter2");
    assertThat(values.setting(Options.TLS_KEYFILE).orElseThrow().text()).isEqualTo(kept);

    BackupOptions options = PipelineOptionsFactory.create().as(BackupOptions.class);
    options.setTlsKeyfile("b64:aHVudGVyMg==");
    assertThatThrownBy(() -> OptionValues.read(Command.BACKUP, options).check())
        .hasMessageContaining("env:NAME")
        .hasMessageNotContaining("aHVudGVyMg");
  }

  @Test
  void theAgentIsAskedForOrdinaryOptions() throws Exception {
    OptionSources sources =
        new OptionSources()
            .flag(Options.NAMESPACE, "secrets:names:ns")
            .flag(Options.DIRECTORY, "/b")
            .flag(Options.SA_ADDRESS, "agent")
            .flag(Options.SA_PORT, "3005")
            .flag(Options.USER, "u")
            .flag(Options.PASSWORD, "secrets:names:password")
            .lookup((agent, reference) -> agent + "/" + reference.substring(8).replace(':', '.'));
    assertThatThrownBy(() -> Specs.backup(OptionValues.read(Command.BACKUP, sources)))
        .hasMessageContaining("agent:3005/names.ns");
    sources.lookup((agent, reference) -> "prod");
    BackupSpec spec = Specs.backup(OptionValues.read(Command.BACKUP, sources));
    assertThat(spec.namespace()).isEqualTo("prod");
    assertThat(spec.connection().password()).isEqualTo("secrets:names:password");
    assertThat(spec.secretAgent()).isEqualTo(SecretAgentSpec.tcp("agent", 3005));
  }

  @Test
  void anAgentThatFailsIsOneLineAndASecretIsNotQuoted() {
    OptionSources sources =
        new OptionSources()
            .flag(Options.NAMESPACE, "test")
            .flag(Options.DIRECTORY, "/b")
            .flag(Options.PORT, "secrets:a:port")
            .flag(Options.SA_CAFILE, "secrets:a:ca")
            .lookup(
                (agent, reference) -> {
                  throw new SecretException(reference + ": no such secret", false);
                });
    assertThatThrownBy(() -> OptionValues.read(Command.BACKUP, sources).check())
        .isInstanceOfSatisfying(
            UsageException.class,
            e ->
                assertThat(e.problems())
                    .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("--port: secrets:a:port: no such"),
                        line -> assertThat(line).startsWith("--sa-cafile can't be a secret")));
    sources.flag(Options.SA_CAFILE, "ca.pem").lookup((agent, reference) -> "hunter2");
    assertThatThrownBy(() -> OptionValues.read(Command.BACKUP, sources).check())
        .hasMessageContaining("--port")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aPipelineOptionIsNoSecret() {
    BackupOptions options = PipelineOptionsFactory.create().as(BackupOptions.class);
    options.setPassword("hunter2");
    assertThatThrownBy(() -> OptionValues.read(Command.BACKUP, options).check())
        .hasMessageContaining("env:NAME")
        .hasMessageNotContaining("hunter2");
    options.setPassword("env:P");
    assertThatCode(() -> OptionValues.read(Command.BACKUP, options).check())
        .doesNotThrowAnyException();
  }
}
