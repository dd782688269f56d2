package org.asbeam.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.asbeam.aerospike.RowHandler;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.Partitions;
import org.asbeam.format.RecordView;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;
import org.asbeam.transforms.work.ClusterSnapshot;
import org.asbeam.transforms.work.RecordSource;

/**
 * A cluster that isn't there: records made from a seed, in the order of a scan. Two scans of the
 * same partitions deliver the same records.
 */
public final class SyntheticSource implements RecordSource {
  private final long seed;
  private final RowShape shape;
  private final long records;

  /**
   * @param records of all partitions together, at most 2^32; they differ by one record at most
   */
  public SyntheticSource(long seed, RowShape shape, long records) {
    if (records < 0 || records > 1L << 32) {
      throw new IllegalArgumentException(records + " records are not within 0 to 2^32");
    }
    this.seed = seed;
    this.shape = shape;
    this.records = records;
  }

  /** The records of one partition. */
  public int recordsOf(int partition) {
    return (int) (records / Partitions.COUNT) + (partition < records % Partitions.COUNT ? 1 : 0);
  }

  @Override
  public long scan(PartitionSet partitions, RowHandler handler, BooleanSupplier stop)
      throws IOException {
    RowMaker maker = new RowMaker(seed, shape, "bench");
    RecordView view = new RecordView();
    for (int partition : partitions.stream().toArray()) {
      int count = recordsOf(partition);
      for (int rank = 0; rank < count; rank++) {
        if (stop.getAsBoolean()) {
          throw new IOException("stopped");
        }
        handler.row(maker.ofPartition(partition, rank).view(view));
      }
    }
    return 0;
  }

  @Override
  public List<SecondaryIndex> secondaryIndexes() {
    return List.of();
  }

  @Override
  public List<UdfModule> udfModules() {
    return List.of();
  }

  @Override
  public Map<String, Object> describe() {
    return Map.of();
  }

  @Override
  public ClusterSnapshot awaitStable(BooleanSupplier stop) {
    return new ClusterSnapshot(
        "synthetic",
        "0",
        List.of("SYNTHETIC"),
        List.of("8.1.0.0"),
        1,
        records,
        Instant.EPOCH.plus(Duration.ofDays(20_000)),
        Duration.ZERO,
        List.of());
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
