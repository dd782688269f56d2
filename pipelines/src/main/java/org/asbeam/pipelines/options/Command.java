package org.asbeam.pipelines.options;

import java.util.Locale;

/** The commands that take options of the table. */
public enum Command {
  BACKUP("Backs up a namespace into a folder.", false),
  RESTORE("Restores a backup into a namespace.", false),
  VERIFY("Reads a whole backup and tells whether it is sound. Needs no cluster.", true),
  CLEANUP(
      "Removes what runs that died left in a folder. Only tells, unless --force is given.", true),
  STATUS(
      "Tells how far the jobs are that work in a folder, on any machine, and how they ended.",
      true),
  DEMO("Shows a backup, a verification and a restore on an embedded cluster, with a proof.", false),
  NODE("Runs an embedded Aerospike cluster to play with, until Ctrl-C.", false);

  private final String summary;
  private final boolean directoryParameter;

  Command(String summary, boolean directoryParameter) {
    this.summary = summary;
    this.directoryParameter = directoryParameter;
  }

  /** What a person types. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One or two sentences for {@code --help}. */
  public String summary() {
    return summary;
  }

  /** Whether it takes options from a file. */
  public boolean takesConfig() {
    return this != DEMO && this != NODE;
  }

  /** Whether the directory may stand without a flag: {@code asbeam verify DIR}. */
  public boolean takesDirectoryParameter() {
    return directoryParameter;
  }
}
