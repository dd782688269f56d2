package org.asbeam.benchmarks;

import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What went through a benchmark; JMH reports both per second. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Volume {
  private static final LongAdder ALL_BYTES = new LongAdder();
  private static final LongAdder ALL_RECORDS = new LongAdder();

  /** Megabytes (10^6) of ASB text, or of what the benchmark says. */
  public double megabytes;

  /** Thousands of records. */
  public double kilorecords;

  /** What went through the benchmarks of all threads since it was last asked. */
  record Totals(long bytes, long records) {}

  @Setup(Level.Iteration)
  public void clear() {
    megabytes = 0;
    kilorecords = 0;
  }

  /** Counts a whole operation: called once for a megabyte or so. */
  void add(long bytes, long records) {
    megabytes += bytes / 1e6;
    kilorecords += records / 1e3;
    ALL_BYTES.add(bytes);
    ALL_RECORDS.add(records);
  }

  static Totals takeTotals() {
    return new Totals(ALL_BYTES.sumThenReset(), ALL_RECORDS.sumThenReset());
  }
}
