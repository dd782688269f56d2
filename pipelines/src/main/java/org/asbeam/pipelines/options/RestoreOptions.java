package org.asbeam.pipelines.options;

import org.apache.beam.sdk.options.Description;

/**
 * The options of a restore, as pipeline options. Made from the table, {@link Options}, which reads
 * the texts and knows the defaults: a property that nobody sets is null.
 */
public interface RestoreOptions extends ClusterOptions, InputOptions {
  @Description("Kind of the files. Both words mean .asb files. Default: auto.")
  String getMode();

  void setMode(String value);

  @Description("Leave records that exist in the target as they are. Not with --replace.")
  Boolean getUnique();

  void setUnique(Boolean value);

  @Description(
      "Make records that exist in the target what they are in the backup, instead of merging their"
          + " bins. Not with --unique.")
  Boolean getReplace();

  void setReplace(Boolean value);

  @Description(
      "Write a record also if the generation in the target is not less than the one in the backup.")
  Boolean getNoGeneration();

  void setNoGeneration(Boolean value);

  @Description("Let records that expire live so much longer. A bare number is seconds. Default: 0.")
  String getExtraTtl();

  void setExtraTtl(String value);

  @Description(
      "Count and leave out records that the server refuses for good: RECORD_TOO_BIG, KEY_MISMATCH,"
          + " BIN_NAME_TOO_LONG, ALWAYS_FORBIDDEN, FAIL_FORBIDDEN, BIN_TYPE_ERROR, BIN_NOT_FOUND."
          + " Without it the first one ends the restore.")
  Boolean getIgnoreRecordError();

  void setIgnoreRecordError(Boolean value);

  @Description(
      "What becomes of a record that the server refuses for good: the restore ends, or the record"
          + " goes to the folder of --rejects. Default: FAIL.")
  String getOnRecordError();

  void setOnRecordError(String value);

  @Description(
      "Folder for rejected records: valid backup files with their reasons, to be restored once the"
          + " cause is gone.")
  String getRejects();

  void setRejects(String value);

  @Description("More rejects than that end the restore. 0: any number. Default: 0.")
  String getMaxRejects();

  void setMaxRejects(String value);

  @Description(
      "Write records one by one, with many under way. Done without being told where a server knows"
          + " no batch writes.")
  Boolean getDisableBatchWrites();

  void setDisableBatchWrites(Boolean value);

  @Description("Records in a batch write. Default: 128.")
  Integer getBatchSize();

  void setBatchSize(Integer value);

  @Description("Batch writes under way at once. Default: 32.")
  Integer getMaxAsyncBatches();

  void setMaxAsyncBatches(Integer value);

  @Description(
      "Connections to each node to open before the first write. 0: as they are needed. Default: 0.")
  Integer getWarmUp();

  void setWarmUp(Integer value);

  @Description("Restore secondary indexes and UDF modules after the records instead of before.")
  Boolean getApplyMetadataLast();

  void setApplyMetadataLast(Boolean value);

  @Description(
      "Replace secondary indexes and UDF modules of the target that differ from the backup's."
          + " Without it they are an error.")
  Boolean getReplaceMetadata();

  void setReplaceMetadata(Boolean value);

  @Description(
      "Read and check everything and write nothing, as asbeam verify does. Needs no cluster;"
          + " options on the target and on writing have no effect then.")
  Boolean getValidate();

  void setValidate(Boolean value);

  @Description("Write only if the cluster has this name.")
  String getClusterName();

  void setClusterName(String value);

  @Description("Write only if the target namespace holds no record.")
  Boolean getRequireEmpty();

  void setRequireEmpty(Boolean value);

  @Description(
      "Pause before a write is repeated for the first time. A bare number is milliseconds."
          + " Default: 1s.")
  String getRetryBaseTimeout();

  void setRetryBaseTimeout(String value);

  @Description("What the pause is multiplied with for each further time. Default: 1.")
  String getRetryMultiplier();

  void setRetryMultiplier(String value);

  @Description("How often a write is repeated. Default: as often as the stall timeout allows.")
  Integer getRetryMaxRetries();

  void setRetryMaxRetries(Integer value);
}
