package org.asbeam.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The options of a backup as pipeline options; see {@link CommonOptions}. */
public interface BackupOptions extends ClusterOptions {
  @Description("Size from which on a file is followed by the next one. 0: no limit.")
  @Default.String("250MiB")
  String getFileLimit();

  void setFileLimit(String value);

  @Description("What the names of backup files begin with. Default: the namespace.")
  String getOutputFilePrefix();

  void setOutputFilePrefix(String value);

  @Description("Delete the backup that lies in the folder first, finished or not.")
  @Default.Boolean(false)
  Boolean getRemoveFiles();

  void setRemoveFiles(Boolean value);

  @Description("Level of zstd; higher is smaller and slower. Only with --compress ZSTD.")
  Integer getCompressionLevel();

  void setCompressionLevel(Integer value);

  @Description("Write blobs as they are instead of in base64: smaller files, no longer text.")
  @Default.Boolean(false)
  Boolean getCompact();

  void setCompact(Boolean value);

  @Description(
      "Finish the unfinished backup in the folder. What was to be backed up, and how, is as it was"
          + " when the run began; only --host, --port, --parallel, --wait-stable and"
          + " --allow-unstable count anew.")
  @Default.Boolean(false)
  Boolean getResume();

  void setResume(Boolean value);

  @Description(
      "How long to wait for a cluster whose partitions move or are unavailable. Then the backup"
          + " fails.")
  @Default.String("10m")
  String getWaitStable();

  void setWaitStable(String value);

  @Description(
      "Go on with a cluster that stays unstable. The backup is then marked as not proved complete.")
  @Default.Boolean(false)
  Boolean getAllowUnstable();

  void setAllowUnstable(Boolean value);
}
