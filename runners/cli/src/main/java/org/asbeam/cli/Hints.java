package org.asbeam.cli;

import org.asbeam.pipelines.options.Command;
import org.asbeam.pipelines.options.Options;
import org.asbeam.transforms.work.ErrorCode;

/** What to do about an error, where the answer is a flag: only the command knows its flags. */
final class Hints {
  private Hints() {}

  /** One line, or an empty one if there is nothing to add. */
  static String of(ErrorCode code, Command command) {
    if (code == ErrorCode.UNSTABLE && command == Command.BACKUP) {
      return "wait longer with "
          + Options.WAIT_STABLE
          + ", or go on with "
          + Options.ALLOW_UNSTABLE
          + ", without a proof that the backup is complete";
    }
    if (code == ErrorCode.METADATA_CONFLICT && command == Command.RESTORE) {
      return "replace what the target has with "
          + Options.REPLACE_METADATA
          + ", or leave it out with "
          + Options.NO_INDEXES
          + " or "
          + Options.NO_UDFS;
    }
    return "";
  }
}
