package org.asbeam.connectors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.OffsetBasedSource;
import org.asbeam.format.PartitionSet;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.Stores;
import org.asbeam.storage.journal.Journal;
import org.asbeam.storage.journal.PartitionSlice;

/**
 * The slices of a backup: sets of partitions of a namespace.
 *
 * <p>{@link #ofRun} hands out the slices that the plan of a run has fixed; {@link #ofPartitions}
 * cuts a set of partitions evenly, for pipelines that keep no journal.
 */
public final class PartitionSource extends SliceSource<PartitionSlice> {
  private static final long serialVersionUID = 1L;

  private PartitionSource(SlicePlan<PartitionSlice> plan, int slicesPerSource, long from, long to) {
    super(plan, slicesPerSource, from, to);
  }

  /**
   * The slices of a run.
   *
   * @param directory the backup folder
   * @param runId the run, whose plan lies in the folder
   * @param size the number of slices in the plan
   * @param access what the folder's store is opened with
   */
  public static PartitionSource ofRun(
      String directory, String runId, int size, StoreAccess access) {
    return new PartitionSource(new RunPlan(directory, runId, size, access), 1, 0, size);
  }

  /** A set of partitions, in slices of about the same number. */
  public static PartitionSource ofPartitions(PartitionSet partitions, int slices) {
    int size = evenSize(partitions, slices);
    return new PartitionSource(new EvenPlan(partitions, size), 1, 0, size);
  }

  /** Cuts a set of partitions into slices of about the same number, never more than it has. */
  static List<PartitionSlice> cut(PartitionSet partitions, int slices) {
    int size = evenSize(partitions, slices);
    int[] ids = partitions.stream().toArray();
    List<PartitionSlice> cut = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int from = (int) ((long) ids.length * i / size);
      int to = (int) ((long) ids.length * (i + 1) / size);
      cut.add(
          new PartitionSlice(
              i, PartitionSlice.Kind.RECORDS, "", PartitionSet.of(Arrays.stream(ids, from, to))));
    }
    return cut;
  }

  private static int evenSize(PartitionSet partitions, int slices) {
    return Math.max(1, Math.min(slices, partitions.size()));
  }

  /** Lets a source have several slices, for runners that split sources that are being read. */
  public PartitionSource withSlicesPerSource(int slices) {
    return new PartitionSource(plan(), slices, getStartOffset(), getEndOffset());
  }

  @Override
  public OffsetBasedSource<PartitionSlice> createSourceForSubrange(long from, long to) {
    return new PartitionSource(plan(), slicesPerSource(), from, to);
  }

  @Override
  public Coder<PartitionSlice> getOutputCoder() {
    return JsonCoder.of(PartitionSlice.class);
  }

  private record RunPlan(String directory, String runId, int size, StoreAccess access)
      implements SlicePlan<PartitionSlice> {
    @Override
    public List<PartitionSlice> load() throws IOException {
      try (Store store = Stores.open(directory, access)) {
        return new Journal(store, runId).plan().slices();
      } catch (StoreException e) {
        if (e.kind() != StoreException.Kind.NOT_FOUND) {
          throw e;
        }
        throw new StoreException(
            StoreException.Kind.NOT_FOUND,
            directory,
            "this worker finds no plan of run "
                + runId
                + " here: the folder must be one that all workers reach, a store or a disk that"
                + " every machine has mounted",
            e);
      }
    }
  }

  private record EvenPlan(PartitionSet partitions, int size) implements SlicePlan<PartitionSlice> {
    @Override
    public List<PartitionSlice> load() {
      return cut(partitions, size);
    }
  }
}
