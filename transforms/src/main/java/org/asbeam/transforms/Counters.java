package org.asbeam.transforms;

import java.io.IOException;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.asbeam.transforms.work.Throttle;

/**
 * What a job shows in its runner's user interface. Reports are made of receipts, never of these: a
 * runner may count a repeated slice twice.
 */
final class Counters implements Serializable {
  private static final long serialVersionUID = 1L;

  /** By this name runners know that a worker which waits is not short of workers. */
  private static final Counter THROTTLED =
      Metrics.counter(Metrics.THROTTLE_TIME_NAMESPACE, Metrics.THROTTLE_TIME_COUNTER_NAME);

  private final Counter slices;
  private final Counter records;
  private final Counter bytes;

  private Counters(String namespace) {
    slices = Metrics.counter(namespace, "slices");
    records = Metrics.counter(namespace, "records");
    bytes = Metrics.counter(namespace, "bytes");
  }

  /**
   * @param work {@code backup}, {@code restore} or {@code verify}
   */
  static Counters of(String work) {
    return new Counters("asbeam." + work);
  }

  /** A slice's work. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** Does a slice, and counts how long the limits held this thread back, also if it fails. */
  static <T> T throttled(Work<T> slice) throws IOException {
    long before = Throttle.waitedByThisThread();
    try {
      return slice.run();
    } finally {
      THROTTLED.inc(TimeUnit.NANOSECONDS.toMillis(Throttle.waitedByThisThread() - before));
    }
  }

  void slice(long itsRecords, long itsBytes) {
    slices.inc();
    records.inc(itsRecords);
    bytes.inc(itsBytes);
  }
}
