package org.asbeam.pipelines.options;

import org.apache.beam.sdk.options.Description;

/**
 * The options of a backup, as pipeline options. Made from the table, {@link Options}, which reads
 * the texts and knows the defaults: a property that nobody sets is null.
 */
public interface BackupOptions extends ClusterOptions {
  @Description(
      "Only these partitions: BEGIN-COUNT (a count, not an end), a single one, or the digest of a"
          + " record, which means its whole partition. Any mix, split further for parallelism.")
  String getPartitionList();

  void setPartitionList(String value);

  @Description(
      "Only the rest of the partition of this digest, behind the digest, and all partitions that"
          + " follow.")
  String getAfterDigest();

  void setAfterDigest(String value);

  @Description(
      "Only partitions whose master is one of these nodes, by name or HOST:PORT, when the backup"
          + " begins.")
  String getNodeList();

  void setNodeList(String value);

  @Description("The same by rack.")
  String getRackList();

  void setRackList(String value);

  @Description(
      "Only records last updated then or later: 2026-01-31_13:30:00, 2026-01-31, 13:30:00 (local"
          + " time), 2026-01-31T13:30:00Z (with a zone), or 2h (before now).")
  String getModifiedAfter();

  void setModifiedAfter(String value);

  @Description("Only records last updated before that.")
  String getModifiedBefore();

  void setModifiedBefore(String value);

  @Description(
      "Only records that the backup in this folder may lack: last updated at the safe lower bound"
          + " in its manifest, or later.")
  String getModifiedAfterBackup();

  void setModifiedAfterBackup(String value);

  @Description(
      "Only records for which this packed filter expression is true, in base64. Goes with all"
          + " other filters.")
  String getFilterExp();

  void setFilterExp(String value);

  @Description("Only records that never expire.")
  Boolean getNoTtlOnly();

  void setNoTtlOnly(Boolean value);

  @Description("At most so many records in the whole backup. 0: all. Default: 0.")
  String getMaxRecords();

  void setMaxRecords(String value);

  @Description("Records without their bins, for looking at; nobody can restore them.")
  Boolean getNoBins();

  void setNoBins(Boolean value);

  @Description(
      "A single file instead of a folder; - for standard output. It is one stream, so encoding"
          + " runs in parallel and writing does not.")
  String getOutputFile();

  void setOutputFile(String value);

  @Description("What the names of backup files begin with. Default: the namespace.")
  String getOutputFilePrefix();

  void setOutputFilePrefix(String value);

  @Description(
      "Size from which on a file is followed by the next one. 0: no limit. A bare number is bytes."
          + " Default: 250MiB.")
  String getFileLimit();

  void setFileLimit(String value);

  @Description("Delete the backup that lies in the folder, or the file, first, finished or not.")
  Boolean getRemoveFiles();

  void setRemoveFiles(Boolean value);

  @Description("Delete the backup that lies in the folder, or the file, and back up nothing.")
  Boolean getRemoveArtifacts();

  void setRemoveArtifacts(Boolean value);

  @Description("Write blobs as they are instead of in base64: smaller files, no longer text.")
  Boolean getCompact();

  void setCompact(Boolean value);

  @Description(
      "Tell how large the backup would be, and how long it would take, from a random sample, and"
          + " back up nothing. All filters count.")
  Boolean getEstimate();

  void setEstimate(Boolean value);

  @Description("Records in the sample of --estimate. Default: 10000.")
  Integer getEstimateSamples();

  void setEstimateSamples(Integer value);

  @Description("The same as --resume; the state is in the folder, whatever the name.")
  String getContinue();

  void setContinue(String value);

  @Description("Not needed: every backup into a folder can be resumed.")
  String getStateFileDst();

  void setStateFileDst(String value);

  @Description("Work on at least as many slices at once as there are nodes.")
  Boolean getParallelNodes();

  void setParallelNodes(Boolean value);

  @Description(
      "The least pause before a request is repeated. A bare number is milliseconds. Default: 0.")
  String getSleepBetweenRetries();

  void setSleepBetweenRetries(String value);

  @Description(
      "How long to wait for a cluster whose partitions move or are unavailable. Then the backup"
          + " fails. A bare number is seconds. Default: 10m.")
  String getWaitStable();

  void setWaitStable(String value);

  @Description(
      "Go on with a cluster that stays unstable. The backup is then marked as not proved complete.")
  Boolean getAllowUnstable();

  void setAllowUnstable(Boolean value);

  @Description(
      "Level of zstd; higher is smaller and slower. Only with --compress ZSTD. Default: 3.")
  Integer getCompressionLevel();

  void setCompressionLevel(Integer value);

  @Description("Read from nodes of these racks where they have a copy.")
  String getPreferRacks();

  void setPreferRacks(String value);

  @Description(
      "Storage class of the backup files. Journal, indexes and manifest stay in the bucket's own.")
  String getS3StorageClass();

  void setS3StorageClass(String value);

  @Description(
      "Bytes of a part of an upload, from 5 MiB. A file has at most 10,000 parts. Memory per open"
          + " file: the parts on their way and one. A bare number is bytes. Default: 5MiB.")
  String getS3ChunkSize();

  void setS3ChunkSize(String value);

  @Description("Parts of a file that are on their way at once. Default: 1.")
  Integer getS3UploadConcurrency();

  void setS3UploadConcurrency(Integer value);

  @Description(
      "Send a checksum with each upload, which the store compares. false for stores that refuse"
          + " it.")
  Boolean getS3CalculateChecksum();

  void setS3CalculateChecksum(Boolean value);

  @Description(
      "Bytes of a part of an upload, rounded up to 256 KiB. Memory per open file: two of them. A"
          + " bare number is bytes. Default: 5MiB.")
  String getGcpChunkSize();

  void setGcpChunkSize(String value);

  @Description("Compare a checksum of each upload with the store's.")
  Boolean getGcpCalculateChecksum();

  void setGcpCalculateChecksum(Boolean value);

  @Description(
      "Bytes of a block of an upload. A file has at most 50,000 blocks. Memory per open file: the"
          + " blocks on their way and one. A bare number is bytes. Default: 5MiB.")
  String getAzureBlockSize();

  void setAzureBlockSize(String value);

  @Description("Blocks of a file that are on their way at once. Default: 1.")
  Integer getAzureUploadConcurrency();

  void setAzureUploadConcurrency(Integer value);

  @Description("Send a checksum with each upload, which the store compares.")
  Boolean getAzureCalculateChecksum();

  void setAzureCalculateChecksum(Boolean value);
}
