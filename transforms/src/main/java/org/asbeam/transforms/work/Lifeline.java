package org.asbeam.transforms.work;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.asbeam.storage.journal.Heartbeat;
import org.asbeam.storage.journal.RunSigns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows in a run's folder that a worker process lives and how far it is, and stops its work when
 * the folder says that the run has failed.
 */
final class Lifeline implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Lifeline.class);
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final RunSigns signs;
  private final String worker;
  private final Progress progress;
  private final RunStop stop;
  private final Surroundings surroundings;
  private final Surroundings.Closing beats;
  private boolean closed;

  /**
   * @param worker names this process among the run's workers
   */
  Lifeline(
      RunSigns signs, String worker, Progress progress, RunStop stop, Surroundings surroundings) {
    this.signs = signs;
    this.worker = worker;
    this.progress = progress;
    this.stop = stop;
    this.surroundings = surroundings;
    this.beats = surroundings.timer().every(PERIOD, "heartbeat-" + worker, this::beatQuietly);
  }

  private synchronized void beatQuietly() {
    if (closed) {
      return;
    }
    try {
      signs.beat(
          new Heartbeat(
              worker,
              surroundings.now(),
              progress.slicesInWork(),
              progress.recordsInWork(),
              progress.bytesInWork()));
      if (signs.failure().isPresent()) {
        stop.request();
      }
    } catch (IOException | RuntimeException e) {
      // A missed beat harms nobody; the slices meet the store's error themselves if it lasts.
      LOG.warn("no sign of life could be written: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    // A beat under way comes to its end first: it would outlive the worker, and its journal.
    synchronized (this) {
      closed = true;
    }
    beats.close();
    try {
      signs.endBeat(worker);
    } catch (IOException e) {
      // It counts as alive for a little longer than it is.
      LOG.warn("the last sign of life could not be taken away: {}", e.getMessage());
    }
  }
}
