package org.asbeam.aerospike;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many records may still be delivered: what {@code --max-records} leaves. One budget may be
 * shared by all scanners of a process; together they deliver exactly as many records as it holds,
 * if there are so many. Safe for use by several threads.
 */
public final class RecordBudget {
  private final boolean limited;
  private final AtomicLong left;

  private RecordBudget(long records) {
    limited = records > 0;
    left = new AtomicLong(limited ? records : Long.MAX_VALUE);
  }

  /**
   * @param records 0: any number, as {@code --max-records 0}
   * @throws IllegalArgumentException if negative
   */
  public static RecordBudget of(long records) {
    if (records < 0) {
      throw new IllegalArgumentException("a limit of " + records + " records is negative");
    }
    return new RecordBudget(records);
  }

  public boolean isLimited() {
    return limited;
  }

  /** How many may still be delivered; {@link Long#MAX_VALUE}: any number. */
  public long left() {
    return left.get();
  }

  public boolean isEmpty() {
    return left.get() == 0;
  }

  /** Takes one; false: there is none left. */
  boolean take() {
    if (!limited) {
      return true;
    }
    long now;
    do {
      now = left.get();
      if (now == 0) {
        return false;
      }
    } while (!left.compareAndSet(now, now - 1));
    return true;
  }

  /** Gives one back that was taken for a record that nobody got. */
  void giveBack() {
    if (limited) {
      left.incrementAndGet();
    }
  }
}
