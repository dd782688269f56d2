package org.asbeam.benchmarks;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.asbeam.aerospike.RejectHandler;
import org.asbeam.format.RecordView;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;
import org.asbeam.transforms.work.MetadataOutcome;
import org.asbeam.transforms.work.RecordCounts;
import org.asbeam.transforms.work.RecordSink;

/**
 * A cluster that takes everything and keeps nothing. It looks at every bin of a record, as a writer
 * does, so that no decoding is left out.
 */
public final class NullRecordSink implements RecordSink {
  private final LongAdder records = new LongAdder();
  private final LongAdder valueBytes = new LongAdder();

  /** The records of all lanes that were finished. */
  public long records() {
    return records.sum();
  }

  /** The bytes of their bins' values. */
  public long valueBytes() {
    return valueBytes.sum();
  }

  @Override
  public Lane lane(RejectHandler refused, BooleanSupplier stop) {
    return new CountingLane();
  }

  @Override
  public MetadataOutcome restore(
      List<SecondaryIndex> indexes, List<UdfModule> udfs, BooleanSupplier stop) {
    return MetadataOutcome.NONE;
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  private final class CountingLane implements Lane {
    private long taken;
    private long bytes;

    @Override
    public void write(RecordView row) {
      taken++;
      while (row.nextBin()) {
        bytes += row.valueLength();
      }
    }

    @Override
    public RecordCounts finish() {
      records.add(taken);
      valueBytes.add(bytes);
      return RecordCounts.NONE.withRead(taken).withInserted(taken);
    }

    @Override
    public void close() {
      // What was not finished does not count.
    }
  }
}
