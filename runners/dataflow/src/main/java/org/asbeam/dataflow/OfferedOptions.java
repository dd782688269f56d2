package org.asbeam.dataflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.asbeam.pipelines.options.Command;
import org.asbeam.pipelines.options.Option;
import org.asbeam.pipelines.options.OptionValues;
import org.asbeam.pipelines.options.Options;

/** Which options of the table a job on Dataflow takes, and which of them it must have. */
final class OfferedOptions {
  private static final String ONE_STREAM =
      "is a stream through the process that launches the job, which has no disk that lasts";
  private static final String NO_FILES_OF_HADOOP =
      "needs files of Hadoop's configuration, which workers don't have, and there is no client of"
          + " HDFS in this jar";
  private static final String IN_THE_URI = "is not needed: a folder's URI names its bucket";
  private static final String LOG_OF_DATAFLOW =
      "is about the command's own log, and Dataflow keeps that of its workers";
  private static final String NOT_A_JOB = "is no work for a job on workers";

  /** Half a sentence for each option that means nothing here, or can't be kept to. */
  private static final Map<Option<?>, String> NOT_HERE = notHere();

  private static final Set<Option<?>> REQUIRED =
      Set.of(Options.NAMESPACE, Options.NAMESPACES, Options.HOST);

  private OfferedOptions() {}

  private static Map<Option<?>, String> notHere() {
    Map<Option<?>, String> reasons = new LinkedHashMap<>();
    reasons.put(Options.OUTPUT_FILE, ONE_STREAM + " - give a folder with --directory");
    reasons.put(Options.REMOVE_ARTIFACTS, NOT_A_JOB + " - use asbeam backup --remove-artifacts");
    reasons.put(Options.ESTIMATE, NOT_A_JOB + " - use asbeam backup --estimate");
    reasons.put(Options.ESTIMATE_SAMPLES, NOT_A_JOB + " - use asbeam backup --estimate");
    reasons.put(Options.CONTINUE, "is what the peers call --resume - give that");
    reasons.put(Options.STATE_FILE_DST, "is not needed: any backup can be resumed - leave it out");
    reasons.put(Options.MODE, "changes nothing: both words mean the same - leave it out");
    reasons.put(Options.VALIDATE, "is the template of its own for verifying - use that");
    reasons.put(Options.CONFIG, "is a file of the command - give its options themselves");
    for (Option<?> option :
        List.of(Options.VERBOSE, Options.LOG_LEVEL, Options.LOG_JSON, Options.LOG_FILE)) {
      reasons.put(option, LOG_OF_DATAFLOW + " - use --defaultWorkerLogLevel");
    }
    for (Option<?> option : Options.all()) {
      if (option.name().startsWith("hdfs-")) {
        reasons.put(option, NO_FILES_OF_HADOOP + " - use a bucket");
      } else if (Set.of("s3-bucket-name", "gcp-bucket-name", "azure-container-name")
          .contains(option.name())) {
        reasons.put(option, IN_THE_URI + " - give it as in --directory gs://BUCKET/DIR");
      }
    }
    return reasons;
  }

  /** What a job takes, in the order of the table. */
  static List<Option<?>> of(Command command) {
    return Options.of(command).stream()
        .filter(option -> !option.isHidden() && !option.isOfLauncher())
        .filter(option -> !NOT_HERE.containsKey(option))
        .toList();
  }

  /** Whether a job can't do without it, whatever the table's default is. */
  static boolean isRequired(Option<?> option, Command command) {
    return REQUIRED.contains(option) || option == Options.DIRECTORY && command == Command.BACKUP;
  }

  /** A line for each option that is given and can't be, and for each that is missing. */
  static List<String> problems(OptionValues values, Command command) {
    List<String> problems = new ArrayList<>();
    NOT_HERE.forEach(
        (option, reason) -> {
          if (option.commands().contains(command) && asksForSomething(values, option)) {
            problems.add(option.flag() + " " + reason);
          }
        });
    // A worker that asks itself finds nothing; what else is missing is found with the rest.
    if (Options.HOST.commands().contains(command) && !values.isGiven(Options.HOST)) {
      problems.add(
          "--host is required, since 127.0.0.1 is the worker itself - add --host "
              + Options.HOST.type().label());
    }
    return problems;
  }

  private static boolean asksForSomething(OptionValues values, Option<?> option) {
    return values.isGiven(option) && !Boolean.FALSE.equals(values.get(option));
  }
}
