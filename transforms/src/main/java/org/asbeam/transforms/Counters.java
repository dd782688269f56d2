package org.asbeam.transforms;

import java.io.Serializable;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * What a job shows in its runner's user interface. Reports are made of receipts, never of these: a
 * runner may count a repeated slice twice.
 */
final class Counters implements Serializable {
  private static final long serialVersionUID = 1L;

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

  void slice(long itsRecords, long itsBytes) {
    slices.inc();
    records.inc(itsRecords);
    bytes.inc(itsBytes);
  }
}
