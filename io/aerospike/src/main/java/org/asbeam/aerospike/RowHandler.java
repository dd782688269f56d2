package org.asbeam.aerospike;

import java.io.IOException;
import org.asbeam.format.RecordView;

/** Takes the rows of a scan, one by one, on the scanning thread. */
@FunctionalInterface
public interface RowHandler {
  /**
   * Takes a row. When it returns, the record counts as delivered and will not come again.
   *
   * @param row valid only during the call: copy what must stay
   * @throws IOException ends the scan and comes out of it unchanged; the row is not counted as
   *     delivered
   */
  void row(RecordView row) throws IOException;
}
