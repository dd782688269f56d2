package org.asbeam.pipelines.options;

import static org.asbeam.pipelines.options.Command.BACKUP;
import static org.asbeam.pipelines.options.Command.CLEANUP;
import static org.asbeam.pipelines.options.Command.DEMO;
import static org.asbeam.pipelines.options.Command.NODE;
import static org.asbeam.pipelines.options.Command.RESTORE;
import static org.asbeam.pipelines.options.Command.VERIFY;
import static org.asbeam.pipelines.options.Option.option;
import static org.asbeam.pipelines.options.OptionType.choice;
import static org.asbeam.pipelines.options.OptionType.duration;
import static org.asbeam.pipelines.options.OptionType.flag;
import static org.asbeam.pipelines.options.OptionType.integer;
import static org.asbeam.pipelines.options.OptionType.size;
import static org.asbeam.pipelines.options.OptionType.text;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.asbeam.storage.Compression.Codec;

/**
 * The one table of options. Long and short names, meanings and defaults are those of asbackup and
 * asrestore v0.5.1 wherever the thing exists there. Two entries share a flag when it means
 * something else to another command.
 */
public final class Options {
  public static final Option<String> HOST =
      option("host", text("HOST[:PORT],..."), BACKUP, RESTORE)
          .shortName('h')
          .defaultsTo("127.0.0.1")
          .help("Nodes of the cluster to ask first; one that answers is enough.");

  public static final Option<Integer> PORT =
      option("port", integer("PORT", 1, 65535), BACKUP, RESTORE)
          .shortName('p')
          .defaultsTo("3000")
          .help("Port of the nodes in --host that name none.");

  public static final Option<String> NAMESPACE =
      option("namespace", text("NAMESPACE"), BACKUP)
          .shortName('n')
          .help("Namespace to back up. Required, except with --resume.");

  public static final Option<String> NAMESPACES =
      option("namespace", text("SOURCE[,TARGET]"), RESTORE)
          .shortName('n')
          .help(
              "Namespace that the backup is of, and the one to restore into if it is another."
                  + " Required.");

  public static final Option<String> DIRECTORY =
      option("directory", text("DIR"), BACKUP, RESTORE, VERIFY, CLEANUP)
          .shortName('d')
          .help(
              "Backup folder. Required. A backup wants one that is empty or does not exist; verify"
                  + " and cleanup take it without the flag, too.");

  public static final Option<Integer> PARALLEL =
      option("parallel", integer("N", 0, 1024), BACKUP, RESTORE, VERIFY)
          .shortName('w')
          .defaultsTo("0")
          .help("Slices worked on at once. 0: as many as the machine has cores.");

  public static final Option<Long> FILE_LIMIT =
      option("file-limit", size(), BACKUP)
          .shortName('F')
          .unit("bytes")
          .defaultsTo("250MiB")
          .help("Size from which on a file is followed by the next one. 0: no limit.");

  public static final Option<String> OUTPUT_FILE_PREFIX =
      option(
              "output-file-prefix",
              text(
                  "PREFIX",
                  Pattern.compile("(?!metadata_)[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}"),
                  "is not a prefix: up to 128 letters, digits, '.', '_' and '-', not beginning with"
                      + " '.' or 'metadata_'"),
              BACKUP)
          .shortName('q')
          .help("What the names of backup files begin with. Default: the namespace.");

  public static final Option<Boolean> REMOVE_FILES =
      option("remove-files", flag(), BACKUP)
          .shortName('r')
          .help("Delete the backup that lies in the folder first, finished or not.");

  public static final Option<Boolean> NO_RECORDS =
      option("no-records", flag(), BACKUP, RESTORE).shortName('R').help("Leave out records.");

  public static final Option<Boolean> NO_INDEXES =
      option("no-indexes", flag(), BACKUP, RESTORE)
          .shortName('I')
          .help("Leave out secondary indexes.");

  public static final Option<Boolean> NO_UDFS =
      option("no-udfs", flag(), BACKUP, RESTORE).help("Leave out UDF modules.");

  public static final Option<Codec> COMPRESS =
      option("compress", choice(Codec.class), BACKUP)
          .shortName('z')
          .defaultsTo("NONE")
          .help("Compression of the backup files.");

  public static final Option<Codec> COMPRESSED =
      option("compress", choice(Codec.class), RESTORE)
          .shortName('z')
          .help(
              "Compression that the backup files must have. Not needed: without it each file is"
                  + " looked at.");

  public static final Option<Integer> COMPRESSION_LEVEL =
      option("compression-level", integer("LEVEL", -131072, 22), BACKUP)
          .defaultsTo("3")
          .help("Level of zstd; higher is smaller and slower. Only with --compress ZSTD.");

  public static final Option<Boolean> COMPACT =
      option("compact", flag(), BACKUP)
          .shortName('C')
          .help("Write blobs as they are instead of in base64: smaller files, no longer text.");

  public static final Option<Boolean> RESUME =
      option("resume", flag(), BACKUP)
          .help(
              "Finish the unfinished backup in the folder. What was to be backed up, and how, is as"
                  + " it was when the run began; only --host, --port, --parallel, --wait-stable and"
                  + " --allow-unstable count anew.");

  public static final Option<Duration> WAIT_STABLE =
      option("wait-stable", duration(), BACKUP)
          .unit("seconds")
          .defaultsTo("10m")
          .help(
              "How long to wait for a cluster whose partitions move or are unavailable. Then the"
                  + " backup fails.");

  public static final Option<Boolean> ALLOW_UNSTABLE =
      option("allow-unstable", flag(), BACKUP)
          .help(
              "Go on with a cluster that stays unstable. The backup is then marked as not proved"
                  + " complete.");

  public static final Option<Boolean> UNIQUE =
      option("unique", flag(), RESTORE)
          .shortName('u')
          .help("Leave records that exist in the target as they are. Not with --replace.");

  public static final Option<Boolean> REPLACE =
      option("replace", flag(), RESTORE)
          .shortName('r')
          .help(
              "Make records that exist in the target what they are in the backup, instead of merging"
                  + " their bins. Not with --unique.");

  public static final Option<Boolean> NO_GENERATION =
      option("no-generation", flag(), RESTORE)
          .shortName('g')
          .help(
              "Write a record also if the generation in the target is not less than the one in the"
                  + " backup.");

  public static final Option<Integer> BATCH_SIZE =
      option("batch-size", integer("N", 1, 100_000), RESTORE)
          .defaultsTo("128")
          .help("Records in a batch write.");

  public static final Option<Integer> MAX_ASYNC_BATCHES =
      option("max-async-batches", integer("N", 1, 10_000), RESTORE)
          .defaultsTo("32")
          .help("Batch writes under way at once.");

  public static final Option<Boolean> REPLACE_METADATA =
      option("replace-metadata", flag(), RESTORE)
          .help(
              "Replace secondary indexes and UDF modules of the target that differ from the"
                  + " backup's. Without it they are an error.");

  public static final Option<Boolean> FORCE =
      option("force", flag(), CLEANUP).help("Really delete. Without it nothing is changed.");

  public static final Option<String> DEMO_DIRECTORY =
      option("directory", text("DIR"), DEMO)
          .shortName('d')
          .help("Folder for the demo's backup. Default: a new folder for temporary files.");

  public static final Option<Integer> DEMO_RECORDS =
      option("records", integer("N", 1, 10_000_000), DEMO)
          .defaultsTo("100000")
          .help("Records of the demo.");

  public static final Option<Integer> NODE_PORT =
      option("port", integer("PORT", 0, 65535), NODE)
          .shortName('p')
          .defaultsTo("3000")
          .help("Port of the first node; the others follow. 0: any free ones.");

  public static final Option<Integer> NODES =
      option("nodes", integer("N", 1, 3), NODE).defaultsTo("1").help("Nodes of the cluster.");

  public static final Option<String> NODE_NAMESPACES =
      option("namespace", text("NAMESPACE,..."), NODE)
          .shortName('n')
          .defaultsTo("test")
          .help("Namespaces of the cluster.");

  public static final Option<Boolean> DEMO_DATA =
      option("demo-data", flag(), NODE)
          .help("Fill the first namespace with the records, indexes and UDF of the demo.");

  public static final Option<Boolean> VERBOSE =
      option("verbose", flag(), BACKUP, RESTORE, VERIFY, CLEANUP, DEMO, NODE)
          .shortName('v')
          .help("Log what happens, and print the stack trace of an error.");

  private static final List<Option<?>> ALL =
      List.of(
          HOST,
          PORT,
          NAMESPACE,
          NAMESPACES,
          DIRECTORY,
          PARALLEL,
          FILE_LIMIT,
          OUTPUT_FILE_PREFIX,
          REMOVE_FILES,
          UNIQUE,
          REPLACE,
          NO_GENERATION,
          NO_RECORDS,
          NO_INDEXES,
          NO_UDFS,
          COMPRESS,
          COMPRESSED,
          COMPRESSION_LEVEL,
          COMPACT,
          RESUME,
          WAIT_STABLE,
          ALLOW_UNSTABLE,
          BATCH_SIZE,
          MAX_ASYNC_BATCHES,
          REPLACE_METADATA,
          FORCE,
          DEMO_DIRECTORY,
          DEMO_RECORDS,
          NODE_PORT,
          NODES,
          NODE_NAMESPACES,
          DEMO_DATA,
          VERBOSE);

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
