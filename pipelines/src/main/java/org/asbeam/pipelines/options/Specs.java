package org.asbeam.pipelines.options;

import java.util.List;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.storage.Compression;
import org.asbeam.transforms.work.BackupOutput;
import org.asbeam.transforms.work.BackupScope;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.RestoreScope;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.WriteSettings;
import org.asbeam.transforms.work.WriteSettings.Existence;

/** Makes the specifications of jobs of the values of options, or tells all that is wrong. */
public final class Specs {
  /** The longest name of a namespace that a server takes, in bytes. */
  private static final int MAX_NAMESPACE = 31;

  private Specs() {}

  /**
   * @throws UsageException naming all that is wrong
   */
  public static BackupSpec backup(OptionValues values) throws UsageException {
    boolean resume = values.get(Options.RESUME);
    String namespace = backupNamespace(values, resume);
    String directory = values.require(Options.DIRECTORY);
    ConnectionSpec connection = connection(values);
    exclude(
        values, Options.RESUME, Options.REMOVE_FILES, "one goes on with what the other deletes");
    checkSomethingIsLeft(values, "back up");
    Compression compression = compression(values);
    values.check();
    String prefix = values.get(Options.OUTPUT_FILE_PREFIX);
    BackupOutput output =
        BackupOutput.folder(directory)
            .withFileLimit(values.get(Options.FILE_LIMIT))
            .withFilePrefix(prefix == null ? "" : prefix)
            .withRemoveFiles(values.get(Options.REMOVE_FILES))
            .withCompact(values.get(Options.COMPACT))
            .withCompression(compression);
    BackupScope scope =
        BackupScope.everything()
            .withRecords(!values.get(Options.NO_RECORDS))
            .withIndexes(!values.get(Options.NO_INDEXES))
            .withUdfs(!values.get(Options.NO_UDFS));
    return BackupSpec.of(connection, namespace, output)
        .withScope(scope)
        .withSlots(slots(values))
        .withWaitStable(values.get(Options.WAIT_STABLE))
        .withAllowUnstable(values.get(Options.ALLOW_UNSTABLE));
  }

  /**
   * @throws UsageException naming all that is wrong
   */
  public static RestoreSpec restore(OptionValues values) throws UsageException {
    List<String> namespaces = restoreNamespaces(values);
    String directory = values.require(Options.DIRECTORY);
    ConnectionSpec connection = connection(values);
    exclude(
        values,
        Options.UNIQUE,
        Options.REPLACE,
        "a record that exists can't both stay and be replaced");
    exclude(
        values,
        Options.UNIQUE,
        Options.NO_GENERATION,
        "records that exist stay, whatever their generation");
    checkSomethingIsLeft(values, "restore");
    values.check();
    WriteSettings writing =
        WriteSettings.DEFAULT
            .withExistence(existence(values))
            .withGenerations(!values.get(Options.NO_GENERATION))
            .withBatchSize(values.get(Options.BATCH_SIZE))
            .withMaxAsyncBatches(values.get(Options.MAX_ASYNC_BATCHES));
    RestoreScope scope =
        RestoreScope.everything()
            .withRecords(!values.get(Options.NO_RECORDS))
            .withIndexes(!values.get(Options.NO_INDEXES))
            .withUdfs(!values.get(Options.NO_UDFS));
    return RestoreSpec.of(connection, namespaces.get(0), RestoreInput.folder(directory))
        .withTargetNamespace(namespaces.get(namespaces.size() - 1))
        .withScope(scope)
        .withWriting(writing)
        .withSlots(slots(values))
        .withReplaceMetadata(values.get(Options.REPLACE_METADATA));
  }

  /**
   * @throws UsageException naming all that is wrong
   */
  public static VerifySpec verify(OptionValues values) throws UsageException {
    String directory = values.require(Options.DIRECTORY);
    values.check();
    return VerifySpec.of(RestoreInput.folder(directory), slots(values));
  }

  /**
   * The folder of a command that takes little else.
   *
   * @throws UsageException naming all that is wrong
   */
  public static String directory(OptionValues values) throws UsageException {
    String directory = values.require(Options.DIRECTORY);
    values.check();
    return directory;
  }

  private static int slots(OptionValues values) {
    int parallel = values.get(Options.PARALLEL);
    return parallel > 0 ? parallel : Runtime.getRuntime().availableProcessors();
  }

  private static ConnectionSpec connection(OptionValues values) {
    try {
      return ConnectionSpec.of(values.get(Options.HOST)).withDefaultPort(values.get(Options.PORT));
    } catch (IllegalArgumentException e) {
      values.problem("--host: " + e.getMessage());
      return null;
    }
  }

  private static String backupNamespace(OptionValues values, boolean resume) {
    if (resume && !values.isGiven(Options.NAMESPACE)) {
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

  private static Compression compression(OptionValues values) {
    if (values.get(Options.COMPRESS) == Compression.Codec.ZSTD) {
      return Compression.zstd(values.get(Options.COMPRESSION_LEVEL));
    }
    if (values.isGiven(Options.COMPRESSION_LEVEL)) {
      values.problem("--compression-level has no effect without --compress ZSTD - add that");
    }
    return Compression.NONE;
  }

  private static Existence existence(OptionValues values) {
    if (values.get(Options.UNIQUE)) {
      return Existence.UNIQUE;
    }
    return values.get(Options.REPLACE) ? Existence.REPLACE : Existence.MERGE;
  }

  private static void exclude(
      OptionValues values, Option<Boolean> one, Option<Boolean> other, String reason) {
    if (values.get(one) && values.get(other)) {
      values.problem(
          one.flag()
              + " and "
              + other.flag()
              + " contradict each other: "
              + reason
              + " - leave one out");
    }
  }

  private static void checkSomethingIsLeft(OptionValues values, String verb) {
    if (values.get(Options.NO_RECORDS)
        && values.get(Options.NO_INDEXES)
        && values.get(Options.NO_UDFS)) {
      values.problem(
          "--no-records, --no-indexes and --no-udfs together leave nothing to "
              + verb
              + " - leave one out");
    }
  }
}
