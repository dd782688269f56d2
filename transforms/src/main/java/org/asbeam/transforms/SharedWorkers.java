package org.asbeam.transforms;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.asbeam.transforms.work.OpenWorkers;
import org.asbeam.transforms.work.WorkException;

/**
 * The workers of this process, one per run however many threads work on it: counted, and closed
 * with the last user.
 *
 * @param <W> the kind of worker
 */
final class SharedWorkers<W extends Closeable> {
  private final Map<String, Counted<W>> workers = new HashMap<>();

  /** Makes a worker. */
  @FunctionalInterface
  interface Maker<W> {
    W make() throws IOException, WorkException;
  }

  private static final class Counted<W> {
    private final W worker;
    private int users;

    private Counted(W worker) {
      this.worker = worker;
    }
  }

  synchronized W acquire(String runId, Maker<W> maker) throws IOException, WorkException {
    Counted<W> counted = workers.get(runId);
    if (counted == null) {
      counted = new Counted<>(maker.make());
      workers.put(runId, counted);
      OpenWorkers.opened(runId);
    }
    counted.users++;
    return counted.worker;
  }

  void release(String runId) throws IOException {
    W closing = null;
    synchronized (this) {
      Counted<W> counted = workers.get(runId);
      if (counted != null && --counted.users == 0) {
        workers.remove(runId);
        closing = counted.worker;
      }
    }
    if (closing != null) {
      try {
        closing.close();
      } finally {
        OpenWorkers.closed(runId);
      }
    }
  }
}
