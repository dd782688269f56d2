package org.asbeam.transforms.work;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.asbeam.aerospike.RowHandler;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;

/** The seam to the cluster that is backed up. Safe for use by several threads. */
public interface RecordSource extends Closeable {
  /**
   * Delivers every record of some partitions once, each partition from its greatest digest down.
   *
   * @param stop looked at before every record; true ends the scan with a {@link StoppedException}
   * @return requests that had to be repeated
   * @throws IOException of the cluster, or what the handler threw
   */
  long scan(PartitionSet partitions, RowHandler handler, BooleanSupplier stop) throws IOException;

  List<SecondaryIndex> secondaryIndexes() throws IOException;

  List<UdfModule> udfModules() throws IOException;

  /**
   * The state of the cluster now. Waits for it to become stable, as long as the specification says.
   *
   * @throws IOException if it doesn't, unless the specification allows that
   */
  ClusterSnapshot awaitStable(BooleanSupplier stop) throws IOException;

  /**
   * The cluster's settings, for people to look at when they restore: a tree of maps, lists, texts
   * and numbers.
   */
  Map<String, Object> describe() throws IOException;

  @Override
  void close();
}
