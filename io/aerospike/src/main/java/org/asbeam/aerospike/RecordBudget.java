package org.asbeam.aerospike;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many records may still be delivered: what {@code --max-records} leaves. One budget may be
 * shared by all scanners of a process; together they deliver exactly as many records as it holds,
 * if there are so many. Safe for use by several threads.
 */
public final class RecordBudget {
  private final AtomicLong left;

  private RecordBudget(long records) {
    left = new AtomicLong(records);
  }

  /**
   * @param records 0: any number, as {@code --max-records 0}
   * @throws IllegalArgumentException if negative
   */
  public static RecordBudget of(long records) {
    if (records < 0) {
      throw new IllegalArgumentException("a limit of " + records + " records is negative");
    }
    return new RecordBudget(records == 0 ? Long.MAX_VALUE : records);
  }

  public boolean isLimited() {
    // Nobody takes half of all longs.
    return left.get() <= Long.MAX_VALUE / 2;
  }

  /** How many may still be delivered. */
  public long left() {
    return left.get();
  }

  public boolean isEmpty() {
    return left.get() == 0;
  }

  /** Takes one; false: there is none left. */
  boolean take() {
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
    left.incrementAndGet();
  }
}
