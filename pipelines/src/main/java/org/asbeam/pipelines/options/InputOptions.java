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
}
