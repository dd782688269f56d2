package org.asbeam.pipelines.options;

import static org.asbeam.pipelines.options.Command.BACKUP;
import static org.asbeam.pipelines.options.Command.CLEANUP;
import static org.asbeam.pipelines.options.Command.DEMO;
import static org.asbeam.pipelines.options.Command.NODE;
import static org.asbeam.pipelines.options.Command.RESTORE;
import static org.asbeam.pipelines.options.Command.STATUS;
import static org.asbeam.pipelines.options.Command.VERIFY;
import static org.asbeam.pipelines.options.Option.option;
import static org.asbeam.pipelines.options.OptionType.base64;
import static org.asbeam.pipelines.options.OptionType.byteRate;
import static org.asbeam.pipelines.options.OptionType.choice;
import static org.asbeam.pipelines.options.OptionType.decimal;
import static org.asbeam.pipelines.options.OptionType.digest;
import static org.asbeam.pipelines.options.OptionType.flag;
import static org.asbeam.pipelines.options.OptionType.integer;
import static org.asbeam.pipelines.options.OptionType.integers;
import static org.asbeam.pipelines.options.OptionType.millis;
import static org.asbeam.pipelines.options.OptionType.names;
import static org.asbeam.pipelines.options.OptionType.partitions;
import static org.asbeam.pipelines.options.OptionType.seconds;
import static org.asbeam.pipelines.options.OptionType.size;
import static org.asbeam.pipelines.options.OptionType.text;
import static org.asbeam.pipelines.options.OptionType.texts;
import static org.asbeam.pipelines.options.OptionType.time;
import static org.asbeam.pipelines.options.OptionType.whole;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.asbeam.aerospike.AuthMode;
import org.asbeam.format.PartitionSet;
import org.asbeam.storage.Compression.Codec;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.secrets.SecretAgentSpec;

/**
 * The one table of options. Long and short names, meanings and defaults are those of asbackup and
 * asrestore v0.5.1 wherever the thing exists there, and absctl's names for the same things are
 * aliases. Two entries share a flag when it means something else to another command.
 */
public final class Options {
  /** The longest names that a server takes, in bytes. */
  private static final int MAX_SET = 63;

  private static final int MAX_BIN = 15;

  /** As many as a process has to one node. */
  private static final int MAX_CONNECTIONS = 256;

  /** The highest rack id of a server. */
  private static final int MAX_RACK = 1_000_000;

  /** Nothing lives longer: the server's own limit of a time to live. */
  private static final Duration TEN_YEARS = Duration.ofDays(3650);

  public static final Option<String> DIRECTORY =
      option("directory", text("DIR"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .shortName('d')
          .in(Group.FILES)
          .help(
              "Backup folder. A backup wants one that is empty or does not exist; verify,"
                  + " cleanup and status take it without the flag, too.");

  public static final Option<String> INPUT_FILE =
      option("input-file", text("FILE"), RESTORE, VERIFY)
          .shortName('i')
          .in(Group.FILES)
          .help(
              "A single backup file instead of a folder; - for standard input, which is"
                  + " read by one thread.");

  public static final Option<List<String>> DIRECTORY_LIST =
      option("directory-list", names("DIR,...", 4096), RESTORE, VERIFY)
          .in(Group.FILES)
          .help("Several backup folders, read as one backup.");

  public static final Option<String> PARENT_DIRECTORY =
      option("parent-directory", text("DIR"), RESTORE, VERIFY)
          .in(Group.FILES)
          .help("What the folders of --directory-list lie in.");

  public static final Option<String> MODE =
      option(
              "mode",
              text(
                  "auto|asb",
                  Pattern.compile("(?i)auto|asb"),
                  "is not auto or asb: asbx files, which XDR writes, are not yet supported - restore them with asrestore"),
              RESTORE)
          .in(Group.FILES)
          .defaultsTo("auto")
          .help("Kind of the files. Both words mean .asb files.");

  public static final Option<String> NAMESPACE =
      option("namespace", text("NAMESPACE"), BACKUP)
          .shortName('n')
          .in(Group.SCOPE)
          .help("Namespace to back up. Required, except with --resume and --remove-artifacts.");

  public static final Option<String> NAMESPACES =
      option("namespace", texts("SOURCE[,TARGET]"), RESTORE)
          .shortName('n')
          .in(Group.SCOPE)
          .remark("asrestore creates the indexes in the source namespace")
          .help(
              "Namespace that the backup is of, and the one to restore into if it is"
                  + " another. Required, except with --validate. Secondary indexes go to"
                  + " the target too.");

  public static final Option<List<String>> SETS =
      option("set", names("SET,...", MAX_SET), BACKUP, RESTORE)
          .shortName('s')
          .aliases("set-list")
          .in(Group.SCOPE)
          .help(
              "Only records of these sets; records in no set are left out then. Secondary"
                  + " indexes are not.");

  public static final Option<List<String>> BINS =
      option("bin-list", names("BIN,...", MAX_BIN), BACKUP, RESTORE)
          .shortName('B')
          .in(Group.SCOPE)
          .help("Only these bins. A record that has none of them is left out.");

  public static final Option<PartitionSet> PARTITION_LIST =
      option("partition-list", partitions(), BACKUP)
          .shortName('X')
          .in(Group.SCOPE)
          .remark("adjacent ranges are fine, which asbackup refuses")
          .help(
              "Only these partitions: BEGIN-COUNT (a count, not an end), a single one, or"
                  + " the digest of a record, which means its whole partition. Any mix,"
                  + " split further for parallelism.");

  public static final Option<String> AFTER_DIGEST =
      option("after-digest", digest(), BACKUP)
          .shortName('D')
          .in(Group.SCOPE)
          .help(
              "Only the rest of the partition of this digest, behind the digest, and all"
                  + " partitions that follow.");

  public static final Option<List<String>> NODE_LIST =
      option("node-list", names("NODE,...", 255), BACKUP)
          .shortName('l')
          .in(Group.SCOPE)
          .help(
              "Only partitions whose master is one of these nodes, by name or HOST:PORT,"
                  + " when the backup begins.");

  public static final Option<List<Integer>> RACK_LIST =
      option("rack-list", integers("RACK,...", 0, MAX_RACK), BACKUP)
          .in(Group.SCOPE)
          .help("The same by rack.");

  public static final Option<Instant> MODIFIED_AFTER =
      option("modified-after", time(), BACKUP)
          .shortName('a')
          .in(Group.SCOPE)
          .help(
              "Only records last updated then or later: 2026-01-31_13:30:00, 2026-01-31,"
                  + " 13:30:00 (local time), 2026-01-31T13:30:00Z (with a zone), or 2h"
                  + " (before now).");

  public static final Option<Instant> MODIFIED_BEFORE =
      option("modified-before", time(), BACKUP)
          .shortName('b')
          .in(Group.SCOPE)
          .help("Only records last updated before that.");

  public static final Option<String> MODIFIED_AFTER_BACKUP =
      option("modified-after-backup", text("DIR"), BACKUP)
          .in(Group.SCOPE)
          .help(
              "Only records that the backup in this folder may lack: last updated at the"
                  + " safe lower bound in its manifest, or later.");

  public static final Option<String> FILTER_EXP =
      option("filter-exp", base64("EXPRESSION", "an expression"), BACKUP)
          .shortName('f')
          .in(Group.SCOPE)
          .remark("goes with several sets and with times, too")
          .help(
              "Only records for which this packed filter expression is true, in base64."
                  + " Goes with all other filters.");

  public static final Option<Boolean> NO_TTL_ONLY =
      option("no-ttl-only", flag(), BACKUP).in(Group.SCOPE).help("Only records that never expire.");

  public static final Option<Long> MAX_RECORDS =
      option("max-records", whole("N", 0, Long.MAX_VALUE), BACKUP)
          .shortName('M')
          .in(Group.SCOPE)
          .defaultsTo("0")
          .remark("asbackup counts per scan, absctl wants --parallel 1")
          .help("At most so many records in the whole backup. 0: all.");

  public static final Option<Boolean> NO_BINS =
      option("no-bins", flag(), BACKUP)
          .shortName('x')
          .in(Group.SCOPE)
          .help("Records without their bins, for looking at; nobody can restore them.");

  public static final Option<Boolean> NO_RECORDS =
      option("no-records", flag(), BACKUP, RESTORE)
          .shortName('R')
          .in(Group.SCOPE)
          .help("Leave out records.");

  public static final Option<Boolean> NO_INDEXES =
      option("no-indexes", flag(), BACKUP, RESTORE)
          .shortName('I')
          .in(Group.SCOPE)
          .help("Leave out secondary indexes.");

  public static final Option<Boolean> NO_UDFS =
      option("no-udfs", flag(), BACKUP, RESTORE).in(Group.SCOPE).help("Leave out UDF modules.");

  public static final Option<String> OUTPUT_FILE =
      option("output-file", text("FILE"), BACKUP)
          .shortName('o')
          .in(Group.FILES)
          .help(
              "A single file instead of a folder; - for standard output. It is one stream,"
                  + " so encoding runs in parallel and writing does not.");

  public static final Option<String> OUTPUT_FILE_PREFIX =
      option(
              "output-file-prefix",
              text(
                  "PREFIX",
                  "[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}",
                  Pattern.compile("(?!metadata_)[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}"),
                  "is not a prefix: up to 128 letters, digits, '.', '_' and '-', not beginning with"
                      + " '.' or 'metadata_'"),
              BACKUP)
          .shortName('q')
          .in(Group.FILES)
          .help("What the names of backup files begin with. Default: the namespace.");

  public static final Option<Long> FILE_LIMIT =
      option("file-limit", size(), BACKUP)
          .shortName('F')
          .in(Group.FILES)
          .defaultsTo("250MiB")
          .remark("a bare number is MiB to absctl")
          .help("Size from which on a file is followed by the next one. 0: no limit.");

  public static final Option<Boolean> REMOVE_FILES =
      option("remove-files", flag(), BACKUP)
          .shortName('r')
          .in(Group.FILES)
          .help(
              "Delete the backup that lies in the folder, or the file, first, finished or"
                  + " not.");

  public static final Option<Boolean> REMOVE_ARTIFACTS =
      option("remove-artifacts", flag(), BACKUP)
          .in(Group.FILES)
          .help("Delete the backup that lies in the folder, or the file, and back up nothing.");

  public static final Option<Boolean> COMPACT =
      option("compact", flag(), BACKUP)
          .shortName('C')
          .in(Group.FILES)
          .help("Write blobs as they are instead of in base64: smaller files, no longer text.");

  public static final Option<Boolean> ESTIMATE =
      option("estimate", flag(), BACKUP)
          .shortName('e')
          .in(Group.FILES)
          .remark("filters are ignored or refused there")
          .help(
              "Tell how large the backup would be, and how long it would take, from a"
                  + " random sample, and back up nothing. All filters count.");

  public static final Option<Integer> ESTIMATE_SAMPLES =
      option("estimate-samples", integer("N", 2, 100_000_000), BACKUP)
          .in(Group.FILES)
          .defaultsTo("10000")
          .help("Records in the sample of --estimate.");

  public static final Option<Boolean> RESUME =
      option("resume", flag(), BACKUP)
          .in(Group.FILES)
          .help(
              "Finish the unfinished backup in the folder. What was to be backed up, and"
                  + " how, is as it was when the run began; only connection, limits,"
                  + " patience, --parallel, --wait-stable and --allow-unstable count anew.");

  public static final Option<String> CONTINUE =
      option("continue", text("NAME"), BACKUP)
          .shortName('c')
          .in(Group.FILES)
          .remark("--resume; a state file of the peers is not read")
          .help("The same as --resume; the state is in the folder, whatever the name.");

  public static final Option<String> STATE_FILE_DST =
      option("state-file-dst", text("NAME"), BACKUP)
          .in(Group.FILES)
          .remark("always so")
          .help("Not needed: every backup into a folder can be resumed.");

  public static final Option<Boolean> UNIQUE =
      option("unique", flag(), RESTORE)
          .shortName('u')
          .in(Group.WRITING)
          .help("Leave records that exist in the target as they are. Not with --replace.");

  public static final Option<Boolean> REPLACE =
      option("replace", flag(), RESTORE)
          .shortName('r')
          .in(Group.WRITING)
          .help(
              "Make records that exist in the target what they are in the backup, instead"
                  + " of merging their bins. Not with --unique.");

  public static final Option<Boolean> NO_GENERATION =
      option("no-generation", flag(), RESTORE)
          .shortName('g')
          .in(Group.WRITING)
          .help(
              "Write a record also if the generation in the target is not less than the one"
                  + " in the backup.");

  public static final Option<Duration> EXTRA_TTL =
      option("extra-ttl", seconds(Duration.ZERO, TEN_YEARS), RESTORE)
          .in(Group.WRITING)
          .defaultsTo("0")
          .help("Let records that expire live so much longer.");

  public static final Option<Boolean> IGNORE_RECORD_ERROR =
      option("ignore-record-error", flag(), RESTORE)
          .in(Group.WRITING)
          .remark("asrestore always does so for batch writes")
          .help(
              "Count and leave out records that the server refuses for good:"
                  + " RECORD_TOO_BIG, KEY_MISMATCH, BIN_NAME_TOO_LONG, ALWAYS_FORBIDDEN,"
                  + " FAIL_FORBIDDEN, BIN_TYPE_ERROR, BIN_NOT_FOUND. Without it the first"
                  + " one ends the restore.");

  public static final Option<String> ON_RECORD_ERROR =
      option("on-record-error", choice("FAIL", "REJECT"), RESTORE)
          .in(Group.WRITING)
          .defaultsTo("FAIL")
          .help(
              "What becomes of a record that the server refuses for good: the restore ends,"
                  + " or the record goes to the folder of --rejects.");

  public static final Option<String> REJECTS =
      option("rejects", text("DIR"), RESTORE)
          .in(Group.WRITING)
          .help(
              "Folder for rejected records: valid backup files with their reasons, to be"
                  + " restored once the cause is gone.");

  public static final Option<Long> MAX_REJECTS =
      option("max-rejects", whole("N", 0, Long.MAX_VALUE), RESTORE)
          .in(Group.WRITING)
          .defaultsTo("0")
          .help("More rejects than that end the restore. 0: any number.");

  public static final Option<Boolean> DISABLE_BATCH_WRITES =
      option("disable-batch-writes", flag(), RESTORE)
          .in(Group.WRITING)
          .help(
              "Write records one by one, with many under way. Done without being told where"
                  + " a server knows no batch writes.");

  public static final Option<Integer> BATCH_SIZE =
      option("batch-size", integer("N", 1, 100_000), RESTORE)
          .in(Group.WRITING)
          .defaultsTo("128")
          .help("Records in a batch write.");

  public static final Option<Integer> MAX_ASYNC_BATCHES =
      option("max-async-batches", integer("N", 1, 10_000), RESTORE)
          .in(Group.WRITING)
          .defaultsTo("32")
          .help("Batch writes under way at once.");

  public static final Option<Integer> WARM_UP =
      option("warm-up", integer("N", 0, MAX_CONNECTIONS), RESTORE)
          .in(Group.WRITING)
          .defaultsTo("0")
          .remark("0 there: as many as batch writes at once, and one")
          .help(
              "Connections to each node to open before the first write. 0: as they are"
                  + " needed.");

  public static final Option<Boolean> APPLY_METADATA_LAST =
      option("apply-metadata-last", flag(), RESTORE)
          .in(Group.WRITING)
          .help(
              "Restore secondary indexes and UDF modules after the records instead of"
                  + " before.");

  public static final Option<Boolean> REPLACE_METADATA =
      option("replace-metadata", flag(), RESTORE)
          .in(Group.WRITING)
          .remark("the peers drop and build anew even identical indexes")
          .help(
              "Replace secondary indexes and UDF modules of the target that differ from the"
                  + " backup's. Without it they are an error.");

  public static final Option<Boolean> VALIDATE =
      option("validate", flag(), RESTORE)
          .in(Group.WRITING)
          .remark("asbeam verify")
          .help(
              "Read and check everything and write nothing, as asbeam verify does. Needs no"
                  + " cluster; options on the target and on writing have no effect then.");

  public static final Option<Boolean> RESUME_RESTORE =
      option("resume", flag(), RESTORE)
          .in(Group.WRITING)
          .help("Go on with a restore of this backup that did not end.");

  public static final Option<String> STATE_DIRECTORY =
      option("state-directory", text("FOLDER"), RESTORE, VERIFY)
          .in(Group.FILES)
          .help(
              "Folder for the journal by which a restore that did not end goes on, and by which"
                  + " workers on other machines know of each other, where the backup's own folder"
                  + " can't be written.");

  public static final Option<String> CLUSTER_NAME =
      option("cluster-name", text("NAME"), RESTORE)
          .in(Group.TARGET)
          .help("Write only if the cluster has this name.");

  public static final Option<Boolean> REQUIRE_EMPTY =
      option("require-empty", flag(), RESTORE)
          .in(Group.TARGET)
          .help("Write only if the target namespace holds no record.");

  public static final Option<String> RUNNER =
      option("runner", choice("direct", "flink", "flink-local"), BACKUP, RESTORE, VERIFY)
          .in(Group.RUNNER)
          .defaultsTo("direct")
          .ofLauncher()
          .help(
              "Who does the work: direct, this process; flink, a Flink cluster, on all its"
                  + " machines; flink-local, Flink in this process.");

  public static final Option<String> FLINK_MASTER =
      option("flink-master", text("HOST:PORT"), BACKUP, RESTORE, VERIFY)
          .in(Group.RUNNER)
          .ofLauncher()
          .help("Where the REST interface of Flink's JobManager is, for --runner flink.");

  public static final Option<Boolean> DETACHED =
      option("detached", flag(), BACKUP, RESTORE, VERIFY)
          .in(Group.RUNNER)
          .ofLauncher()
          .help(
              "Hand the job to the cluster and end: asbeam status tells how far it is. Without it"
                  + " the command waits for the job's end.");

  public static final Option<Boolean> WATCH =
      option("watch", flag(), STATUS)
          .in(Group.GENERAL)
          .help("Tell again and again, until no job is at work in the folder.");

  public static final Option<Integer> PARALLEL =
      option("parallel", integer("N", 0, 1024), BACKUP, RESTORE, VERIFY)
          .shortName('w')
          .in(Group.LIMITS)
          .defaultsTo("0")
          .remark("1 by default in asbackup and absctl backup")
          .help(
              "Slices worked on at once. 0: as many as the machine has cores, or the Flink"
                  + " cluster slots.");

  public static final Option<Boolean> PARALLEL_NODES =
      option("parallel-nodes", flag(), BACKUP)
          .in(Group.LIMITS)
          .help("Work on at least as many slices at once as there are nodes.");

  public static final Option<Long> RECORDS_PER_SECOND =
      option("records-per-second", whole("N", 0, Long.MAX_VALUE), BACKUP, RESTORE)
          .shortName('L')
          .in(Group.LIMITS)
          .defaultsTo("0")
          .remark("asbackup divides the limit by --parallel twice")
          .help("Records per second, all workers together. 0: no limit.");

  public static final Option<Long> BANDWIDTH =
      option("bandwidth", byteRate(), BACKUP, RESTORE)
          .shortName('N')
          .aliases("nice")
          .in(Group.LIMITS)
          .defaultsTo("0")
          .remark(
              "asbackup and asrestore take no less than 8 MiB/s and let a third more" + " through")
          .help(
              "Bytes of backup text per second, before compression, all workers together."
                  + " 0: no limit.");

  public static final Option<Integer> MAX_RETRIES =
      option("max-retries", integer("N", 0, 1_000_000), BACKUP, RESTORE)
          .in(Group.LIMITS)
          .remark("5 by default there")
          .help(
              "Backup: how often a partition is asked for again; default: as often as the stall"
                  + " timeout allows. Restore: how often a request that got no answer is sent again,"
                  + " before that counts as one of --retry-max-retries; default: 5.");

  public static final Option<Duration> SLEEP_BETWEEN_RETRIES =
      option("sleep-between-retries", millis(), BACKUP)
          .in(Group.LIMITS)
          .defaultsTo("0")
          .remark("5 ms by default there; pauses grow under overload by themselves")
          .help("The least pause before a request is repeated.");

  public static final Option<Duration> SOCKET_TIMEOUT =
      option("socket-timeout", millis(), BACKUP, RESTORE)
          .in(Group.LIMITS)
          .remark("10 s by default there")
          .help(
              "How long a node may be silent. 0: as long as the request may take. Default: backup,"
                  + " as long as it can show that it works; restore, 10s.");

  public static final Option<Duration> TOTAL_TIMEOUT =
      option("total-timeout", millis(), BACKUP, RESTORE)
          .in(Group.LIMITS)
          .remark("none by default in asbackup, 10 s in asrestore")
          .help(
              "How long the scan of a slice, or a request that writes, may take. 0: no limit of ours."
                  + " Default: backup, none; restore, 10s.");

  public static final Option<Duration> STALL_TIMEOUT =
      option("stall-timeout", seconds(Duration.ofMillis(1), OptionType.LONGEST), BACKUP, RESTORE)
          .in(Group.LIMITS)
          .defaultsTo("5m")
          .help(
              "How long nothing may get further while nodes fail or are overloaded. Then"
                  + " the job ends, and can be resumed.");

  public static final Option<Duration> RETRY_BASE_TIMEOUT =
      option("retry-base-timeout", millis(), RESTORE)
          .aliases("retry-base-interval")
          .in(Group.LIMITS)
          .defaultsTo("1s")
          .help("Pause before a write is repeated for the first time.");

  public static final Option<Double> RETRY_MULTIPLIER =
      option("retry-multiplier", decimal("FACTOR", 1, 1000), RESTORE)
          .in(Group.LIMITS)
          .defaultsTo("1")
          .help("What the pause is multiplied with for each further time.");

  public static final Option<Integer> RETRY_MAX_RETRIES =
      option("retry-max-retries", integer("N", 0, 1_000_000), RESTORE)
          .aliases("retry-max-attempts")
          .in(Group.LIMITS)
          .remark("0, never, by default there; retries after the first attempt")
          .help(
              "How often a write is repeated. Default: as often as the stall timeout" + " allows.");

  public static final Option<Duration> INFO_TIMEOUT =
      option("info-timeout", millis(), BACKUP, RESTORE)
          .shortName('T')
          .aliases("timeout")
          .in(Group.LIMITS)
          .defaultsTo("10s")
          .help("How long a node may take to answer an info command.");

  public static final Option<Duration> INFO_RETRY_TIMEOUT =
      option("info-retry-timeout", millis(), BACKUP, RESTORE)
          .aliases("info-retry-interval")
          .in(Group.LIMITS)
          .defaultsTo("1s")
          .help("Pause before an info command is repeated for the first time.");

  public static final Option<Double> INFO_RETRY_MULTIPLIER =
      option("info-retry-multiplier", decimal("FACTOR", 1, 1000), BACKUP, RESTORE)
          .in(Group.LIMITS)
          .defaultsTo("1")
          .help("What the pause is multiplied with for each further time.");

  public static final Option<Integer> INFO_MAX_RETRIES =
      option("info-max-retries", integer("N", 0, 1000), BACKUP, RESTORE)
          .in(Group.LIMITS)
          .defaultsTo("3")
          .help("How often an info command is repeated.");

  public static final Option<Duration> WAIT_STABLE =
      option("wait-stable", seconds(Duration.ZERO, OptionType.LONGEST), BACKUP)
          .in(Group.LIMITS)
          .defaultsTo("10m")
          .help(
              "How long to wait for a cluster whose partitions move or are unavailable."
                  + " Then the backup fails.");

  public static final Option<Boolean> ALLOW_UNSTABLE =
      option("allow-unstable", flag(), BACKUP)
          .in(Group.LIMITS)
          .help(
              "Go on with a cluster that stays unstable. The backup is then marked as not"
                  + " proved complete.");

  public static final Option<Codec> COMPRESS =
      option("compress", choice(Codec.class), BACKUP)
          .shortName('z')
          .in(Group.CODECS)
          .defaultsTo("NONE")
          .help("Compression of the backup files.");

  public static final Option<Codec> COMPRESSED =
      option("compress", choice(Codec.class), RESTORE, VERIFY)
          .shortName('z')
          .in(Group.CODECS)
          .help(
              "Compression that the backup files must have. Not needed: without it each"
                  + " file is looked at.");

  public static final Option<Integer> COMPRESSION_LEVEL =
      option("compression-level", integer("LEVEL", -131072, 22), BACKUP)
          .in(Group.CODECS)
          .defaultsTo("3")
          .help("Level of zstd; higher is smaller and slower. Only with --compress ZSTD.");

  public static final Option<Encryption> ENCRYPT =
      option("encrypt", choice(Encryption.class), BACKUP)
          .in(Group.CODECS)
          .defaultsTo("NONE")
          .help("Encryption of the backup files. Needs one of the three keys.");

  public static final Option<Encryption> ENCRYPTED =
      option("encrypt", choice(Encryption.class), RESTORE, VERIFY)
          .in(Group.CODECS)
          .help(
              "Encryption that the backup files must have. Not needed: a key is enough, and"
                  + " each file is looked at.");

  public static final Option<String> ENCRYPTION_KEY_FILE =
      option("encryption-key-file", text("FILE"), BACKUP, RESTORE, VERIFY)
          .in(Group.CODECS)
          .help("The key: a private RSA key in PEM, PKCS#1 or PKCS#8.");

  public static final Option<String> ENCRYPTION_KEY_ENV =
      option("encryption-key-env", text("NAME"), BACKUP, RESTORE, VERIFY)
          .in(Group.CODECS)
          .help("The key: an environment variable that holds it, in PEM or base64.");

  public static final Option<String> ENCRYPTION_KEY_SECRET =
      option(
              "encryption-key-secret",
              text(
                  "secrets:RESOURCE:KEY",
                  Pattern.compile("secrets:[^:]+:[^:]+"),
                  "is not secrets:RESOURCE:KEY"),
              BACKUP,
              RESTORE,
              VERIFY)
          .in(Group.CODECS)
          .help("The key: a secret of the Secret Agent.");

  public static final Option<String> HOST =
      option("host", texts("HOST[:TLS-NAME][:PORT],..."), BACKUP, RESTORE)
          .shortName('h')
          .in(Group.CONNECTION)
          .defaultsTo("127.0.0.1")
          .help(
              "Nodes of the cluster to ask first; one that answers is enough. IPv6"
                  + " addresses stand in brackets.");

  public static final Option<Integer> PORT =
      option("port", integer("PORT", 1, 65535), BACKUP, RESTORE)
          .shortName('p')
          .in(Group.CONNECTION)
          .defaultsTo("3000")
          .help("Port of the nodes in --host that name none.");

  public static final Option<Boolean> SERVICES_ALTERNATE =
      option("services-alternate", flag(), BACKUP, RESTORE)
          .in(Group.CONNECTION)
          .help("Use the addresses that nodes announce as alternate.");

  public static final Option<List<Integer>> PREFER_RACKS =
      option("prefer-racks", integers("RACK,...", 0, MAX_RACK), BACKUP)
          .in(Group.CONNECTION)
          .help("Read from nodes of these racks where they have a copy.");

  public static final Option<String> USER =
      option("user", text("NAME"), BACKUP, RESTORE)
          .shortName('U')
          .in(Group.CONNECTION)
          .help("User to log in as.");

  public static final Option<String> PASSWORD =
      option("password", text("SECRET"), BACKUP, RESTORE)
          .shortName('P')
          .in(Group.CONNECTION)
          .secret()
          .prompting()
          .help(
              "Password: env:NAME, env-b64:NAME, b64:TEXT, file:PATH, secrets:RESOURCE:KEY,"
                  + " or itself. Without a value it is asked for.");

  public static final Option<AuthMode> AUTH =
      option("auth", choice(AuthMode.class), BACKUP, RESTORE)
          .in(Group.CONNECTION)
          .defaultsTo("INTERNAL")
          .help("How to log in: by the cluster's own users, by LDAP, by the certificate.");

  public static final Option<Duration> CLIENT_TIMEOUT =
      option("client-timeout", millis(), BACKUP, RESTORE)
          .in(Group.CONNECTION)
          .defaultsTo("30s")
          .help("How long a node may take to let us connect.");

  public static final Option<Duration> CLIENT_IDLE_TIMEOUT =
      option("client-idle-timeout", millis(), BACKUP, RESTORE)
          .in(Group.CONNECTION)
          .defaultsTo("60s")
          .help(
              "How long a connection may lie unused before it is closed; less than the"
                  + " server's own limit.");

  public static final Option<Duration> CLIENT_LOGIN_TIMEOUT =
      option("client-login-timeout", millis(), BACKUP, RESTORE)
          .in(Group.CONNECTION)
          .defaultsTo("10s")
          .help("How long a log-in may take.");

  public static final Option<Boolean> TLS_ENABLE =
      option("tls-enable", flag(), BACKUP, RESTORE).in(Group.TLS).help("Connect by TLS.");

  public static final Option<String> TLS_NAME =
      option("tls-name", text("NAME"), BACKUP, RESTORE)
          .in(Group.TLS)
          .help("Name in the nodes' certificates, for nodes in --host that name none.");

  public static final Option<String> TLS_CAFILE =
      option("tls-cafile", text("FILE"), BACKUP, RESTORE)
          .in(Group.TLS)
          .fileOrContent()
          .help(
              "Certificates to trust, in PEM."
                  + " A file, or its content as env:NAME, env-b64:NAME, b64:TEXT or secrets:RESOURCE:KEY.");

  public static final Option<String> TLS_CAPATH =
      option("tls-capath", text("DIR"), BACKUP, RESTORE)
          .in(Group.TLS)
          .help("Folder of certificates to trust.");

  public static final Option<String> TLS_CERTFILE =
      option("tls-certfile", text("FILE"), BACKUP, RESTORE)
          .in(Group.TLS)
          .fileOrContent()
          .help(
              "Our certificate, for nodes that ask for one."
                  + " A file, or its content as env:NAME, env-b64:NAME, b64:TEXT or secrets:RESOURCE:KEY.");

  public static final Option<String> TLS_KEYFILE =
      option("tls-keyfile", text("FILE"), BACKUP, RESTORE)
          .in(Group.TLS)
          .fileOrContent()
          .help(
              "The private key of our certificate."
                  + " A file, or its content as env:NAME, env-b64:NAME, b64:TEXT or secrets:RESOURCE:KEY.");

  public static final Option<String> TLS_KEYFILE_PASSWORD =
      option("tls-keyfile-password", text("SECRET"), BACKUP, RESTORE)
          .in(Group.TLS)
          .secret()
          .prompting()
          .help("Password of that key, in the forms of --password.");

  public static final Option<String> TLS_PROTOCOLS =
      option("tls-protocols", text("PROTOCOLS"), BACKUP, RESTORE)
          .in(Group.TLS)
          .defaultsTo("+TLSv1.2")
          .help("Versions of TLS, as Apache's SSLProtocol writes them.");

  public static final Option<String> SA_ADDRESS =
      option("sa-address", text("HOST|SOCKET"), BACKUP, RESTORE, VERIFY)
          .in(Group.SECRET_AGENT)
          .help(
              "Where the Secret Agent is: host, or path of its Unix socket. With it the"
                  + " value of any option may be secrets:RESOURCE:KEY.");

  public static final Option<Integer> SA_PORT =
      option("sa-port", integer("PORT", 0, 65535), BACKUP, RESTORE, VERIFY)
          .in(Group.SECRET_AGENT)
          .defaultsTo("0")
          .help("Port of the Secret Agent, unless the address has it.");

  public static final Option<SecretAgentSpec.Connection> SA_CONNECTION_TYPE =
      option(
              "sa-connection-type",
              choice(SecretAgentSpec.Connection.class),
              BACKUP,
              RESTORE,
              VERIFY)
          .in(Group.SECRET_AGENT)
          .defaultsTo("TCP")
          .help("How it is reached.");

  public static final Option<Duration> SA_TIMEOUT =
      option("sa-timeout", millis(), BACKUP, RESTORE, VERIFY)
          .in(Group.SECRET_AGENT)
          .defaultsTo("10s")
          .remark("1 s by default in asbackup and asrestore")
          .help("How long it may take to connect, to take a request, and to answer, each.");

  public static final Option<String> SA_CAFILE =
      option("sa-cafile", text("FILE"), BACKUP, RESTORE, VERIFY)
          .aliases("sa-ca-file")
          .in(Group.SECRET_AGENT)
          .help("Certificates to trust, in PEM; turns TLS on.");

  public static final Option<String> SA_TLS_NAME =
      option("sa-tls-name", text("NAME"), BACKUP, RESTORE, VERIFY)
          .in(Group.SECRET_AGENT)
          .help("Name in its certificate.");

  public static final Option<String> SA_CERT_FILE =
      option("sa-cert-file", text("FILE"), BACKUP, RESTORE, VERIFY)
          .in(Group.SECRET_AGENT)
          .help("Our certificate for it.");

  public static final Option<String> SA_KEY_FILE =
      option("sa-key-file", text("FILE"), BACKUP, RESTORE, VERIFY)
          .in(Group.SECRET_AGENT)
          .help("The private key of our certificate.");

  public static final Option<Boolean> SA_IS_BASE64 =
      option("sa-is-base64", flag(), BACKUP, RESTORE, VERIFY)
          .in(Group.SECRET_AGENT)
          .help("Its secrets are in base64.");

  public static final Option<Boolean> FORCE =
      option("force", flag(), CLEANUP)
          .in(Group.GENERAL)
          .help("Really delete. Without it nothing is changed.");

  public static final Option<String> DEMO_DIRECTORY =
      option("directory", text("DIR"), DEMO)
          .shortName('d')
          .in(Group.GENERAL)
          .help("Folder for the demo's backup. Default: a new folder for temporary files.");

  public static final Option<Integer> DEMO_RECORDS =
      option("records", integer("N", 1, 10_000_000), DEMO)
          .in(Group.GENERAL)
          .defaultsTo("100000")
          .help("Records of the demo.");

  public static final Option<Integer> NODE_PORT =
      option("port", integer("PORT", 0, 65535), NODE)
          .shortName('p')
          .in(Group.GENERAL)
          .defaultsTo("3000")
          .help("Port of the first node; the others follow. 0: any free ones.");

  public static final Option<Integer> NODES =
      option("nodes", integer("N", 1, 3), NODE)
          .in(Group.GENERAL)
          .defaultsTo("1")
          .help("Nodes of the cluster.");

  public static final Option<String> NODE_NAMESPACES =
      option("namespace", texts("NAMESPACE,..."), NODE)
          .shortName('n')
          .in(Group.GENERAL)
          .defaultsTo("test")
          .help("Namespaces of the cluster.");

  public static final Option<Boolean> DEMO_DATA =
      option("demo-data", flag(), NODE)
          .in(Group.GENERAL)
          .help("Fill the first namespace with the records, indexes and UDF of the demo.");

  public static final Option<String> CONFIG =
      option("config", text("FILE"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS)
          .in(Group.GENERAL)
          .remark("absctl's own layout is not read")
          .help("YAML file with options that neither a flag nor the environment gives.");

  public static final Option<Boolean> VERBOSE =
      option("verbose", flag(), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS, DEMO, NODE)
          .shortName('v')
          .in(Group.GENERAL)
          .help("Log what happens, and print the stack trace of an error.");

  public static final Option<String> LOG_LEVEL =
      option(
              "log-level",
              choice("DEBUG", "INFO", "WARN", "ERROR"),
              BACKUP,
              RESTORE,
              VERIFY,
              CLEANUP,
              STATUS,
              DEMO,
              NODE)
          .in(Group.GENERAL)
          .remark("only with --verbose there, and DEBUG by default")
          .help(
              "Log what happens from this level on. --verbose and --log-file alone mean"
                  + " INFO.");

  public static final Option<Boolean> LOG_JSON =
      option("log-json", flag(), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS, DEMO, NODE)
          .in(Group.GENERAL)
          .help("Write everything on standard error as JSON, an object a line.");

  public static final Option<String> LOG_FILE =
      option("log-file", text("FILE"), BACKUP, RESTORE, VERIFY, CLEANUP, STATUS, DEMO, NODE)
          .in(Group.GENERAL)
          .help("Append the log to this file instead of standard error.");

  public static final Option<String> SCAN_PAGE_SIZE =
      option("scan-page-size", text("N"), BACKUP)
          .in(Group.GENERAL)
          .refused(
              "means nothing here: a resumed backup goes on behind the last file that was"
                  + " finished - set --file-limit to say how much may be read again")
          .help("Records that a resumed backup reads again.");

  public static final Option<String> STD_BUFFER =
      option("std-buffer", text("SIZE"), BACKUP, RESTORE)
          .in(Group.GENERAL)
          .refused(
              "means nothing here: standard input and output go by blocks of 4 MiB - leave"
                  + " it out")
          .help("Buffer of standard input and output.");

  public static final Option<String> LOCAL_BUFFER_SIZE =
      option("local-buffer-size", text("SIZE"), BACKUP)
          .in(Group.GENERAL)
          .refused("means nothing here: files are written by blocks of 4 MiB - leave it out")
          .help("Buffer of local files.");

  public static final Option<String> LEVEL_OF_READING =
      option("compression-level", text("LEVEL"), RESTORE, VERIFY)
          .in(Group.GENERAL)
          .refused("says how to write; zstd reads any level - leave it out")
          .help("Level of zstd.");

  private static final List<Option<?>> ALL =
      Stream.concat(
              Stream.of(
                  DIRECTORY,
                  INPUT_FILE,
                  DIRECTORY_LIST,
                  PARENT_DIRECTORY,
                  MODE,
                  NAMESPACE,
                  NAMESPACES,
                  SETS,
                  BINS,
                  PARTITION_LIST,
                  AFTER_DIGEST,
                  NODE_LIST,
                  RACK_LIST,
                  MODIFIED_AFTER,
                  MODIFIED_BEFORE,
                  MODIFIED_AFTER_BACKUP,
                  FILTER_EXP,
                  NO_TTL_ONLY,
                  MAX_RECORDS,
                  NO_BINS,
                  NO_RECORDS,
                  NO_INDEXES,
                  NO_UDFS,
                  OUTPUT_FILE,
                  OUTPUT_FILE_PREFIX,
                  FILE_LIMIT,
                  REMOVE_FILES,
                  REMOVE_ARTIFACTS,
                  COMPACT,
                  ESTIMATE,
                  ESTIMATE_SAMPLES,
                  RESUME,
                  CONTINUE,
                  STATE_FILE_DST,
                  UNIQUE,
                  REPLACE,
                  NO_GENERATION,
                  EXTRA_TTL,
                  IGNORE_RECORD_ERROR,
                  ON_RECORD_ERROR,
                  REJECTS,
                  MAX_REJECTS,
                  DISABLE_BATCH_WRITES,
                  BATCH_SIZE,
                  MAX_ASYNC_BATCHES,
                  WARM_UP,
                  APPLY_METADATA_LAST,
                  REPLACE_METADATA,
                  VALIDATE,
                  RESUME_RESTORE,
                  STATE_DIRECTORY,
                  CLUSTER_NAME,
                  REQUIRE_EMPTY,
                  RUNNER,
                  FLINK_MASTER,
                  DETACHED,
                  PARALLEL,
                  PARALLEL_NODES,
                  RECORDS_PER_SECOND,
                  BANDWIDTH,
                  MAX_RETRIES,
                  SLEEP_BETWEEN_RETRIES,
                  SOCKET_TIMEOUT,
                  TOTAL_TIMEOUT,
                  STALL_TIMEOUT,
                  RETRY_BASE_TIMEOUT,
                  RETRY_MULTIPLIER,
                  RETRY_MAX_RETRIES,
                  INFO_TIMEOUT,
                  INFO_RETRY_TIMEOUT,
                  INFO_RETRY_MULTIPLIER,
                  INFO_MAX_RETRIES,
                  WAIT_STABLE,
                  ALLOW_UNSTABLE,
                  COMPRESS,
                  COMPRESSED,
                  COMPRESSION_LEVEL,
                  ENCRYPT,
                  ENCRYPTED,
                  ENCRYPTION_KEY_FILE,
                  ENCRYPTION_KEY_ENV,
                  ENCRYPTION_KEY_SECRET,
                  HOST,
                  PORT,
                  SERVICES_ALTERNATE,
                  PREFER_RACKS,
                  USER,
                  PASSWORD,
                  AUTH,
                  CLIENT_TIMEOUT,
                  CLIENT_IDLE_TIMEOUT,
                  CLIENT_LOGIN_TIMEOUT,
                  TLS_ENABLE,
                  TLS_NAME,
                  TLS_CAFILE,
                  TLS_CAPATH,
                  TLS_CERTFILE,
                  TLS_KEYFILE,
                  TLS_KEYFILE_PASSWORD,
                  TLS_PROTOCOLS,
                  SA_ADDRESS,
                  SA_PORT,
                  SA_CONNECTION_TYPE,
                  SA_TIMEOUT,
                  SA_CAFILE,
                  SA_TLS_NAME,
                  SA_CERT_FILE,
                  SA_KEY_FILE,
                  SA_IS_BASE64,
                  FORCE,
                  WATCH,
                  DEMO_DIRECTORY,
                  DEMO_RECORDS,
                  NODE_PORT,
                  NODES,
                  NODE_NAMESPACES,
                  DEMO_DATA,
                  CONFIG,
                  VERBOSE,
                  LOG_LEVEL,
                  LOG_JSON,
                  LOG_FILE,
                  SCAN_PAGE_SIZE,
                  STD_BUFFER,
                  LOCAL_BUFFER_SIZE,
                  LEVEL_OF_READING),
              CloudOptions.ALL.stream())
          .toList();

  private Options() {}

  /** The whole table, in the order of the documentation. */
  public static List<Option<?>> all() {
    return ALL;
  }

  /** The options that a command takes. */
  public static List<Option<?>> of(Command command) {
    return ALL.stream().filter(option -> option.commands().contains(command)).toList();
  }
}
