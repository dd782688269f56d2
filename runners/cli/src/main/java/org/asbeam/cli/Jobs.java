package org.asbeam.cli;

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

  Job<RestoreReport> restore(RestoreSpec spec) throws WorkException;

  Job<VerifyReport> verify(VerifySpec spec) throws WorkException;
}
