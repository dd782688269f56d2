package org.asbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every option that a job takes changes its specification, or is one of the few that the command
 * itself obeys: none is read and forgotten.
 */
class NothingIsSwallowedTest {
  /** What the command obeys, and what says only what is so anyway. */
  private static final Set<Option<?>> NOT_OF_THE_SPECIFICATION =
      Set.of(
          Options.CONFIG,
          Options.VERBOSE,
          Options.LOG_LEVEL,
          Options.LOG_JSON,
          Options.LOG_FILE,
          Options.RESUME,
          Options.CONTINUE,
          Options.STATE_FILE_DST,
          Options.REMOVE_ARTIFACTS,
          Options.ESTIMATE,
          Options.ESTIMATE_SAMPLES,
          Options.MODIFIED_AFTER_BACKUP,
          Options.MODE,
          Options.VALIDATE,
          // Whether there is a folder for rejects says the same.
          Options.ON_RECORD_ERROR);

  /** What stands in the place of a folder. */
  private static final Set<Option<?>> PLACES =
      Set.of(
          Options.OUTPUT_FILE,
          Options.INPUT_FILE,
          Options.DIRECTORY_LIST,
          Options.PARENT_DIRECTORY);

  /** Two values, where the type alone doesn't give them. */
  private static final Map<Option<?>, List<String>> SAMPLES =
      Map.ofEntries(
          Map.entry(
              Options.AFTER_DIGEST,
              List.of("EjRWeJq83vEjRRI0VniavN7xI0U=", "FjRWeJq83vEjRRI0VniavN7xI0U=")),
          Map.entry(Options.FILTER_EXP, List.of("kwGTUQKhYQE=", "kwGTUQKhYQI=")),
          Map.entry(Options.MODIFIED_AFTER, List.of("2026-01-01", "2026-01-02")),
          Map.entry(Options.MODIFIED_BEFORE, List.of("2026-01-01", "2026-01-02")),
          Map.entry(Options.COMPRESS, List.of("ZSTD", "NONE")),
          Map.entry(Options.COMPRESSED, List.of("ZSTD", "NONE")),
          Map.entry(Options.COMPRESSION_LEVEL, List.of("1", "2")),
          Map.entry(Options.ENCRYPT, List.of("AES128", "AES256")),
          Map.entry(Options.ENCRYPTED, List.of("AES128", "AES256")),
          Map.entry(Options.PASSWORD, List.of("env:P", "env:Q")),
          Map.entry(Options.TLS_KEYFILE_PASSWORD, List.of("env:P", "env:Q")),
          Map.entry(Options.AUTH, List.of("PKI", "INTERNAL")),
          Map.entry(Options.TLS_PROTOCOLS, List.of("all", "TLSv1.3")),
          Map.entry(Options.SA_CONNECTION_TYPE, List.of("UNIX", "TCP")),
          Map.entry(Options.ENCRYPTION_KEY_SECRET, List.of("secrets:a:b", "secrets:a:c")));

  /** What an option must have beside it, as flags of {@code option=value}. */
  private static final Map<Option<?>, String> COMPANIONS =
      Map.ofEntries(
          Map.entry(Options.COMPRESSION_LEVEL, "compress=ZSTD"),
          Map.entry(Options.ENCRYPT, "encryption-key-env=K"),
          Map.entry(Options.ENCRYPTED, "encryption-key-env=K"),
          Map.entry(Options.ENCRYPTION_KEY_SECRET, "encrypt=AES128 sa-address=a"),
          Map.entry(Options.ENCRYPTION_KEY_ENV, "encrypt=AES128"),
          Map.entry(Options.ENCRYPTION_KEY_FILE, "encrypt=AES128"),
          Map.entry(Options.PASSWORD, "user=u"),
          Map.entry(Options.USER, "password=env:P"),
          Map.entry(Options.AUTH, "tls-enable=true tls-certfile=c tls-keyfile=k"),
          Map.entry(Options.TLS_NAME, "tls-enable=true"),
          Map.entry(Options.TLS_CAFILE, "tls-enable=true"),
          Map.entry(Options.TLS_CAPATH, "tls-enable=true"),
          Map.entry(Options.TLS_CERTFILE, "tls-enable=true tls-keyfile=k"),
          Map.entry(Options.TLS_KEYFILE, "tls-enable=true tls-certfile=k"),
          Map.entry(Options.TLS_KEYFILE_PASSWORD, "tls-enable=true tls-certfile=k tls-keyfile=k"),
          Map.entry(Options.TLS_PROTOCOLS, "tls-enable=true"),
          Map.entry(Options.SA_CONNECTION_TYPE, "sa-address=a"),
          Map.entry(Options.SA_PORT, "sa-address=a"),
          Map.entry(Options.SA_TIMEOUT, "sa-address=a"),
          Map.entry(Options.SA_CAFILE, "sa-address=a"),
          Map.entry(Options.SA_IS_BASE64, "sa-address=a"),
          Map.entry(Options.SA_TLS_NAME, "sa-address=a sa-cafile=f"),
          Map.entry(Options.SA_CERT_FILE, "sa-address=a sa-cafile=f sa-key-file=k"),
          Map.entry(Options.SA_KEY_FILE, "sa-address=a sa-cafile=f sa-cert-file=k"),
          Map.entry(CloudOptions.S3_ACCESS_KEY_ID, "s3-secret-access-key=env:X"),
          Map.entry(CloudOptions.S3_SECRET_ACCESS_KEY, "s3-access-key-id=env:X"),
          Map.entry(CloudOptions.AZURE_TENANT, "azure-client-id=env:X azure-client-secret=env:Y"),
          Map.entry(CloudOptions.AZURE_CLIENT_ID, "azure-tenant-id=t azure-client-secret=env:Y"),
          Map.entry(CloudOptions.AZURE_CLIENT_SECRET, "azure-tenant-id=t azure-client-id=env:Y"),
          Map.entry(CloudOptions.AZURE_CONTAINER, "azure-account-name=a"),
          Map.entry(Options.PARENT_DIRECTORY, "directory-list=a,b"),
          Map.entry(Options.REJECTS, "on-record-error=REJECT"),
          Map.entry(Options.MAX_REJECTS, "on-record-error=REJECT rejects=d"));

  static Stream<Arguments> options() {
    return Stream.of(Command.BACKUP, Command.RESTORE, Command.VERIFY)
        .flatMap(
            command ->
                Options.of(command).stream()
                    .filter(option -> option.refusal().isEmpty())
                    .filter(option -> !option.isOfLauncher())
                    .filter(option -> !NOT_OF_THE_SPECIFICATION.contains(option))
                    .map(option -> Arguments.of(command, option)));
  }

  @ParameterizedTest
  @MethodSource("options")
  void anOptionIsInTheSpecification(Command command, Option<?> option) throws UsageException {
    List<String> samples = SAMPLES.getOrDefault(option, samples(option));
    assertThat(specification(command, option, samples.get(0)))
        .isNotEqualTo(specification(command, option, samples.get(1)));
  }

  private static List<String> samples(Option<?> option) {
    if (option.isFlag()) {
      return List.of("true", "false");
    }
    if (option.isSecret()) {
      return List.of("env:P", "env:Q");
    }
    if (option.group() != Group.CLOUD) {
      return List.of("77", "78");
    }
    if (option.type().label().contains("|")) {
      return List.of(option.type().label().split("\\|")).subList(0, 2);
    }
    return option.type().label().equals("SIZE") ? List.of("77MiB", "78MiB") : List.of("7", "8");
  }

  /** Where the folder is that a setting of a store counts for. */
  private static String folderOf(Option<?> option) {
    if (option.group() != Group.CLOUD || CloudOptions.BUCKETS.contains(option)) {
      return "/b";
    }
    return switch (option.name().substring(0, option.name().indexOf('-'))) {
      case "s3" -> "s3://b/d";
      case "gcp" -> "gs://b/d";
      case "azure" -> "az://b/d";
      default -> "hdfs://h:1/d";
    };
  }

  private static Object specification(Command command, Option<?> option, String text)
      throws UsageException {
    Map<String, String> flags = new HashMap<>();
    flags.put("namespace", "test");
    if (!PLACES.contains(option)) {
      flags.put("directory", folderOf(option));
    }
    for (String companion : COMPANIONS.getOrDefault(option, "").split(" ")) {
      if (!companion.isEmpty()) {
        flags.put(companion.split("=")[0], companion.split("=")[1]);
      }
    }
    flags.put(option.name(), text);
    OptionSources sources = new OptionSources();
    for (Option<?> one : Options.of(command)) {
      if (flags.containsKey(one.name()) && one.refusal().isEmpty()) {
        sources.flag(one, flags.get(one.name()));
      }
    }
    OptionValues values = OptionValues.read(command, sources);
    return switch (command) {
      case BACKUP -> Specs.backup(values);
      case RESTORE -> Specs.restore(values);
      default -> Specs.verify(values);
    };
  }
}
