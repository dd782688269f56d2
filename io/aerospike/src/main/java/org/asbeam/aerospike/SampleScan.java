package org.asbeam.aerospike;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.asbeam.format.PartitionSet;

/**
 * Reads a random sample of records. A record's partition and its place in it come from a hash of
 * its key, so the first records of random partitions are as good as records drawn one by one. Not
 * safe for use by several threads.
 */
public final class SampleScan {
  /** Partitions that each give an equal part of a sample, so that all nodes do. */
  private static final int SPREAD = 64;

  /** The standard deviations of a 99 % interval. */
  private static final double Z99 = 2.576;

  private final ClusterClient client;
  private final ScanSpec spec;
  private final Random random;

  /**
   * @param spec what to read; its limit of records doesn't count
   * @param random which partitions
   */
  public SampleScan(ClusterClient client, ScanSpec spec, Random random) {
    this.client = client;
    this.spec = spec;
    this.random = random;
  }

  /**
   * What was sampled.
   *
   * @param records how many records the handler took
   * @param everything whether they are all the records that there are
   */
  public record Sample(long records, boolean everything) {}

  /**
   * How many records there are, judged by some partitions.
   *
   * @param records the best guess
   * @param low at 99 % there are no fewer
   * @param high at 99 % there are no more
   * @param partitions how many partitions were counted
   */
  public record Estimate(long records, long low, long high, int partitions) {}

  /**
   * Reads records at random.
   *
   * @param partitions where they may come from
   * @param records how many are wanted, at least 1; fewer come only if there are fewer, or if it is
   *     stopped
   * @throws IOException as {@link PartitionScanner#scan}
   */
  public Sample read(
      PartitionSet partitions, long records, RowHandler handler, BooleanSupplier stop)
      throws IOException {
    List<Integer> order = shuffled(partitions);
    int spread = Math.min(SPREAD, order.size());
    long each = spread == 0 ? 0 : (records + spread - 1) / spread;
    long left = records;
    List<PartitionCursors> unfinished = new ArrayList<>();
    int next = 0;
    // First a little of some partitions; if they don't have it, many at a time.
    while (next < order.size() && left > 0 && !stop.getAsBoolean()) {
      int count = next < spread ? 1 : Math.min(SPREAD, order.size() - next);
      PartitionCursors cursors = PartitionCursors.start(someOf(order, next, count));
      left -= scan(cursors, Math.min(left, next < spread ? each : left), handler, stop);
      next += count;
      if (!cursors.isDone()) {
        unfinished.add(cursors);
      }
    }
    boolean everything = next == order.size();
    for (PartitionCursors cursors : unfinished) {
      if (left > 0 && !stop.getAsBoolean()) {
        left -= scan(cursors, left, handler, stop);
      }
      everything &= cursors.isDone();
    }
    return new Sample(records - left, everything);
  }

  /**
   * Counts the records that pass the spec's filter in some random partitions, without reading bins,
   * and concludes on all.
   *
   * @param partitions where records count
   * @param counted how many of them to read, at least 2 for a range
   * @throws IOException as {@link PartitionScanner#scan}
   */
  public Estimate count(PartitionSet partitions, int counted, BooleanSupplier stop)
      throws IOException {
    List<Integer> order = shuffled(partitions);
    int wanted = Math.min(counted, order.size());
    double sum = 0;
    double squares = 0;
    int done = 0;
    while (done < wanted && !stop.getAsBoolean()) {
      PartitionCursors cursors = PartitionCursors.start(PartitionSet.of(order.get(done)));
      long found =
          new PartitionScanner(client, spec.withNoBins(true).withMaxRecords(0))
              .scan(cursors, row -> {}, stop)
              .records();
      if (cursors.isDone()) {
        done++;
        sum += found;
        squares += (double) found * found;
      }
    }
    if (done == 0) {
      return new Estimate(0, 0, 0, 0);
    }
    double mean = sum / done;
    // Counts of hashed records spread at least as far as their mean says.
    double variance = done < 2 ? mean : Math.max(mean, (squares - sum * mean) / (done - 1));
    double unread = 1 - (double) done / order.size();
    double error = Z99 * Math.sqrt(variance / done * unread);
    return new Estimate(
        Math.round(mean * order.size()),
        (long) Math.floor(Math.max(sum, (mean - error) * order.size())),
        (long) Math.ceil((mean + error) * order.size()),
        done);
  }

  private long scan(PartitionCursors cursors, long most, RowHandler handler, BooleanSupplier stop)
      throws IOException {
    return new PartitionScanner(client, spec, RecordBudget.of(most))
        .scan(cursors, handler, stop)
        .records();
  }

  private List<Integer> shuffled(PartitionSet partitions) {
    List<Integer> order = new ArrayList<>(partitions.stream().boxed().toList());
    Collections.shuffle(order, random);
    return order;
  }

  private static PartitionSet someOf(List<Integer> order, int from, int count) {
    return PartitionSet.of(order.subList(from, from + count).stream().mapToInt(Integer::intValue));
  }
}
