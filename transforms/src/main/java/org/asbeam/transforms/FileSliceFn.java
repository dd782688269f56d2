package org.asbeam.transforms;

import java.io.Closeable;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.transforms.work.FileOutcome;
import org.asbeam.transforms.work.Progress;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.Workers;

/**
 * Does slices of a backup's files with a worker that the threads of a process share.
 *
 * @param <W> the kind of worker
 */
final class FileSliceFn<W extends Closeable> extends DoFn<FileSlice, FileOutcome> {
  private static final long serialVersionUID = 1L;

  private final FileWork<W> work;
  private final Counters counters;
  private transient W worker;

  /**
   * @param name of the work, for counters
   */
  FileSliceFn(String name, FileWork<W> work) {
    this.work = work;
    this.counters = Counters.of(name);
  }

  @ProcessElement
  public void process(@Element FileSlice slice, OutputReceiver<FileOutcome> outcomes)
      throws IOException, WorkException {
    if (worker == null) {
      try {
        worker = work.acquire();
      } catch (WorkException e) {
        if (work.run().workers() == Workers.HERE) {
          throw e;
        }
        return; // The failure is in the journal, where the launcher finds it.
      }
    }
    FileOutcome outcome = Counters.throttled(() -> work.slice(worker, slice));
    counters.slice(outcome.records().read(), slice.bytes());
    Progress.of(work.run().id()).outcome(outcome.records());
    outcomes.output(outcome);
  }

  @Teardown
  public void tearDown() throws IOException {
    if (worker != null) {
      worker = null;
      work.leave();
    }
  }
}
