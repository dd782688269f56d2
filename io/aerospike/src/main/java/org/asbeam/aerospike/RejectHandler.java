package org.asbeam.aerospike;

import java.io.IOException;
import org.asbeam.format.RecordView;

/**
 * Takes the records that the server refused for good. With one, a {@link BatchWriter} counts such
 * records as rejected and goes on.
 *
 * <p>Called by the thread that calls {@link BatchWriter#write} and {@link BatchWriter#flush},
 * inside these calls, so it needs no lock. The batch of a rejected record counts as on its way
 * until its rejects are handed over: no more of them wait than batches and bytes may be on their
 * way.
 */
@FunctionalInterface
public interface RejectHandler {
  /**
   * Takes a record.
   *
   * @param row the record as it was given, with its namespace, but only with the bins that the spec
   *     selects; valid during the call
   * @param resultCode the server's code
   * @param reason what the code means and what to do about it, in one line
   * @throws IOException ends the writing
   */
  void rejected(RecordView row, int resultCode, String reason) throws IOException;
}
