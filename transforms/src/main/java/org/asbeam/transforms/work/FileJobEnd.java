package org.asbeam.transforms.work;

import java.time.Instant;
import java.util.List;

/**
 * How a restore or a verification ended that did all of its work.
 *
 * @param ended when, by the clock of the worker that came last
 * @param records what became of the records; of a verification only {@code read} counts
 * @param metadata what became of secondary indexes and UDF modules
 * @param verified what a verification came to; null: it is a restore
 * @param warnings what a person should know of, one line each
 */
public record FileJobEnd(
    Instant ended,
    RecordCounts records,
    MetadataOutcome metadata,
    VerifyResult verified,
    List<String> warnings) {
  /** Of a restore. */
  static FileJobEnd ofRestore(
      Instant ended, RecordCounts records, MetadataOutcome metadata, List<String> warnings) {
    return new FileJobEnd(ended, records, metadata, null, warnings);
  }

  /** Of a verification. */
  static FileJobEnd ofVerification(Instant ended, VerifyResult result, List<String> warnings) {
    return new FileJobEnd(
        ended, RecordCounts.allSkipped(result.records()), MetadataOutcome.NONE, result, warnings);
  }

  /** Damage that a verification found, one line each. */
  List<String> findings() {
    return verified == null ? List.of() : verified.findings();
  }
}
