package org.asbeam.pipelines.options;

import org.apache.beam.sdk.options.Description;

/**
 * What jobs that read a backup have in common, as pipeline options. Made from the table, {@link
 * Options}, which reads the texts and knows the defaults: a property that nobody sets is null.
 */
public interface InputOptions extends CommonOptions {
  @Description(
      "A single backup file instead of a folder; - for standard input, which is read by one"
          + " thread.")
  String getInputFile();

  void setInputFile(String value);

  @Description("Several backup folders, read as one backup.")
  String getDirectoryList();

  void setDirectoryList(String value);

  @Description("What the folders of --directory-list lie in.")
  String getParentDirectory();

  void setParentDirectory(String value);

  @Description(
      "Folder for the journal by which a restore that did not end goes on, and by which workers on"
          + " other machines know of each other, where the backup's own folder can't be written.")
  String getStateDirectory();

  void setStateDirectory(String value);

  @Description(
      "How often a file that breaks off while it is read is read on from there, without anything"
          + " coming, before the job fails. Default: 3.")
  Integer getS3RetryReadMaxAttempts();

  void setS3RetryReadMaxAttempts(Integer value);

  @Description(
      "The pause before it is read on the first time. A bare number is milliseconds. Default: 1s.")
  String getS3RetryReadBackoff();

  void setS3RetryReadBackoff(String value);

  @Description("How much longer each further pause is. Default: 2.")
  String getS3RetryReadMultiplier();

  void setS3RetryReadMultiplier(String value);

  @Description(
      "Take files out of the Glacier archives first, at this speed and price, and wait for them."
          + " Without it files in an archive are an error.")
  String getS3Tier();

  void setS3Tier(String value);

  @Description(
      "How often to look whether they can be read. A bare number is milliseconds. Default: 60s.")
  String getS3RestorePollDuration();

  void setS3RestorePollDuration(String value);

  @Description(
      "How often a file that breaks off while it is read is read on from there, without anything"
          + " coming, before the job fails. Default: 3.")
  Integer getGcpRetryReadMaxAttempts();

  void setGcpRetryReadMaxAttempts(Integer value);

  @Description(
      "The pause before it is read on the first time. A bare number is milliseconds. Default: 1s.")
  String getGcpRetryReadBackoff();

  void setGcpRetryReadBackoff(String value);

  @Description("How much longer each further pause is. Default: 2.")
  String getGcpRetryReadMultiplier();

  void setGcpRetryReadMultiplier(String value);

  @Description(
      "How often a file that breaks off while it is read is read on from there, without anything"
          + " coming, before the job fails. Default: 3.")
  Integer getAzureRetryReadMaxAttempts();

  void setAzureRetryReadMaxAttempts(Integer value);

  @Description(
      "The pause before it is read on the first time. A bare number is milliseconds. Default: 1s.")
  String getAzureRetryReadBackoff();

  void setAzureRetryReadBackoff(String value);

  @Description("How much longer each further pause is. Default: 2.")
  String getAzureRetryReadMultiplier();

  void setAzureRetryReadMultiplier(String value);

  @Description(
      "How often to look whether files can be read that were taken out of the archive. A bare"
          + " number is milliseconds. Default: 60s.")
  String getAzureRehydratePollDuration();

  void setAzureRehydratePollDuration(String value);
}
