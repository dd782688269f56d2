package org.asbeam.pipelines.options;

import static org.asbeam.pipelines.options.Command.BACKUP;
import static org.asbeam.pipelines.options.Command.RESTORE;

import java.util.List;
import java.util.stream.Stream;

/**
 * The peers' options of cloud stores. They are in the table so that a command line of the peers is
 * told what is missing, instead of being told that asbeam doesn't know the flag.
 */
final class CloudOptions {
  private static final String REFUSAL =
      "is not yet supported: asbeam does not know cloud stores yet - back up to a local folder and"
          + " copy it";

  private static final List<String> OF_BOTH =
      List.of(
          "s3-bucket-name",
          "s3-region",
          "s3-profile",
          "s3-access-key-id",
          "s3-secret-access-key",
          "s3-endpoint-override",
          "s3-retry-max-attempts",
          "s3-retry-max-backoff",
          "s3-retry-backoff",
          "s3-max-conns-per-host",
          "s3-request-timeout",
          "gcp-key-path",
          "gcp-bucket-name",
          "gcp-endpoint-override",
          "gcp-retry-max-attempts",
          "gcp-retry-max-backoff",
          "gcp-retry-init-backoff",
          "gcp-retry-backoff-multiplier",
          "gcp-max-conns-per-host",
          "gcp-request-timeout",
          "azure-account-name",
          "azure-account-key",
          "azure-tenant-id",
          "azure-client-id",
          "azure-client-secret",
          "azure-endpoint",
          "azure-container-name",
          "azure-access-tier",
          "azure-retry-max-attempts",
          "azure-retry-max-delay",
          "azure-retry-delay",
          "azure-retry-timeout",
          "azure-max-conns-per-host",
          "azure-request-timeout");

  private static final List<String> OF_BACKUP =
      List.of(
          "s3-storage-class",
          "s3-chunk-size",
          "s3-upload-concurrency",
          "s3-calculate-checksum",
          "gcp-chunk-size",
          "gcp-calculate-checksum",
          "azure-block-size",
          "azure-upload-concurrency",
          "azure-calculate-checksum");

  private static final List<String> OF_RESTORE =
      List.of(
          "s3-tier",
          "s3-restore-poll-duration",
          "s3-retry-read-backoff",
          "s3-retry-read-multiplier",
          "s3-retry-read-max-attempts",
          "gcp-retry-read-backoff",
          "gcp-retry-read-multiplier",
          "gcp-retry-read-max-attempts",
          "azure-rehydrate-poll-duration",
          "azure-retry-read-backoff",
          "azure-retry-read-multiplier",
          "azure-retry-read-max-attempts");

  private static final List<String> SECRETS =
      List.of(
          "s3-access-key-id",
          "s3-secret-access-key",
          "azure-account-key",
          "azure-client-id",
          "azure-client-secret");

  static final List<Option<?>> ALL =
      Stream.of(
              OF_BOTH.stream().map(name -> option(name, BACKUP, RESTORE)),
              OF_BACKUP.stream().map(name -> option(name, BACKUP)),
              OF_RESTORE.stream().map(name -> option(name, RESTORE)))
          .<Option<?>>flatMap(options -> options)
          .toList();

  private CloudOptions() {}

  private static Option<?> option(String name, Command first, Command... rest) {
    // Checksums are switches, without a value.
    Option.Builder<?> builder =
        name.endsWith("-checksum")
            ? Option.option(name, OptionType.flag(), first, rest)
            : Option.option(name, OptionType.text("VALUE"), first, rest);
    if (SECRETS.contains(name)) {
      builder.secret();
    }
    String store = name.startsWith("s3") ? "S3" : name.startsWith("gcp") ? "GCP" : "Azure";
    return builder
        .in(Group.CLOUD)
        .refused(REFUSAL)
        .help("As for the peers; a setting of " + store + ".");
  }
}
