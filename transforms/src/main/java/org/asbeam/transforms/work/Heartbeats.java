package org.asbeam.transforms.work;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a sign of life at once and every ten seconds, from a thread of its own. */
final class Heartbeats implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);
  static final int PERIOD_SECONDS = 10;

  private final ScheduledThreadPoolExecutor timer;

  /** What is done with every beat. */
  @FunctionalInterface
  interface Beat {
    void run() throws IOException;
  }

  Heartbeats(String worker, Beat beat) {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "asbeam-heartbeat-" + worker);
              thread.setDaemon(true);
              return thread;
            });
    timer.scheduleWithFixedDelay(() -> quietly(beat), 0, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  private static void quietly(Beat beat) {
    try {
      beat.run();
    } catch (IOException | RuntimeException e) {
      // A missed beat harms nobody; the slices meet the store's error themselves if it lasts.
      LOG.warn("no sign of life could be written: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
