package org.asbeam.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What all jobs have in common, as pipeline options. Names, texts and defaults are those of the
 * table, {@link Options}; a test compares them. Values that have units are texts: the table reads
 * them.
 */
public interface CommonOptions extends PipelineOptions {
  @Description(
      "Backup folder. Required. A backup wants one that is empty or does not exist; verify and"
          + " cleanup take it without the flag, too.")
  String getDirectory();

  void setDirectory(String value);

  @Description("Slices worked on at once. 0: as many as the machine has cores.")
  @Default.Integer(0)
  Integer getParallel();

  void setParallel(Integer value);

  @Description("Log what happens, and print the stack trace of an error.")
  @Default.Boolean(false)
  Boolean getVerbose();

  void setVerbose(Boolean value);
}
