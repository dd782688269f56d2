package org.asbeam.cli;

import java.io.IOException;
import org.asbeam.pipelines.options.OptionValues;
import org.asbeam.pipelines.options.UsageException;
import org.asbeam.transforms.work.WorkException;

/** One command of asbeam. */
interface Subcommand {
  /**
   * Checks everything, then does the work.
   *
   * @return the exit code
   */
  int run(OptionValues values)
      throws UsageException, WorkException, IOException, InterruptedException;
}
