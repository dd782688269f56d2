package org.asbeam.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The options of a restore as pipeline options; see {@link CommonOptions}. */
public interface RestoreOptions extends ClusterOptions {
  @Description("Leave records that exist in the target as they are. Not with --replace.")
  @Default.Boolean(false)
  Boolean getUnique();

  void setUnique(Boolean value);

  @Description(
      "Make records that exist in the target what they are in the backup, instead of merging their"
          + " bins. Not with --unique.")
  @Default.Boolean(false)
  Boolean getReplace();

  void setReplace(Boolean value);

  @Description(
      "Write a record also if the generation in the target is not less than the one in the backup.")
  @Default.Boolean(false)
  Boolean getNoGeneration();

  void setNoGeneration(Boolean value);

  @Description("Records in a batch write.")
  @Default.Integer(128)
  Integer getBatchSize();

  void setBatchSize(Integer value);

  @Description("Batch writes under way at once.")
  @Default.Integer(32)
  Integer getMaxAsyncBatches();

  void setMaxAsyncBatches(Integer value);

  @Description(
      "Replace secondary indexes and UDF modules of the target that differ from the backup's."
          + " Without it they are an error.")
  @Default.Boolean(false)
  Boolean getReplaceMetadata();

  void setReplaceMetadata(Boolean value);
}
