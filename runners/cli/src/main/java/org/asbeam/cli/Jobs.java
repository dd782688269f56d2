package org.asbeam.cli;

import java.util.function.Consumer;
import org.asbeam.pipelines.BackupReport;
import org.asbeam.pipelines.Job;
import org.asbeam.pipelines.RestoreReport;
import org.asbeam.pipelines.VerifyReport;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.WorkException;

/** Starts jobs on some runner. Each method checks folder and cluster at once. */
interface Jobs {
  Job<BackupReport> backup(BackupSpec spec, boolean resume) throws WorkException;

  /**
   * @param news gets what a person should see before the first write, line by line
   */
  Job<RestoreReport> restore(RestoreSpec spec, Consumer<String> news) throws WorkException;

  Job<VerifyReport> verify(VerifySpec spec) throws WorkException;
}
