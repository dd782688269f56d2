package org.asbeam.transforms.work;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the records that were read: each is in exactly one of inserted, expired, skipped,
 * ignored, fresher, existed and rejected.
 *
 * @param read records in the backup's files
 * @param inserted written, also over a record that existed
 * @param expired not written: their void time has passed
 * @param skipped not written: without bins, of another set, without a bin that was asked for, or
 *     nobody asked for records
 * @param ignored not written: refused by the server for good, and left out
 * @param fresher not written: the target's generation is not less than the backup's
 * @param existed not written: the record exists, and {@code --unique} was asked for
 * @param rejected not written: refused by the server for good, and put into the folder for rejects
 * @param unsure those among fresher and existed that may have been written by this restore: an
 *     answer was lost, and the second try found the record there
 * @param refusals the ignored and the rejected by the name of the server's result code
 */
@RecordBuilder
public record RecordCounts(
    long read,
    long inserted,
    long expired,
    long skipped,
    long ignored,
    long fresher,
    long existed,
    long rejected,
    long unsure,
    Map<String, Long> refusals)
    implements Serializable, RecordCountsBuilder.With {
  public static final RecordCounts NONE = new RecordCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());

  public RecordCounts {
    refusals = Map.copyOf(refusals);
  }

  /** Of records that were read only. */
  static RecordCounts allSkipped(long read) {
    return NONE.withRead(read).withSkipped(read);
  }

  public RecordCounts plus(RecordCounts other) {
    Map<String, Long> causes = new TreeMap<>(refusals);
    other.refusals.forEach((cause, count) -> causes.merge(cause, count, Long::sum));
    return new RecordCounts(
        read + other.read,
        inserted + other.inserted,
        expired + other.expired,
        skipped + other.skipped,
        ignored + other.ignored,
        fresher + other.fresher,
        existed + other.existed,
        rejected + other.rejected,
        unsure + other.unsure,
        causes);
  }

  /** Whether every record that was read is in exactly one of the other counts. */
  public boolean addsUp() {
    long refused = refusals.values().stream().mapToLong(Long::longValue).sum();
    return read == inserted + expired + skipped + ignored + fresher + existed + rejected
        && unsure <= fresher + existed
        && refused == ignored + rejected;
  }

  /** The records that should be in the target and are not, since the server refused them. */
  public long notRestored() {
    return ignored + rejected;
  }
}
