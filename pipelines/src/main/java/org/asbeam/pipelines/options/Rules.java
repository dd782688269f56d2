package org.asbeam.pipelines.options;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asbeam.aerospike.AuthMode;
import org.asbeam.storage.Compression.Codec;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.secrets.SecretAgentSpec;

/**
 * Which options go together: one table, so that all that is wrong with a command line is told at
 * once. Where the peers silently prefer one of two options, or ignore one, that is an error here.
 */
final class Rules {
  /**
   * One rule.
   *
   * @param options those that it is about; it counts for commands that know the first one
   * @param problem what is wrong and what to do, or null if nothing is
   */
  record Rule(List<Option<?>> options, Function<OptionValues, String> problem) {
    boolean isFor(Command command) {
      return options.get(0).commands().contains(command);
    }
  }

  static final List<Rule> ALL =
      List.of(
          // Where a backup goes.
          contradict(
              Options.OUTPUT_FILE, Options.DIRECTORY, "a backup is a folder or a single file"),
          contradict(Options.OUTPUT_FILE, Options.FILE_LIMIT, "a single file has no next one"),
          contradict(
              Options.OUTPUT_FILE,
              Options.OUTPUT_FILE_PREFIX,
              "a single file has its name already"),
          contradict(
              Options.OUTPUT_FILE, Options.RESUME, "only a backup in a folder can be resumed"),
          contradict(
              Options.OUTPUT_FILE, Options.CONTINUE, "only a backup in a folder can be resumed"),
          contradict(
              Options.OUTPUT_FILE,
              Options.STATE_FILE_DST,
              "only a backup in a folder can be resumed"),
          contradict(
              Options.RESUME, Options.REMOVE_FILES, "one goes on with what the other deletes"),
          contradict(
              Options.CONTINUE, Options.REMOVE_FILES, "one goes on with what the other deletes"),
          contradict(
              Options.CONTINUE, Options.STATE_FILE_DST, "one goes on with what the other begins"),
          contradict(
              Options.REMOVE_ARTIFACTS, Options.RESUME, "one goes on with what the other deletes"),
          contradict(
              Options.REMOVE_ARTIFACTS,
              Options.CONTINUE,
              "one goes on with what the other deletes"),
          // What is backed up.
          contradict(
              Options.AFTER_DIGEST,
              Options.PARTITION_LIST,
              "both say where in the partitions to begin"),
          contradict(Options.NODE_LIST, Options.RACK_LIST, "both say which nodes to back up"),
          contradict(
              Options.NODE_LIST, Options.PARTITION_LIST, "both say which partitions to back up"),
          contradict(
              Options.NODE_LIST, Options.AFTER_DIGEST, "both say which partitions to back up"),
          contradict(
              Options.RACK_LIST, Options.PARTITION_LIST, "both say which partitions to back up"),
          contradict(
              Options.RACK_LIST, Options.AFTER_DIGEST, "both say which partitions to back up"),
          contradict(
              Options.PREFER_RACKS, Options.NODE_LIST, "the records of a node are read from it"),
          contradict(
              Options.PREFER_RACKS, Options.RACK_LIST, "the records of a rack are read from it"),
          contradict(Options.NO_BINS, Options.BINS, "no bin is backed up"),
          contradict(
              Options.MODIFIED_AFTER,
              Options.MODIFIED_AFTER_BACKUP,
              "both say when the backup begins"),
          rule(Rules::timesAreInOrder, Options.MODIFIED_BEFORE, Options.MODIFIED_AFTER),
          rule(Rules::somethingIsLeft, Options.NO_RECORDS, Options.NO_INDEXES, Options.NO_UDFS),
          // The estimate.
          contradict(Options.ESTIMATE, Options.DIRECTORY, "an estimate writes nothing"),
          contradict(Options.ESTIMATE, Options.OUTPUT_FILE, "an estimate writes nothing"),
          contradict(Options.ESTIMATE, Options.REMOVE_ARTIFACTS, "an estimate deletes nothing"),
          contradict(Options.ESTIMATE, Options.RESUME, "an estimate is not resumed"),
          contradict(Options.ESTIMATE, Options.CONTINUE, "an estimate is not resumed"),
          contradict(Options.ESTIMATE, Options.STATE_FILE_DST, "an estimate is not resumed"),
          needs(Options.ESTIMATE_SAMPLES, Options.ESTIMATE),
          // Codecs.
          rule(Rules::levelHasCodec, Options.COMPRESSION_LEVEL, Options.COMPRESS),
          rule(
              Rules::oneKeyForWriting,
              Options.ENCRYPT,
              Options.ENCRYPTION_KEY_FILE,
              Options.ENCRYPTION_KEY_ENV,
              Options.ENCRYPTION_KEY_SECRET),
          rule(
              Rules::oneKeyForReading,
              Options.ENCRYPTED,
              Options.ENCRYPTION_KEY_FILE,
              Options.ENCRYPTION_KEY_ENV,
              Options.ENCRYPTION_KEY_SECRET),
          needs(Options.ENCRYPTION_KEY_SECRET, Options.SA_ADDRESS),
          // The Secret Agent.
          needs(Options.SA_PORT, Options.SA_ADDRESS),
          needs(Options.SA_CONNECTION_TYPE, Options.SA_ADDRESS),
          needs(Options.SA_TIMEOUT, Options.SA_ADDRESS),
          needs(Options.SA_CAFILE, Options.SA_ADDRESS),
          needs(Options.SA_IS_BASE64, Options.SA_ADDRESS),
          needs(Options.SA_TLS_NAME, Options.SA_CAFILE),
          needs(Options.SA_CERT_FILE, Options.SA_CAFILE),
          needs(Options.SA_CERT_FILE, Options.SA_KEY_FILE),
          needs(Options.SA_KEY_FILE, Options.SA_CERT_FILE),
          rule(
              Rules::socketsHavePathsOnly,
              Options.SA_CONNECTION_TYPE,
              Options.SA_PORT,
              Options.SA_CAFILE),
          // Connecting.
          needs(Options.TLS_NAME, Options.TLS_ENABLE),
          needs(Options.TLS_CAFILE, Options.TLS_ENABLE),
          needs(Options.TLS_CAPATH, Options.TLS_ENABLE),
          needs(Options.TLS_CERTFILE, Options.TLS_ENABLE),
          needs(Options.TLS_KEYFILE, Options.TLS_ENABLE),
          needs(Options.TLS_PROTOCOLS, Options.TLS_ENABLE),
          needs(Options.TLS_CERTFILE, Options.TLS_KEYFILE),
          needs(Options.TLS_KEYFILE, Options.TLS_CERTFILE),
          needs(Options.TLS_KEYFILE_PASSWORD, Options.TLS_KEYFILE),
          needs(Options.PASSWORD, Options.USER),
          rule(
              Rules::loginIsWhole,
              Options.AUTH,
              Options.USER,
              Options.PASSWORD,
              Options.TLS_ENABLE,
              Options.TLS_CERTFILE),
          // What is restored, and how.
          contradict(Options.INPUT_FILE, Options.DIRECTORY, "only one of them can be read"),
          contradict(Options.DIRECTORY_LIST, Options.DIRECTORY, "only one of them can be read"),
          contradict(Options.DIRECTORY_LIST, Options.INPUT_FILE, "only one of them can be read"),
          needs(Options.PARENT_DIRECTORY, Options.DIRECTORY_LIST),
          contradict(
              Options.UNIQUE,
              Options.REPLACE,
              "a record that exists can't both stay and be replaced"),
          contradict(
              Options.UNIQUE,
              Options.NO_GENERATION,
              "records that exist stay, whatever their generation"),
          contradict(
              Options.DISABLE_BATCH_WRITES, Options.BATCH_SIZE, "records are written one by one"),
          // Where the work is done.
          rule(Rules::clusterIsKnown, Options.RUNNER, Options.FLINK_MASTER, Options.DETACHED),
          rule(
              Rules::runnerHasWork,
              Options.RUNNER,
              Options.OUTPUT_FILE,
              Options.ESTIMATE,
              Options.REMOVE_ARTIFACTS),
          // Stores.
          rule(
              StoreValues::oneBucket,
              CloudOptions.S3_BUCKET,
              CloudOptions.GCP_BUCKET,
              CloudOptions.AZURE_CONTAINER),
          rule(StoreValues::settingsHaveAStore, Options.DIRECTORY),
          rule(
              StoreValues::s3KeysAreAPair,
              CloudOptions.S3_ACCESS_KEY_ID,
              CloudOptions.S3_SECRET_ACCESS_KEY),
          rule(
              StoreValues::azureApplicationIsWhole,
              CloudOptions.AZURE_CLIENT_ID,
              CloudOptions.AZURE_CLIENT_SECRET,
              CloudOptions.AZURE_TENANT),
          rule(
              StoreValues::containerHasAnAccount,
              CloudOptions.AZURE_CONTAINER,
              CloudOptions.AZURE_ACCOUNT,
              CloudOptions.AZURE_ENDPOINT),
          rule(
              Rules::rejectsHaveAPlace,
              Options.ON_RECORD_ERROR,
              Options.REJECTS,
              Options.MAX_REJECTS,
              Options.IGNORE_RECORD_ERROR));

  private Rules() {}

  /** Notes a problem for each rule that the values break. */
  static void check(OptionValues values) {
    for (Rule rule : ALL) {
      if (rule.isFor(values.command())) {
        String problem = rule.problem().apply(values);
        if (problem != null) {
          values.problem(problem);
        }
      }
    }
  }

  private static Rule rule(Function<OptionValues, String> problem, Option<?>... options) {
    return new Rule(List.of(options), problem);
  }

  private static Rule contradict(Option<?> one, Option<?> other, String reason) {
    return rule(
        values ->
            values.isOn(one) && values.isOn(other)
                ? contradiction(values, one, other, reason)
                : null,
        one,
        other);
  }

  private static String contradiction(
      OptionValues values, Option<?> one, Option<?> other, String reason) {
    return values.nameOf(one)
        + " and "
        + values.nameOf(other)
        + " contradict each other: "
        + reason
        + " - leave one out";
  }

  private static Rule needs(Option<?> one, Option<?> other) {
    return rule(
        values -> values.isOn(one) && !values.isOn(other) ? lonely(values, one, other) : null,
        one,
        other);
  }

  private static String lonely(OptionValues values, Option<?> one, Option<?> other) {
    return values.nameOf(one) + " has no effect without " + other.flag() + " - add that";
  }

  private static String clusterIsKnown(OptionValues values) {
    boolean flink = values.get(Options.RUNNER).equals("flink");
    if (flink && !values.isOn(Options.FLINK_MASTER)) {
      return values.nameOf(Options.RUNNER)
          + " flink needs a cluster - add --flink-master HOST:PORT, or use flink-local";
    }
    for (Option<?> option : List.of(Options.FLINK_MASTER, Options.DETACHED)) {
      if (!flink && values.isOn(option)) {
        return values.nameOf(option) + " has no effect without --runner flink - add that";
      }
    }
    return null;
  }

  private static String runnerHasWork(OptionValues values) {
    if (values.get(Options.RUNNER).equals("direct")) {
      return null;
    }
    for (Option<?> option :
        List.of(Options.OUTPUT_FILE, Options.ESTIMATE, Options.REMOVE_ARTIFACTS)) {
      if (values.isOn(option)) {
        return contradiction(
            values, Options.RUNNER, option, "that is done by this process alone, without a runner");
      }
    }
    return null;
  }

  private static String timesAreInOrder(OptionValues values) {
    var after = values.get(Options.MODIFIED_AFTER);
    var before = values.get(Options.MODIFIED_BEFORE);
    return after == null || before == null || before.isAfter(after)
        ? null
        : values.nameOf(Options.MODIFIED_BEFORE)
            + " ("
            + before
            + ") is not later than "
            + values.nameOf(Options.MODIFIED_AFTER)
            + " ("
            + after
            + "): no record is between them - correct one";
  }

  private static String somethingIsLeft(OptionValues values) {
    return Stream.of(Options.NO_RECORDS, Options.NO_INDEXES, Options.NO_UDFS).allMatch(values::isOn)
        ? "--no-records, --no-indexes and --no-udfs together leave nothing to do - leave one out"
        : null;
  }

  private static String levelHasCodec(OptionValues values) {
    return values.isGiven(Options.COMPRESSION_LEVEL) && values.get(Options.COMPRESS) != Codec.ZSTD
        ? values.nameOf(Options.COMPRESSION_LEVEL)
            + " has no effect without --compress ZSTD - add that"
        : null;
  }

  private static List<Option<?>> keys(OptionValues values) {
    return Stream.<Option<?>>of(
            Options.ENCRYPTION_KEY_FILE, Options.ENCRYPTION_KEY_ENV, Options.ENCRYPTION_KEY_SECRET)
        .filter(values::isOn)
        .toList();
  }

  private static String severalKeys(OptionValues values) {
    List<Option<?>> keys = keys(values);
    return keys.size() < 2
        ? null
        : keys.stream().map(values::nameOf).collect(Collectors.joining(" and "))
            + " both name a key - leave all but one out";
  }

  private static String oneKeyForWriting(OptionValues values) {
    boolean encrypting = values.get(Options.ENCRYPT) != Encryption.NONE;
    List<Option<?>> keys = keys(values);
    if (encrypting && keys.isEmpty()) {
      return values.nameOf(Options.ENCRYPT)
          + " needs a key - add --encryption-key-file, --encryption-key-env or"
          + " --encryption-key-secret";
    }
    if (!encrypting && !keys.isEmpty()) {
      return values.nameOf(keys.get(0))
          + " has no effect without --encrypt AES128 or AES256 - add that";
    }
    return severalKeys(values);
  }

  private static String oneKeyForReading(OptionValues values) {
    Encryption mode = values.get(Options.ENCRYPTED);
    List<Option<?>> keys = keys(values);
    if (mode != null && mode != Encryption.NONE && keys.isEmpty()) {
      return values.nameOf(Options.ENCRYPTED)
          + " needs the key - add --encryption-key-file, --encryption-key-env or"
          + " --encryption-key-secret";
    }
    return severalKeys(values);
  }

  private static String socketsHavePathsOnly(OptionValues values) {
    if (values.get(Options.SA_CONNECTION_TYPE) != SecretAgentSpec.Connection.UNIX) {
      return null;
    }
    boolean port = values.get(Options.SA_PORT) != 0;
    return port || values.isOn(Options.SA_CAFILE)
        ? values.nameOf(port ? Options.SA_PORT : Options.SA_CAFILE)
            + " has no effect with --sa-connection-type UNIX: a socket has a path only - leave it"
            + " out"
        : null;
  }

  private static String loginIsWhole(OptionValues values) {
    AuthMode auth = values.get(Options.AUTH);
    if (auth == AuthMode.PKI) {
      return values.isOn(Options.TLS_ENABLE) && values.isOn(Options.TLS_CERTFILE)
          ? null
          : values.nameOf(Options.AUTH)
              + " PKI logs in by our certificate - add --tls-enable, --tls-certfile and"
              + " --tls-keyfile";
    }
    if (values.isOn(Options.USER) && !values.isOn(Options.PASSWORD)) {
      return values.nameOf(Options.USER)
          + " needs a password - add --password; without a value it is asked for";
    }
    if (auth == AuthMode.EXTERNAL && !values.isOn(Options.USER)) {
      return values.nameOf(Options.AUTH) + " EXTERNAL needs a user - add --user and --password";
    }
    if (auth == AuthMode.EXTERNAL && !values.isOn(Options.TLS_ENABLE)) {
      return values.nameOf(Options.AUTH)
          + " EXTERNAL sends the password as it is, and needs TLS - add --tls-enable";
    }
    return null;
  }

  private static String rejectsHaveAPlace(OptionValues values) {
    boolean rejecting = values.get(Options.ON_RECORD_ERROR).equals("REJECT");
    if (rejecting && values.isOn(Options.IGNORE_RECORD_ERROR)) {
      return contradiction(
          values,
          Options.IGNORE_RECORD_ERROR,
          Options.ON_RECORD_ERROR,
          "a refused record is either left out or kept");
    }
    if (rejecting && !values.isOn(Options.REJECTS)) {
      return values.nameOf(Options.ON_RECORD_ERROR)
          + " REJECT needs a folder for the rejects - add --rejects DIR";
    }
    Predicate<Option<?>> idle = option -> !rejecting && values.isOn(option);
    return Stream.<Option<?>>of(Options.REJECTS, Options.MAX_REJECTS)
        .filter(idle)
        .findFirst()
        .map(
            option ->
                values.nameOf(option)
                    + " has no effect without --on-record-error REJECT - add that")
        .orElse(null);
  }
}
