package org.asbeam.transforms.work;

import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The names of a run's files, {@code <prefix>_<slice>_<n>_<attempt>.asb}: final when a file is
 * opened, the same on every store, and never given twice.
 *
 * <p>An attempt is eight hex digits; the first four are the run's own, so that a commit knows the
 * files of its run.
 */
final class FileNames {
  private final String prefix;
  private final String metadataStart;
  private final String runTag;
  private final Pattern pattern;

  FileNames(BackupSpec spec, String runId) {
    this.prefix = spec.fileNameStart();
    this.metadataStart = "metadata_" + BackupSpec.safe(spec.namespace()) + "_1";
    this.runTag = runId.substring(runId.length() - 4);
    this.pattern =
        Pattern.compile(
            "("
                + Pattern.quote(prefix)
                + "_\\d+_\\d+|"
                + Pattern.quote(metadataStart)
                + ")_"
                + runTag
                + "[0-9a-f]{4}\\.asb");
  }

  /** A run's id: the time it was planned, then four hex digits that its files carry. */
  static String newRunId(Surroundings surroundings) {
    String time = surroundings.now().toString().replaceAll("[-:]|\\..*", "");
    return time.replace("Z", "") + "Z-" + hex4(surroundings.random());
  }

  String newAttempt(RandomGenerator random) {
    return runTag + hex4(random);
  }

  String data(int slice, int n, String attempt) {
    return prefix + "_" + slice + "_" + n + "_" + attempt + ".asb";
  }

  /**
   * The file with secondary indexes and UDFs. absctl goes by how its name begins; the attempt in it
   * keeps two attempts at once from writing the same file.
   */
  String metadata(String attempt) {
    return metadataStart + "_" + attempt + ".asb";
  }

  /** Whether an attempt of this run wrote a file of that name. */
  boolean isOfThisRun(String name) {
    return pattern.matcher(name).matches();
  }

  private static String hex4(RandomGenerator random) {
    return String.format(Locale.ROOT, "%04x", random.nextInt(1 << 16));
  }
}
