package org.asbeam.embedded;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Hangs up when a write takes too long, because the other side doesn't read. */
final class TimedOutput extends FilterOutputStream {
  private static final ScheduledThreadPoolExecutor CLOCK = start();

  private final long timeoutMillis;
  private final Runnable hangUp;

  private TimedOutput(OutputStream out, long timeoutMillis, Runnable hangUp) {
    super(out);
    this.timeoutMillis = timeoutMillis;
    this.hangUp = hangUp;
  }

  /**
   * @param timeoutMillis 0: a write may take for ever
   */
  static OutputStream of(OutputStream out, long timeoutMillis, Runnable hangUp) {
    return timeoutMillis == 0 ? out : new TimedOutput(out, timeoutMillis, hangUp);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Future<?> end = CLOCK.schedule(hangUp, timeoutMillis, TimeUnit.MILLISECONDS);
    try {
      out.write(bytes, offset, length);
    } finally {
      end.cancel(false);
    }
  }

  private static ScheduledThreadPoolExecutor start() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "embedded-send-timeout");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }
}
