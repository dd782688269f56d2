package org.asbeam.transforms;

import java.io.Closeable;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.transforms.work.FileOutcome;
import org.asbeam.transforms.work.Progress;
import org.asbeam.transforms.work.WorkException;

/**
 * Does slices of a backup's files with a worker that the threads of a process share.
 *
 * @param <W> the kind of worker
 */
abstract class FileSliceFn<W extends Closeable> extends DoFn<FileSlice, FileOutcome> {
  private static final long serialVersionUID = 1L;

  private final Counters counters;
  private final String runId;
  private transient W worker;

  FileSliceFn(String work, String runId) {
    this.counters = Counters.of(work);
    this.runId = runId;
  }

  /** The workers of this kind in this process. */
  abstract SharedWorkers<W> workers();

  abstract W join(String run) throws IOException, WorkException;

  abstract FileOutcome run(W with, FileSlice slice) throws IOException;

  @ProcessElement
  public void process(@Element FileSlice slice, OutputReceiver<FileOutcome> outcomes)
      throws IOException, WorkException {
    if (worker == null) {
      worker = workers().acquire(runId, () -> join(runId));
    }
    FileOutcome outcome = run(worker, slice);
    counters.slice(outcome.records().read(), slice.bytes());
    Progress.of(runId).outcome(outcome.records());
    outcomes.output(outcome);
  }

  @Teardown
  public void tearDown() throws IOException {
    if (worker != null) {
      worker = null;
      workers().release(runId);
    }
  }
}
