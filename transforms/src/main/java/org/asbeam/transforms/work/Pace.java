package org.asbeam.transforms.work;

/**
 * So many things per second, at a rate that may change: each is due when those before it have had
 * their time. A rate can be lent until some moment, from which on nothing is due.
 *
 * <p>Safe for use by several threads. Moments are those of one {@link System#nanoTime}.
 */
final class Pace {
  /** What was not used may be made up for this long: timers are no more exact than that. */
  private static final long SLACK_NANOS = 20_000_000;

  /** No moment of this process is as late. */
  private static final long FOREVER = Long.MAX_VALUE / 4;

  private static final double NANOS = 1e9;

  private final boolean limited;
  private double perSecond;
  private long until;

  /** What has become due until the moment of the last look. */
  private double due;

  private long looked;

  /** Where the next thing lies on the scale of {@link #due}. */
  private double next;

  private long count;
  private long waited;

  /**
   * What threads did with a pace so far.
   *
   * @param count things taken
   * @param waited nanoseconds that threads waited for this pace, all threads together
   */
  record Use(long count, long waited) {}

  /**
   * @param perSecond 0: no limit
   */
  Pace(long perSecond, long now) {
    this.limited = perSecond > 0;
    this.perSecond = perSecond;
    this.looked = now;
    this.until = now + FOREVER;
  }

  boolean isLimited() {
    return limited;
  }

  /**
   * Changes the rate, also for those that wait already.
   *
   * @param newPerSecond 0: nothing is due
   * @param end the moment from which on nothing is due
   */
  synchronized void change(double newPerSecond, long end, long now) {
    look(now);
    perSecond = newPerSecond;
    until = end;
  }

  /** The rate at a moment that is not before the last one that was asked for. */
  synchronized double rate(long now) {
    return now - until < 0 ? perSecond : 0;
  }

  /** Takes things; returns a ticket that {@link #waitFor} tells the time for. */
  synchronized double take(long things, long now) {
    look(now);
    double mine = Math.max(next, due - rate(now) * SLACK_NANOS / NANOS);
    next = mine + things;
    count += things;
    return mine;
  }

  /** The nanoseconds until a ticket is due as things are now; 0: it is. */
  synchronized long waitFor(double ticket, long now) {
    if (!limited) {
      return 0;
    }
    look(now);
    double ahead = ticket - due;
    // A nanosecond's worth is not waited for: sums of fractions are no more exact than that.
    return ahead <= 0 ? 0 : (long) (ahead * NANOS / rate(now));
  }

  /** Counts time that a thread has waited for this pace. */
  synchronized void waited(long nanos) {
    waited += nanos;
  }

  synchronized Use use() {
    return new Use(count, waited);
  }

  private void look(long now) {
    long nanos = (now - until < 0 ? now : until) - looked;
    if (nanos > 0) {
      due += nanos * perSecond / NANOS;
      looked += nanos;
    }
    // Between the end of a loan and the next one nothing becomes due.
    looked = Math.max(looked, now);
  }
}
