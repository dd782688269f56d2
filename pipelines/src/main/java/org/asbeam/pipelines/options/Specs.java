package org.asbeam.pipelines.options;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.aerospike.InfoPatience;
import org.asbeam.aerospike.ScanFilter;
import org.asbeam.aerospike.ScanRetries;
import org.asbeam.aerospike.TlsSpec;
import org.asbeam.format.PartitionSet;
import org.asbeam.storage.Compression;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.crypto.EncryptionSpec;
import org.asbeam.storage.crypto.KeyReference;
import org.asbeam.storage.secrets.SecretAgentSpec;
import org.asbeam.transforms.work.BackupOutput;
import org.asbeam.transforms.work.BackupScope;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.Limits;
import org.asbeam.transforms.work.ReadSettings;
import org.asbeam.transforms.work.Rejects;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.RestoreScope;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.TargetRules;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.WriteSettings;
import org.asbeam.transforms.work.WriteSettings.Existence;

/** Makes the specifications of jobs of the values of options, or tells all that is wrong. */
public final class Specs {
  /** The longest name of a namespace that a server takes, in bytes. */
  private static final int MAX_NAMESPACE = 31;

  /** What a resumed backup takes from the run that it resumes. */
  private static final Set<Group> SETTLED = Set.of(Group.FILES, Group.SCOPE, Group.CODECS);

  /** Of those what says which run that is; the namespace must be the run's. */
  private static final Set<Option<?>> COUNTING_ANEW =
      Set.of(Options.DIRECTORY, Options.RESUME, Options.CONTINUE, Options.NAMESPACE);

  private Specs() {}

  /**
   * @throws UsageException naming all that is wrong
   */
  public static BackupSpec backup(OptionValues values) throws UsageException {
    String namespace = backupNamespace(values);
    ConnectionSpec connection = connection(values);
    if (!values.isGiven(Options.OUTPUT_FILE) && !values.get(Options.ESTIMATE)) {
      values.require(Options.DIRECTORY);
    }
    attempt(
        values,
        Options.SETS,
        () -> ScanFilter.builder().sets(values.get(Options.SETS, List.of())).build());
    attempt(
        values,
        Options.FILTER_EXP,
        () -> ScanFilter.builder().expression(values.get(Options.FILTER_EXP, "")).build());
    SecretAgentSpec agent = attempt(values, Options.SA_ADDRESS, () -> secretAgent(values));
    Rules.check(values);
    values.check();
    return BackupSpec.of(connection, namespace, output(values))
        .withScope(backupScope(values))
        .withSecretAgent(agent)
        .withStoreSettings(StoreValues.settings(values))
        .withReading(reading(values))
        .withLimits(limits(values))
        .withSlots(slots(values))
        .withWaitStable(values.get(Options.WAIT_STABLE))
        .withAllowUnstable(values.get(Options.ALLOW_UNSTABLE));
  }

  /**
   * What {@code --remove-artifacts} is about; only directory and file count.
   *
   * @throws UsageException naming all that is wrong
   */
  public static BackupOutput artifacts(OptionValues values) throws UsageException {
    if (!values.isGiven(Options.OUTPUT_FILE)) {
      values.require(Options.DIRECTORY);
    }
    Rules.check(values);
    values.check();
    return output(values);
  }

  /** Whether a backup goes on with an unfinished one: asbeam's word for it, or the peers'. */
  public static boolean isResumed(OptionValues values) {
    return values.get(Options.RESUME) || values.isGiven(Options.CONTINUE);
  }

  /**
   * A line on what a person gave that does not count because a backup is resumed; empty if there is
   * nothing of the kind. What is backed up, and how, was settled when the run began, and nobody may
   * think that the backup is of what these options say.
   */
  public static Optional<String> settledBefore(OptionValues values) {
    List<String> settled =
        Options.of(Command.BACKUP).stream()
            .filter(option -> SETTLED.contains(option.group()) && !COUNTING_ANEW.contains(option))
            .filter(values::isOn)
            .map(values::nameOf)
            .toList();
    if (settled.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        String.join(", ", settled)
            + (settled.size() == 1 ? " does" : " do")
            + " not count: the unfinished backup goes on as it was when it began, and "
            + values.nameOf(values.isGiven(Options.CONTINUE) ? Options.CONTINUE : Options.RESUME)
            + " changes nothing of what is backed up, and how");
  }

  /**
   * @throws UsageException naming all that is wrong
   */
  public static RestoreSpec restore(OptionValues values) throws UsageException {
    List<String> namespaces = restoreNamespaces(values);
    ConnectionSpec connection = connection(values);
    checkInput(values);
    SecretAgentSpec agent = attempt(values, Options.SA_ADDRESS, () -> secretAgent(values));
    Rules.check(values);
    values.check();
    return RestoreSpec.of(connection, namespaces.get(0), input(values))
        .withTargetNamespace(namespaces.get(namespaces.size() - 1))
        .withScope(restoreScope(values))
        .withWriting(writing(values))
        .withRejects(new Rejects(values.get(Options.REJECTS, ""), values.get(Options.MAX_REJECTS)))
        .withTarget(
            new TargetRules(
                values.get(Options.CLUSTER_NAME, ""), values.get(Options.REQUIRE_EMPTY)))
        .withMetadataLast(values.get(Options.APPLY_METADATA_LAST))
        .withReplaceMetadata(values.get(Options.REPLACE_METADATA))
        .withLimits(limits(values))
        .withSlots(slots(values))
        .withStateDirectory(values.get(Options.STATE_DIRECTORY, ""))
        .withResume(values.get(Options.RESUME_RESTORE))
        .withSecretAgent(agent)
        .withStoreSettings(StoreValues.settings(values));
  }

  /**
   * The verification that {@code asbeam verify} asks for, or {@code asbeam restore --validate}.
   *
   * @throws UsageException naming all that is wrong
   */
  public static VerifySpec verify(OptionValues values) throws UsageException {
    checkInput(values);
    SecretAgentSpec agent = attempt(values, Options.SA_ADDRESS, () -> secretAgent(values));
    Rules.check(values);
    values.check();
    return new VerifySpec(
        input(values),
        slots(values),
        values.get(Options.STATE_DIRECTORY, ""),
        agent,
        StoreValues.settings(values));
  }

  /**
   * The folder of a command that takes little else.
   *
   * @throws UsageException naming all that is wrong
   */
  public static String directory(OptionValues values) throws UsageException {
    String directory = values.require(Options.DIRECTORY);
    Rules.check(values);
    values.check();
    return StoreValues.place(values, directory);
  }

  /** What stores are opened with that no specification tells of. */
  public static StoreAccess access(OptionValues values) {
    SecretAgentSpec agent =
        values.command() == Command.CLEANUP || values.command() == Command.STATUS
            ? null
            : attempt(values, Options.SA_ADDRESS, () -> secretAgent(values));
    return new StoreAccess(StoreValues.settings(values), agent);
  }

  /** Where the backup is that an increment follows; null: there is none. */
  public static String earlierBackup(OptionValues values) {
    String earlier = values.get(Options.MODIFIED_AFTER_BACKUP);
    return earlier == null ? null : StoreValues.place(values, earlier);
  }

  /**
   * The increment that follows an earlier backup.
   *
   * @param end what the earlier backup's manifest says of the time up to which it has all changes
   * @throws UsageException if {@code --modified-before} leaves no time after it
   */
  public static BackupSpec since(BackupSpec spec, Instant end) throws UsageException {
    ScanFilter filter = spec.scope().filter();
    if (filter.modifiedBefore() != null && !filter.modifiedBefore().isAfter(end)) {
      throw new UsageException(
          List.of(
              Options.MODIFIED_BEFORE
                  + " ("
                  + filter.modifiedBefore()
                  + ") is not later than the end of the backup that "
                  + Options.MODIFIED_AFTER_BACKUP
                  + " names ("
                  + end
                  + ") - correct one"));
    }
    return spec.withScope(spec.scope().withFilter(filter.toBuilder().modifiedAfter(end).build()));
  }

  /**
   * A line on the times that a backup is limited to, for who wrote {@code 2h}, or a local time;
   * empty if it is limited to none.
   */
  public static Optional<String> times(BackupSpec spec) {
    Instant after = spec.scope().filter().modifiedAfter();
    Instant before = spec.scope().filter().modifiedBefore();
    if (after == null && before == null) {
      return Optional.empty();
    }
    return Optional.of(
        "only records last updated"
            + (after == null ? "" : " at " + after + " or later")
            + (after == null || before == null ? "" : ", and")
            + (before == null ? "" : " before " + before));
  }

  private static int slots(OptionValues values) {
    int parallel = values.get(Options.PARALLEL);
    return parallel > 0 ? parallel : Runtime.getRuntime().availableProcessors();
  }

  /** Makes a part; what it refuses is a problem of the option. */
  private static <T> T attempt(OptionValues values, Option<?> option, Supplier<T> part) {
    try {
      return part.get();
    } catch (IllegalArgumentException e) {
      values.problem(values.nameOf(option) + ": " + e.getMessage());
      return null;
    }
  }

  private static ConnectionSpec connection(OptionValues values) {
    TlsSpec tls = attempt(values, Options.TLS_PROTOCOLS, () -> tls(values));
    ConnectionSpec seeds =
        attempt(
            values,
            Options.HOST,
            () ->
                ConnectionSpec.of(values.get(Options.HOST))
                    .withDefaultPort(values.get(Options.PORT)));
    if (tls == null || seeds == null) {
      return null;
    }
    ConnectionSpec connection =
        seeds
            .withServicesAlternate(values.get(Options.SERVICES_ALTERNATE))
            .withConnectTimeoutMillis(millis(values.get(Options.CLIENT_TIMEOUT)))
            .withIdleTimeoutMillis((int) values.get(Options.CLIENT_IDLE_TIMEOUT).toMillis())
            .withLoginTimeoutMillis(millis(values.get(Options.CLIENT_LOGIN_TIMEOUT)))
            .withUser(values.get(Options.USER, ""), values.get(Options.PASSWORD, ""))
            .withAuthMode(values.get(Options.AUTH))
            .withInfo(
                new InfoPatience(
                    millis(values.get(Options.INFO_TIMEOUT)),
                    values.get(Options.INFO_RETRY_TIMEOUT),
                    values.get(Options.INFO_RETRY_MULTIPLIER),
                    values.get(Options.INFO_MAX_RETRIES)))
            .withTls(tls);
    return values.command() == Command.BACKUP
        ? connection.withPreferRacks(values.get(Options.PREFER_RACKS, List.of()))
        : connection.withMinConnectionsPerNode(values.get(Options.WARM_UP));
  }

  private static TlsSpec tls(OptionValues values) {
    return new TlsSpec(
        values.get(Options.TLS_ENABLE),
        values.get(Options.TLS_NAME, ""),
        values.get(Options.TLS_CAFILE, ""),
        values.get(Options.TLS_CAPATH, ""),
        values.get(Options.TLS_CERTFILE, ""),
        values.get(Options.TLS_KEYFILE, ""),
        values.get(Options.TLS_KEYFILE_PASSWORD, ""),
        values.get(Options.TLS_PROTOCOLS));
  }

  /**
   * Where secrets are asked for; null if there is no agent.
   *
   * @throws IllegalArgumentException if it can't be so
   */
  static SecretAgentSpec secretAgent(OptionValues values) {
    String address = values.get(Options.SA_ADDRESS);
    if (address == null) {
      return null;
    }
    Duration timeout = values.get(Options.SA_TIMEOUT);
    return new SecretAgentSpec(
        values.get(Options.SA_CONNECTION_TYPE),
        address,
        values.get(Options.SA_PORT),
        timeout.isZero() ? SecretAgentSpec.DEFAULT_TIMEOUT : timeout,
        values.get(Options.SA_CAFILE, ""),
        values.get(Options.SA_TLS_NAME, ""),
        values.get(Options.SA_CERT_FILE, ""),
        values.get(Options.SA_KEY_FILE, ""),
        values.get(Options.SA_IS_BASE64));
  }

  /** The key that is named; null if none is. */
  private static KeyReference key(OptionValues values) {
    if (values.isGiven(Options.ENCRYPTION_KEY_FILE)) {
      return KeyReference.file(values.get(Options.ENCRYPTION_KEY_FILE));
    }
    if (values.isGiven(Options.ENCRYPTION_KEY_ENV)) {
      return KeyReference.environment(values.get(Options.ENCRYPTION_KEY_ENV));
    }
    return values.isGiven(Options.ENCRYPTION_KEY_SECRET)
        ? KeyReference.secret(values.get(Options.ENCRYPTION_KEY_SECRET))
        : null;
  }

  private static ScanFilter filter(OptionValues values) {
    return new ScanFilter(
        values.get(Options.FILTER_EXP, ""),
        values.get(Options.SETS, List.of()),
        values.get(Options.MODIFIED_AFTER),
        values.get(Options.MODIFIED_BEFORE),
        values.get(Options.NO_TTL_ONLY));
  }

  /** The client counts in milliseconds, and takes none for an error. */
  private static int millis(Duration time) {
    return (int) Math.max(1, time.toMillis());
  }

  private static BackupOutput output(OptionValues values) {
    BackupOutput output =
        values.isGiven(Options.OUTPUT_FILE)
            ? BackupOutput.singleFile(StoreValues.place(values, values.get(Options.OUTPUT_FILE)))
            : BackupOutput.folder(folder(values)).withFileLimit(values.get(Options.FILE_LIMIT));
    return output
        .withFilePrefix(values.get(Options.OUTPUT_FILE_PREFIX, ""))
        .withRemoveFiles(values.get(Options.REMOVE_FILES))
        .withCompact(values.get(Options.COMPACT))
        .withCompression(
            values.get(Options.COMPRESS) == Compression.Codec.ZSTD
                ? Compression.zstd(values.get(Options.COMPRESSION_LEVEL))
                : Compression.NONE)
        .withEncryption(new EncryptionSpec(values.get(Options.ENCRYPT), key(values)));
  }

  private static BackupScope backupScope(OptionValues values) {
    return new BackupScope(
        values.get(Options.PARTITION_LIST, PartitionSet.all()),
        values.get(Options.AFTER_DIGEST, ""),
        values.get(Options.NODE_LIST, List.of()),
        values.get(Options.RACK_LIST, List.of()),
        filter(values),
        values.get(Options.BINS, List.of()),
        values.get(Options.NO_BINS),
        values.get(Options.MAX_RECORDS),
        !values.get(Options.NO_RECORDS),
        !values.get(Options.NO_INDEXES),
        !values.get(Options.NO_UDFS));
  }

  private static ReadSettings reading(OptionValues values) {
    return new ReadSettings(
        new ScanRetries(
            values.get(Options.STALL_TIMEOUT),
            values.get(Options.MAX_RETRIES, ScanRetries.UNLIMITED),
            values.get(Options.SLEEP_BETWEEN_RETRIES),
            values.get(Options.SOCKET_TIMEOUT, Duration.ZERO),
            values.get(Options.TOTAL_TIMEOUT, Duration.ZERO)),
        values.get(Options.PARALLEL_NODES));
  }

  private static Limits limits(OptionValues values) {
    return new Limits(values.get(Options.RECORDS_PER_SECOND), values.get(Options.BANDWIDTH));
  }

  private static void checkInput(OptionValues values) {
    if (Stream.of(Options.INPUT_FILE, Options.DIRECTORY_LIST).noneMatch(values::isGiven)) {
      values.require(Options.DIRECTORY);
    }
  }

  private static RestoreInput input(OptionValues values) {
    RestoreInput input;
    if (values.isGiven(Options.INPUT_FILE)) {
      input = RestoreInput.singleFile(StoreValues.place(values, values.get(Options.INPUT_FILE)));
    } else if (values.isGiven(Options.DIRECTORY_LIST)) {
      String parent = values.get(Options.PARENT_DIRECTORY, "");
      input =
          RestoreInput.folders(
              values.get(Options.DIRECTORY_LIST).stream()
                  .map(dir -> StoreValues.place(values, below(parent, dir)))
                  .toList());
    } else {
      input = RestoreInput.folder(folder(values));
    }
    return input
        .withCompression(values.get(Options.COMPRESSED))
        .withEncryption(values.get(Options.ENCRYPTED))
        .withKey(key(values));
  }

  /** Empty if there is none. */
  private static String folder(OptionValues values) {
    String directory = values.get(Options.DIRECTORY, "");
    return directory.isEmpty() ? "" : StoreValues.place(values, directory);
  }

  /** Folders may be URIs, so this is no matter of paths. */
  private static String below(String parent, String directory) {
    if (parent.isEmpty()) {
      return directory;
    }
    return parent.replaceFirst("/+$", "") + "/" + directory.replaceFirst("^/+", "");
  }

  private static RestoreScope restoreScope(OptionValues values) {
    return new RestoreScope(
        values.get(Options.SETS, List.of()),
        values.get(Options.BINS, List.of()),
        !values.get(Options.NO_RECORDS),
        !values.get(Options.NO_INDEXES),
        !values.get(Options.NO_UDFS));
  }

  private static WriteSettings writing(OptionValues values) {
    return new WriteSettings(
        existence(values),
        !values.get(Options.NO_GENERATION),
        values.get(Options.EXTRA_TTL).toSeconds(),
        values.get(Options.IGNORE_RECORD_ERROR),
        !values.get(Options.DISABLE_BATCH_WRITES),
        values.get(Options.BATCH_SIZE),
        values.get(Options.MAX_ASYNC_BATCHES),
        values.get(Options.RETRY_BASE_TIMEOUT),
        values.get(Options.RETRY_MULTIPLIER),
        values.get(Options.RETRY_MAX_RETRIES, WriteSettings.DEFAULT.maxRetries()),
        values.get(Options.MAX_RETRIES, WriteSettings.DEFAULT.requestRetries()),
        values.get(Options.TOTAL_TIMEOUT, WriteSettings.DEFAULT.totalTimeout()),
        values.get(Options.SOCKET_TIMEOUT, WriteSettings.DEFAULT.socketTimeout()),
        values.get(Options.STALL_TIMEOUT));
  }

  private static Existence existence(OptionValues values) {
    if (values.get(Options.UNIQUE)) {
      return Existence.UNIQUE;
    }
    return values.get(Options.REPLACE) ? Existence.REPLACE : Existence.MERGE;
  }

  private static String backupNamespace(OptionValues values) {
    if (isResumed(values) && !values.isGiven(Options.NAMESPACE)) {
      return "";
    }
    String namespace = values.require(Options.NAMESPACE);
    checkNamespace(values, namespace);
    return namespace;
  }

  private static List<String> restoreNamespaces(OptionValues values) {
    List<String> names = List.of(values.require(Options.NAMESPACES).split(",", -1));
    if (names.size() > 2) {
      values.problem(
          "--namespace names " + names.size() + " namespaces - give SOURCE or SOURCE,TARGET");
    } else {
      names.forEach(name -> checkNamespace(values, name));
    }
    return names;
  }

  private static void checkNamespace(OptionValues values, String name) {
    if (name.isEmpty() && !values.isGiven(Options.NAMESPACES)) {
      return; // That it is missing has been said.
    }
    if (!name.matches("[^\\s,;:/=]{1," + MAX_NAMESPACE + "}")) {
      values.problem(
          "--namespace '"
              + name
              + "' is no namespace's name: up to "
              + MAX_NAMESPACE
              + " characters, no blank and none of , ; : / =");
    }
  }
}
