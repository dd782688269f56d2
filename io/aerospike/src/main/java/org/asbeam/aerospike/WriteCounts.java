package org.asbeam.aerospike;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the records given to a {@link BatchWriter}: each is in exactly one of inserted,
 * fresher, existed, retriedInDoubt, expired, skipped, ignored, rejected, failed, and unfinished.
 *
 * @param given records given
 * @param inserted written, whether or not there was one before
 * @param fresher not written: the cluster's generation is the backup's or greater
 * @param existed not written: one is there
 * @param retriedInDoubt there now, and refused as fresher or existing only after an attempt whose
 *     result was lost: our own earlier write, or somebody else's; they can't be told apart
 * @param expired not written: their time to live is over
 * @param skipped not written: of a set that is not selected, or without a bin that is; and those
 *     that have no bins, for a record needs one
 * @param ignored refused by the server for good, and left out as the spec allows
 * @param rejected refused for good, and handed to the {@link RejectHandler}
 * @param failed refused for good; the work ended with it
 * @param unfinished neither known to be written nor refused: on their way or waiting, or lost when
 *     the work ended early
 * @param inDoubt attempts whose result was lost; not a number of records
 * @param retries records sent again
 * @param refusals the ignored, rejected and failed ones by the server's result code
 */
public record WriteCounts(
    long given,
    long inserted,
    long fresher,
    long existed,
    long retriedInDoubt,
    long expired,
    long skipped,
    long ignored,
    long rejected,
    long failed,
    long unfinished,
    long inDoubt,
    long retries,
    Map<Integer, Long> refusals)
    implements Serializable {
  public WriteCounts {
    refusals = Map.copyOf(refusals);
  }

  /** {@link #refusals} by what the server's result codes mean. */
  public Map<String, Long> refusalsByCause() {
    Map<String, Long> causes = new TreeMap<>();
    refusals.forEach((code, count) -> causes.merge(ClusterErrors.describe(code), count, Long::sum));
    return causes;
  }

  /** Whether each record given is in exactly one of the other numbers. */
  public boolean addsUp() {
    long refused = 0;
    for (long records : refusals.values()) {
      refused += records;
    }
    return unfinished >= 0
        && refused == ignored + rejected + failed
        && given
            == inserted
                + fresher
                + existed
                + retriedInDoubt
                + expired
                + skipped
                + ignored
                + rejected
                + failed
                + unfinished;
  }
}
