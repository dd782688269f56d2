package org.asbeam.transforms.work;

import java.io.Serializable;

/**
 * What became of the records that were read; the parts add up to {@code read}.
 *
 * @param read records in the backup's files
 * @param inserted written, also over a record that existed
 * @param expired not written: their void time has passed
 * @param skipped not written: without bins, or nobody asked for records
 * @param fresher not written: the target's generation is not less than the backup's
 * @param existed not written: the record exists, and {@code --unique} was asked for
 * @param unsure asked to be written again after an answer was lost; the second answer says fresher
 *     or existed, which may be the first write
 */
public record RecordCounts(
    long read, long inserted, long expired, long skipped, long fresher, long existed, long unsure)
    implements Serializable {
  public static final RecordCounts NONE = new RecordCounts(0, 0, 0, 0, 0, 0, 0);

  /** Of records that were read only. */
  static RecordCounts allSkipped(long read) {
    return new RecordCounts(read, 0, 0, read, 0, 0, 0);
  }

  public RecordCounts plus(RecordCounts other) {
    return new RecordCounts(
        read + other.read,
        inserted + other.inserted,
        expired + other.expired,
        skipped + other.skipped,
        fresher + other.fresher,
        existed + other.existed,
        unsure + other.unsure);
  }

  /** Whether every record that was read is in exactly one of the other counts. */
  public boolean addsUp() {
    return read == inserted + expired + skipped + fresher + existed + unsure;
  }
}
