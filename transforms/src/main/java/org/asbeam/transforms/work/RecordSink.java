package org.asbeam.transforms.work;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.asbeam.aerospike.RejectHandler;
import org.asbeam.format.RecordView;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;

/** The seam to the cluster that is restored to. Safe for use by several threads. */
public interface RecordSink extends Closeable {
  /**
   * Opens a way in for the records of one slice.
   *
   * @param refused takes the records that the cluster refuses for good, in the thread that writes;
   *     null: the first one ends the work, or they are left out, as the specification says
   * @param stop looked at while records wait; true ends it with a {@link StoppedException}
   */
  Lane lane(RejectHandler refused, BooleanSupplier stop) throws IOException;

  /**
   * Creates secondary indexes and UDF modules, and waits until they are built. One that is there
   * and identical is left alone.
   */
  MetadataOutcome restore(List<SecondaryIndex> indexes, List<UdfModule> udfs, BooleanSupplier stop)
      throws IOException;

  @Override
  void close();

  /** The records of one slice on their way in. Used by one thread. */
  interface Lane extends Closeable {
    /** Takes a record; it may be written later. The row may be overwritten afterwards. */
    void write(RecordView row) throws IOException;

    /**
     * Waits until every record has its answer.
     *
     * @return what became of the records; those read are those given
     */
    RecordCounts finish() throws IOException;

    /** Gives up what is not written yet, unless finished. */
    @Override
    void close();
  }
}
