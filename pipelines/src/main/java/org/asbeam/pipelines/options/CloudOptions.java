package org.asbeam.pipelines.options;

import static org.asbeam.pipelines.options.Command.BACKUP;
import static org.asbeam.pipelines.options.Command.CLEANUP;
import static org.asbeam.pipelines.options.Command.RESTORE;
import static org.asbeam.pipelines.options.Command.STATUS;
import static org.asbeam.pipelines.options.Command.VERIFY;
import static org.asbeam.pipelines.options.Option.option;
import static org.asbeam.pipelines.options.OptionType.choice;
import static org.asbeam.pipelines.options.OptionType.decimal;
import static org.asbeam.pipelines.options.OptionType.flag;
import static org.asbeam.pipelines.options.OptionType.integer;
import static org.asbeam.pipelines.options.OptionType.millis;
import static org.asbeam.pipelines.options.OptionType.seconds;
import static org.asbeam.pipelines.options.OptionType.size;
import static org.asbeam.pipelines.options.OptionType.text;
import static org.asbeam.pipelines.options.OptionType.texts;

import java.time.Duration;
import java.util.List;

/**
 * The part of the table that is about stores: names of the peers, and a few of our own. Those that
 * name a bucket say where a folder lies; all others are settings of the store, under their own
 * names.
 */
final class CloudOptions {
  private static final String PAUSE_OF_THE_PEERS = "60 s there, which for S3 is the longest pause";

  static final Option<String> S3_BUCKET =
      option("s3-bucket-name", text("BUCKET"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .help(
              "Bucket of Amazon S3, or of a store that speaks its protocol; --directory and "
                  + "files are names in it. The same as --directory s3://BUCKET/DIR.");

  static final Option<String> S3_REGION =
      option("s3-region", text("REGION"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .help(
              "Region of the bucket. Without it the environment and the AWS profile are asked; "
                  + "us-east-1 with --s3-endpoint-override.");

  static final Option<String> S3_PROFILE =
      option("s3-profile", text("PROFILE"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .help("Profile of the AWS configuration that credentials and region come from.");

  static final Option<String> S3_ACCESS_KEY_ID =
      option("s3-access-key-id", text("KEY"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .secret()
          .help(
              "Access key id. Without it the usual chain is asked: environment, profile, web "
                  + "identity, container, instance.");

  static final Option<String> S3_SECRET_ACCESS_KEY =
      option("s3-secret-access-key", text("KEY"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .secret()
          .help("The secret key of the access key id.");

  static final Option<String> S3_ENDPOINT =
      option("s3-endpoint-override", text("URL"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .help("Where the store is, if it is not Amazon's; buckets are then part of the path.");

  static final Option<String> S3_STORAGE_CLASS =
      option(
              "s3-storage-class",
              choice(
                  "STANDARD",
                  "REDUCED_REDUNDANCY",
                  "STANDARD_IA",
                  "ONEZONE_IA",
                  "INTELLIGENT_TIERING",
                  "GLACIER",
                  "DEEP_ARCHIVE",
                  "OUTPOSTS",
                  "GLACIER_IR",
                  "SNOW",
                  "EXPRESS_ONEZONE"),
              BACKUP)
          .in(Group.CLOUD)
          .remark("all files there, which can't be read back from GLACIER")
          .help(
              "Storage class of the backup files. Journal, indexes and manifest stay in the "
                  + "bucket's own.");

  static final Option<Long> S3_CHUNK_SIZE =
      option("s3-chunk-size", size(5L << 20, 1L << 30), BACKUP)
          .in(Group.CLOUD)
          .defaultsTo("5MiB")
          .remark("MiB in absctl, 50 there")
          .help(
              "Bytes of a part of an upload, from 5 MiB. A file has at most 10,000 parts. "
                  + "Memory per open file: the parts on their way and one.");

  static final Option<Integer> S3_UPLOAD_CONCURRENCY =
      option("s3-upload-concurrency", integer("N", 1, 64), BACKUP)
          .in(Group.CLOUD)
          .defaultsTo("1")
          .help("Parts of a file that are on their way at once.");

  static final Option<Boolean> S3_CHECKSUM =
      option("s3-calculate-checksum", flag(), BACKUP)
          .in(Group.CLOUD)
          .defaultsTo("true")
          .remark("off in absctl unless given")
          .help(
              "Send a checksum with each upload, which the store compares. false for stores "
                  + "that refuse it.");

  static final Option<Integer> S3_CONNECTIONS =
      option(
              "s3-max-conns-per-host",
              integer("N", 1, 10_000),
              BACKUP,
              RESTORE,
              VERIFY,
              CLEANUP,
              STATUS)
          .in(Group.CLOUD)
          .defaultsTo("64")
          .help("Connections to the store at once.");

  static final Option<Duration> S3_REQUEST_TIMEOUT =
      option("s3-request-timeout", millis(), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .defaultsTo("10m")
          .help("How long one request may take; also how long a body may be silent.");

  static final Option<Integer> S3_RETRY_MAX_ATTEMPTS = attempts("s3");

  static final Option<Duration> S3_RETRY_BACKOFF =
      firstPause("s3-retry-backoff", PAUSE_OF_THE_PEERS);

  static final Option<Duration> S3_RETRY_MAX_BACKOFF = longestPause("s3-retry-max-backoff");

  static final Option<Integer> S3_RETRY_READ_MAX_ATTEMPTS = readAttempts("s3");

  static final Option<Duration> S3_RETRY_READ_BACKOFF = readPause("s3");

  static final Option<Double> S3_RETRY_READ_MULTIPLIER = readMultiplier("s3");

  static final Option<String> S3_TIER =
      option("s3-tier", choice("Standard", "Bulk", "Expedited"), RESTORE, VERIFY)
          .in(Group.CLOUD)
          .help(
              "Take files out of the Glacier archives first, at this speed and price, and wait "
                  + "for them. Without it files in an archive are an error.");

  static final Option<Duration> S3_POLL =
      option("s3-restore-poll-duration", millis(), RESTORE, VERIFY)
          .in(Group.CLOUD)
          .defaultsTo("60s")
          .help("How often to look whether they can be read.");

  static final Option<String> GCP_BUCKET =
      option("gcp-bucket-name", text("BUCKET"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .help(
              "Bucket of Google Cloud Storage; --directory and files are names in it. The same "
                  + "as --directory gs://BUCKET/DIR.");

  static final Option<String> GCP_KEY_PATH =
      option("gcp-key-path", text("FILE"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .fileOrContent()
          .help(
              "Key of a service account, as a JSON file. Without it the usual chain is asked: "
                  + "GOOGLE_APPLICATION_CREDENTIALS, gcloud, workload identity.");

  static final Option<String> GCP_ENDPOINT =
      option("gcp-endpoint-override", text("URL"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .help("Where the store is, if it is not Google's; without a key nobody logs in there.");

  static final Option<Long> GCP_CHUNK_SIZE =
      option("gcp-chunk-size", size(256L << 10, 512L << 20), BACKUP)
          .in(Group.CLOUD)
          .defaultsTo("5MiB")
          .remark("MiB in absctl, 50 there")
          .help(
              "Bytes of a part of an upload, rounded up to 256 KiB. Memory per open file: two "
                  + "of them.");

  static final Option<Boolean> GCP_CHECKSUM =
      option("gcp-calculate-checksum", flag(), BACKUP)
          .in(Group.CLOUD)
          .defaultsTo("true")
          .remark("off in absctl unless given")
          .help("Compare a checksum of each upload with the store's.");

  static final Option<Integer> GCP_CONNECTIONS =
      option(
              "gcp-max-conns-per-host",
              integer("N", 1, 10_000),
              BACKUP,
              RESTORE,
              VERIFY,
              CLEANUP,
              STATUS)
          .in(Group.CLOUD)
          .defaultsTo("64")
          .help("Connections to the store at once.");

  static final Option<Duration> GCP_REQUEST_TIMEOUT =
      option("gcp-request-timeout", millis(), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .defaultsTo("10m")
          .help("How long one request may take; also how long a body may be silent.");

  static final Option<Integer> GCP_RETRY_MAX_ATTEMPTS = attempts("gcp");

  static final Option<Duration> GCP_RETRY_INIT_BACKOFF =
      firstPause("gcp-retry-init-backoff", PAUSE_OF_THE_PEERS);

  static final Option<Duration> GCP_RETRY_MAX_BACKOFF = longestPause("gcp-retry-max-backoff");

  static final Option<Double> GCP_RETRY_MULTIPLIER =
      option(
              "gcp-retry-backoff-multiplier",
              decimal("FACTOR", 1, 100),
              BACKUP,
              RESTORE,
              VERIFY,
              CLEANUP,
              STATUS)
          .in(Group.CLOUD)
          .defaultsTo("2")
          .help("How much longer each further pause is.");

  static final Option<Integer> GCP_RETRY_READ_MAX_ATTEMPTS = readAttempts("gcp");

  static final Option<Duration> GCP_RETRY_READ_BACKOFF = readPause("gcp");

  static final Option<Double> GCP_RETRY_READ_MULTIPLIER = readMultiplier("gcp");

  static final Option<String> AZURE_CONTAINER =
      option("azure-container-name", text("CONTAINER"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .help(
              "Container of Azure Blob Storage; --directory and files are names in it. The same "
                  + "as --directory azfs://ACCOUNT/CONTAINER/DIR.");

  static final Option<String> AZURE_ACCOUNT =
      option("azure-account-name", text("ACCOUNT"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .help("Storage account.");

  static final Option<String> AZURE_ACCOUNT_KEY =
      option("azure-account-key", text("KEY"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .secret()
          .help(
              "Key of the storage account. Without any credentials the usual chain is asked: "
                  + "environment, workload identity, managed identity, az.");

  static final Option<String> AZURE_SAS =
      option("azure-sas-token", text("TOKEN"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .secret()
          .help("Shared access signature.");

  static final Option<String> AZURE_TENANT =
      option("azure-tenant-id", text("ID"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .help(
              "Tenant of an application that logs in by --azure-client-id and "
                  + "--azure-client-secret.");

  static final Option<String> AZURE_CLIENT_ID =
      option("azure-client-id", text("ID"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .secret()
          .help("Id of the application.");

  static final Option<String> AZURE_CLIENT_SECRET =
      option("azure-client-secret", text("SECRET"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .secret()
          .help("Secret of the application.");

  static final Option<String> AZURE_ENDPOINT =
      option("azure-endpoint", text("URL"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .help("Where the store is, if it is not at https://ACCOUNT.blob.core.windows.net.");

  static final Option<String> AZURE_TIER =
      option(
              "azure-access-tier",
              choice(
                  "Archive", "Cold", "Cool", "Hot", "P10", "P15", "P20", "P30", "P4", "P40", "P50",
                  "P6", "P60", "P70", "P80", "Premium"),
              BACKUP,
              RESTORE,
              VERIFY)
          .in(Group.CLOUD)
          .help(
              "backup: Access tier of the backup files; journal, indexes and manifest stay in "
                  + "the account's own. restore, verify: Take files out of the archive first, to this "
                  + "tier, and wait for them.");

  static final Option<Long> AZURE_BLOCK_SIZE =
      option("azure-block-size", size(64L << 10, 1L << 30), BACKUP)
          .in(Group.CLOUD)
          .defaultsTo("5MiB")
          .remark("MiB in absctl, 50 there")
          .help(
              "Bytes of a block of an upload. A file has at most 50,000 blocks. Memory per open "
                  + "file: the blocks on their way and one.");

  static final Option<Integer> AZURE_UPLOAD_CONCURRENCY =
      option("azure-upload-concurrency", integer("N", 1, 64), BACKUP)
          .in(Group.CLOUD)
          .defaultsTo("1")
          .help("Blocks of a file that are on their way at once.");

  static final Option<Boolean> AZURE_CHECKSUM =
      option("azure-calculate-checksum", flag(), BACKUP)
          .in(Group.CLOUD)
          .defaultsTo("true")
          .remark("off in absctl unless given")
          .help("Send a checksum with each upload, which the store compares.");

  static final Option<Integer> AZURE_CONNECTIONS =
      option(
              "azure-max-conns-per-host",
              integer("N", 1, 10_000),
              BACKUP,
              RESTORE,
              VERIFY,
              CLEANUP,
              STATUS)
          .in(Group.CLOUD)
          .defaultsTo("64")
          .help("Requests to the store at once.");

  static final Option<Duration> AZURE_REQUEST_TIMEOUT =
      option("azure-request-timeout", millis(), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .defaultsTo("10m")
          .help("How long one request may take; also how long a body may be silent.");

  static final Option<Duration> AZURE_RETRY_TIMEOUT =
      option(
              "azure-retry-timeout",
              seconds(Duration.ZERO, Duration.ofHours(24)),
              BACKUP,
              RESTORE,
              VERIFY,
              CLEANUP,
              STATUS)
          .in(Group.CLOUD)
          .defaultsTo("0")
          .help("The same, if it is shorter. 0: the request timeout alone counts.");

  static final Option<Integer> AZURE_RETRY_MAX_ATTEMPTS = attempts("azure");

  static final Option<Duration> AZURE_RETRY_DELAY =
      firstPause("azure-retry-delay", PAUSE_OF_THE_PEERS);

  static final Option<Duration> AZURE_RETRY_MAX_DELAY = longestPause("azure-retry-max-delay");

  static final Option<Integer> AZURE_RETRY_READ_MAX_ATTEMPTS = readAttempts("azure");

  static final Option<Duration> AZURE_RETRY_READ_BACKOFF = readPause("azure");

  static final Option<Double> AZURE_RETRY_READ_MULTIPLIER = readMultiplier("azure");

  static final Option<Duration> AZURE_POLL =
      option("azure-rehydrate-poll-duration", millis(), RESTORE, VERIFY)
          .in(Group.CLOUD)
          .defaultsTo("60s")
          .help("How often to look whether files can be read that were taken out of the archive.");

  static final Option<String> HDFS_CONFIG =
      option("hdfs-config", texts("FILE,..."), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .help(
              "Hadoop's configuration: files such as core-site.xml and hdfs-site.xml, or "
                  + "folders with them. Without it HADOOP_CONF_DIR.");

  static final Option<String> HDFS_USER =
      option("hdfs-user", text("USER"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .help(
              "The user to act as, without Kerberos. Without it HADOOP_USER_NAME, or the "
                  + "process's own.");

  static final Option<Duration> HDFS_REQUEST_TIMEOUT =
      option("hdfs-request-timeout", millis(), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.CLOUD)
          .defaultsTo("10m")
          .help("How long one request may take.");

  static final Option<Integer> HDFS_RETRY_MAX_ATTEMPTS = attempts("hdfs");

  static final Option<Duration> HDFS_RETRY_BACKOFF = firstPause("hdfs-retry-backoff", "");

  static final Option<Duration> HDFS_RETRY_MAX_BACKOFF = longestPause("hdfs-retry-max-backoff");

  /** Those that say in which bucket folders and files are. */
  static final List<Option<String>> BUCKETS = List.of(S3_BUCKET, GCP_BUCKET, AZURE_CONTAINER);

  static final List<Option<?>> ALL =
      List.of(
          S3_BUCKET,
          S3_REGION,
          S3_PROFILE,
          S3_ACCESS_KEY_ID,
          S3_SECRET_ACCESS_KEY,
          S3_ENDPOINT,
          S3_STORAGE_CLASS,
          S3_CHUNK_SIZE,
          S3_UPLOAD_CONCURRENCY,
          S3_CHECKSUM,
          S3_CONNECTIONS,
          S3_REQUEST_TIMEOUT,
          S3_RETRY_MAX_ATTEMPTS,
          S3_RETRY_BACKOFF,
          S3_RETRY_MAX_BACKOFF,
          S3_RETRY_READ_MAX_ATTEMPTS,
          S3_RETRY_READ_BACKOFF,
          S3_RETRY_READ_MULTIPLIER,
          S3_TIER,
          S3_POLL,
          GCP_BUCKET,
          GCP_KEY_PATH,
          GCP_ENDPOINT,
          GCP_CHUNK_SIZE,
          GCP_CHECKSUM,
          GCP_CONNECTIONS,
          GCP_REQUEST_TIMEOUT,
          GCP_RETRY_MAX_ATTEMPTS,
          GCP_RETRY_INIT_BACKOFF,
          GCP_RETRY_MAX_BACKOFF,
          GCP_RETRY_MULTIPLIER,
          GCP_RETRY_READ_MAX_ATTEMPTS,
          GCP_RETRY_READ_BACKOFF,
          GCP_RETRY_READ_MULTIPLIER,
          AZURE_CONTAINER,
          AZURE_ACCOUNT,
          AZURE_ACCOUNT_KEY,
          AZURE_SAS,
          AZURE_TENANT,
          AZURE_CLIENT_ID,
          AZURE_CLIENT_SECRET,
          AZURE_ENDPOINT,
          AZURE_TIER,
          AZURE_BLOCK_SIZE,
          AZURE_UPLOAD_CONCURRENCY,
          AZURE_CHECKSUM,
          AZURE_CONNECTIONS,
          AZURE_REQUEST_TIMEOUT,
          AZURE_RETRY_TIMEOUT,
          AZURE_RETRY_MAX_ATTEMPTS,
          AZURE_RETRY_DELAY,
          AZURE_RETRY_MAX_DELAY,
          AZURE_RETRY_READ_MAX_ATTEMPTS,
          AZURE_RETRY_READ_BACKOFF,
          AZURE_RETRY_READ_MULTIPLIER,
          AZURE_POLL,
          HDFS_CONFIG,
          HDFS_USER,
          HDFS_REQUEST_TIMEOUT,
          HDFS_RETRY_MAX_ATTEMPTS,
          HDFS_RETRY_BACKOFF,
          HDFS_RETRY_MAX_BACKOFF);

  private CloudOptions() {}

  private static Option<Integer> attempts(String store) {
    return option(
            store + "-retry-max-attempts",
            integer("N", 1, 10_000),
            BACKUP,
            RESTORE,
            VERIFY,
            CLEANUP,
            STATUS)
        .in(Group.CLOUD)
        .defaultsTo("100")
        .help(
            "How often a request is made until it succeeds. A store that never answered is "
                + "tried three times: its address may be wrong.");
  }

  private static Option<Duration> firstPause(String name, String remark) {
    return option(
            name,
            seconds(Duration.ofMillis(1), Duration.ofHours(1)),
            BACKUP,
            RESTORE,
            VERIFY,
            CLEANUP,
            STATUS)
        .in(Group.CLOUD)
        .defaultsTo("1s")
        .remark(remark)
        .help(
            "The pause before the second attempt; it doubles from then on, and half of it is "
                + "left to chance.");
  }

  private static Option<Duration> longestPause(String name) {
    return option(
            name,
            seconds(Duration.ofMillis(1), Duration.ofHours(1)),
            BACKUP,
            RESTORE,
            VERIFY,
            CLEANUP,
            STATUS)
        .in(Group.CLOUD)
        .defaultsTo("90s")
        .help("The longest pause between two attempts.");
  }

  private static Option<Integer> readAttempts(String store) {
    return option(store + "-retry-read-max-attempts", integer("N", 1, 10_000), RESTORE, VERIFY)
        .in(Group.CLOUD)
        .defaultsTo("3")
        .help(
            "How often a file that breaks off while it is read is read on from there, without "
                + "anything coming, before the job fails.");
  }

  private static Option<Duration> readPause(String store) {
    return option(store + "-retry-read-backoff", millis(), RESTORE, VERIFY)
        .in(Group.CLOUD)
        .defaultsTo("1s")
        .help("The pause before it is read on the first time.");
  }

  private static Option<Double> readMultiplier(String store) {
    return option(store + "-retry-read-multiplier", decimal("FACTOR", 1, 100), RESTORE, VERIFY)
        .in(Group.CLOUD)
        .defaultsTo("2")
        .help("How much longer each further pause is.");
  }
}
