package org.asbeam.transforms;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.transforms.work.FileJobEnd;
import org.asbeam.transforms.work.FileOutcome;
import org.asbeam.transforms.work.FileRun;
import org.asbeam.transforms.work.WorkException;

/**
 * What the steps of a restore, or of a verification, have in common: a worker that the threads of a
 * process share. It travels with the steps.
 *
 * @param <W> the kind of worker
 */
interface FileWork<W extends Closeable> extends Serializable {
  FileRun run();

  /** The workers of this kind in this process. */
  SharedWorkers<W> workers();

  W join() throws IOException, WorkException;

  FileOutcome slice(W worker, FileSlice slice) throws IOException;

  Optional<FileJobEnd> end(W worker) throws IOException;

  /** Does something with a worker. */
  @FunctionalInterface
  interface Use<W> {
    void with(W worker) throws IOException;
  }

  /**
   * Does something once with the worker of this process; not if it can't join the run: the failure
   * is in the journal, where the launcher finds it.
   */
  default void once(Use<W> use) throws IOException {
    W worker;
    try {
      worker = acquire();
    } catch (WorkException e) {
      return;
    }
    try {
      use.with(worker);
    } finally {
      leave();
    }
  }

  /** The worker of this process; {@link #leave} must follow. */
  default W acquire() throws IOException, WorkException {
    return workers().acquire(run().id(), this::join);
  }

  default void leave() throws IOException {
    workers().release(run().id());
  }
}
