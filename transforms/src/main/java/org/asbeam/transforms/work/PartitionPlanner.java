package org.asbeam.transforms.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.asbeam.format.PartitionSet;
import org.asbeam.storage.journal.PartitionSlice;

/**
 * Deals the partitions of a backup to slices: every partition to exactly one.
 *
 * <p>About {@value #SLICES_PER_SLOT} slices per slot, so that slots that are done early find more
 * work; but not so many that a request to a node carries fewer than {@value #LEAST_PARTITIONS}
 * partitions without need, which is slower. [Both measured; see the design's notes on the unit of
 * work.]
 */
final class PartitionPlanner {
  static final int SLICES_PER_SLOT = 16;
  static final int LEAST_PARTITIONS = 16;

  private PartitionPlanner() {}

  /**
   * Makes the slices: metadata first, then the records.
   *
   * @param scope what to back up. With a greatest number of records there is one slice for all
   *     records: only one scan can count them without asking others.
   * @param slots the slices worked on at once
   * @param masters the name of the master node of a partition, empty if it is not known
   */
  static List<PartitionSlice> plan(BackupScope scope, int slots, IntFunction<String> masters) {
    if (scope.maxRecords() > 0) {
      return List.of(
          metadata(), new PartitionSlice(1, PartitionSlice.Kind.RECORDS, "", scope.partitions()));
    }
    return plan(scope.partitions(), slots, masters);
  }

  private static PartitionSlice metadata() {
    return new PartitionSlice(0, PartitionSlice.Kind.METADATA, "", PartitionSet.none());
  }

  static List<PartitionSlice> plan(PartitionSet scope, int slots, IntFunction<String> masters) {
    List<PartitionSlice> slices = new ArrayList<>();
    slices.add(metadata());
    if (scope.isEmpty()) {
      return slices;
    }
    Map<String, int[]> byNode = byNode(scope, masters);
    int wanted = sliceCount(scope.size(), slots);
    List<List<PartitionSlice>> lanes = new ArrayList<>();
    byNode.forEach(
        (node, ids) -> {
          int pieces =
              Math.max(
                  1, Math.min(ids.length, Math.round((float) wanted * ids.length / scope.size())));
          List<PartitionSlice> lane = new ArrayList<>();
          for (int piece = 0; piece < pieces; piece++) {
            int from = (int) ((long) ids.length * piece / pieces);
            int to = (int) ((long) ids.length * (piece + 1) / pieces);
            lane.add(
                new PartitionSlice(
                    0,
                    PartitionSlice.Kind.RECORDS,
                    node,
                    PartitionSet.of(IntStream.of(ids).skip(from).limit(to - from))));
          }
          lanes.add(lane);
        });
    // Neighbours in the plan are of different nodes, so that slots start on all nodes at once.
    for (int round = 0; lanes.stream().anyMatch(lane -> !lane.isEmpty()); round++) {
      List<PartitionSlice> lane = lanes.get(round % lanes.size());
      if (!lane.isEmpty()) {
        PartitionSlice slice = lane.remove(0);
        slices.add(
            new PartitionSlice(slices.size(), slice.kind(), slice.node(), slice.partitions()));
      }
    }
    return slices;
  }

  private static int sliceCount(int partitions, int slots) {
    int needed = Math.min(slots, partitions);
    int comfortable = Math.max(1, partitions / LEAST_PARTITIONS);
    return Math.max(needed, Math.min(slots * SLICES_PER_SLOT, comfortable));
  }

  private static Map<String, int[]> byNode(PartitionSet scope, IntFunction<String> masters) {
    Map<String, List<Integer>> lists = new TreeMap<>();
    scope.forEach(
        id -> lists.computeIfAbsent(masters.apply(id), node -> new ArrayList<>()).add(id));
    Map<String, int[]> arrays = new TreeMap<>();
    lists.forEach(
        (node, ids) -> arrays.put(node, ids.stream().mapToInt(Integer::intValue).toArray()));
    return arrays;
  }
}
