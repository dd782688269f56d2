package org.asbeam.aerospike;

import java.util.Map;
import java.util.TreeMap;

/** Counts what becomes of records; safe for use by several threads. */
final class WriteTally {
  /** What became of a record. */
  enum Fate {
    INSERTED,
    FRESHER,
    EXISTED,
    RETRIED_IN_DOUBT,
    EXPIRED,
    SKIPPED,
    IGNORED,
    REJECTED,
    FAILED
  }

  private final long[] fates = new long[Fate.values().length];
  private final Map<Integer, Long> refusals = new TreeMap<>();
  private long given;
  private long inDoubt;
  private long retries;

  synchronized void given() {
    given++;
  }

  synchronized void add(Fate fate, long records) {
    fates[fate.ordinal()] += records;
  }

  synchronized void refused(Fate fate, int code) {
    fates[fate.ordinal()]++;
    refusals.merge(code, 1L, Long::sum);
  }

  synchronized void inDoubt(long attempts) {
    inDoubt += attempts;
  }

  synchronized void retries(long records) {
    retries += records;
  }

  synchronized WriteCounts counts() {
    long known = 0;
    for (long records : fates) {
      known += records;
    }
    return new WriteCounts(
        given,
        of(Fate.INSERTED),
        of(Fate.FRESHER),
        of(Fate.EXISTED),
        of(Fate.RETRIED_IN_DOUBT),
        of(Fate.EXPIRED),
        of(Fate.SKIPPED),
        of(Fate.IGNORED),
        of(Fate.REJECTED),
        of(Fate.FAILED),
        given - known,
        inDoubt,
        retries,
        refusals);
  }

  private long of(Fate fate) {
    return fates[fate.ordinal()];
  }
}
