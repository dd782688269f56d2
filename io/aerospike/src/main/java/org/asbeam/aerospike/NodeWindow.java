package org.asbeam.aerospike;

import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How many requests of this process may be on their way to one node. When the node says that it is
 * overloaded, the window becomes half of what is on its way, never less than one request, and grows
 * by one for each window full of successes. After an overload no request starts for a while that
 * doubles from 0.1 s to 1.6 s, spread by a quarter, until a request succeeds.
 *
 * <p>All scanners of a client share a window per node, and all its writers another: so a scan whose
 * handler waits for a write on the same node never waits for itself. From {@link
 * ClusterClient#window}. Safe for use by several threads.
 *
 * <pre>{@code
 * long pass = window.enter(stop);
 * if (pass != NodeWindow.STOPPED) {
 *   NodeWindow.Outcome outcome = NodeWindow.Outcome.NEUTRAL;
 *   try {
 *     outcome = request();
 *   } finally {
 *     window.leave(pass, outcome);
 *   }
 * }
 * }</pre>
 */
final class NodeWindow {
  /** No pass: {@link #enter} was stopped, or {@link #tryEnter} found no room. */
  static final long STOPPED = -1;

  private static final long FIRST_PAUSE_MILLIS = 100;

  private final int maximum;
  private final LongSupplier nanoTime;
  private int limit;
  private int onTheirWay;
  private int successes;
  private int overloads;

  /** How often the window has shrunk; a pass is the number of its time. */
  private long shrinks;

  private long nextStart;
  private long lastSuccess;

  /** What the node has shown of its load. */
  enum Outcome {
    /** The node did what it was asked for. */
    SUCCESS,
    /** Says nothing of the node's load: stopped, refused, our own failure. */
    NEUTRAL,
    /** The node can't keep up, or doesn't answer; see {@link ClusterErrors#isOverload}. */
    OVERLOAD
  }

  /** Two kinds of requests that never wait for each other. */
  enum Use {
    SCAN,
    WRITE
  }

  /**
   * @param maximum the largest and the first window, at least 1
   */
  NodeWindow(int maximum) {
    this(maximum, System::nanoTime);
  }

  NodeWindow(int maximum, LongSupplier nanoTime) {
    this.maximum = Math.max(1, maximum);
    this.limit = this.maximum;
    this.nanoTime = nanoTime;
    this.nextStart = nanoTime.getAsLong();
    this.lastSuccess = nextStart;
  }

  /**
   * Waits for a place and for the end of the pause, and takes the place.
   *
   * @param stop ends the waiting within a tenth of a second
   * @return the pass to {@link #leave} with, or {@link #STOPPED}
   * @throws InterruptedIOException if the thread is interrupted; its flag stays set
   */
  long enter(BooleanSupplier stop) throws InterruptedIOException {
    while (!stop.getAsBoolean()) {
      synchronized (this) {
        long pass = tryEnter();
        if (pass != STOPPED) {
          return pass;
        }
        long millis = 1 + TimeUnit.NANOSECONDS.toMillis(nextStart - nanoTime.getAsLong());
        try {
          wait(millis < 1 ? Pause.STEP_MILLIS : Math.min(millis, Pause.STEP_MILLIS));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted while waiting for an overloaded node");
        }
      }
    }
    return STOPPED;
  }

  /** Takes a place if there is one now: the pass to {@link #leave} with, or {@link #STOPPED}. */
  synchronized long tryEnter() {
    if (onTheirWay >= limit || nextStart - nanoTime.getAsLong() > 0) {
      return STOPPED;
    }
    onTheirWay++;
    return shrinks;
  }

  /** Gives a place back. Requests that failed together shrink the window once. */
  synchronized void leave(long pass, Outcome outcome) {
    switch (outcome) {
      case SUCCESS -> succeed();
      case OVERLOAD -> shrink(pass);
      case NEUTRAL -> {}
    }
    onTheirWay--;
    notifyAll();
  }

  /** Notes that the node did something, be it only a part of what it was asked for. */
  synchronized void progressed() {
    lastSuccess = nanoTime.getAsLong();
  }

  private void succeed() {
    overloads = 0;
    progressed();
    if (++successes >= limit) {
      successes = 0;
      limit = Math.min(maximum, limit + 1);
    }
  }

  private void shrink(long pass) {
    successes = 0;
    if (pass != shrinks) {
      // It was sent before the window shrank, so it says nothing of the smaller one.
      return;
    }
    shrinks++;
    // The window may be much larger than what was used of it.
    limit = Math.max(1, Math.min(limit, onTheirWay) / 2);
    overloads++;
    nextStart = nanoTime.getAsLong() + Pause.backoffNanos(FIRST_PAUSE_MILLIS, overloads);
  }

  /** How many requests may be on their way now. */
  synchronized int limit() {
    return limit;
  }

  /** When the next request may start, by {@link System#nanoTime}; not in the future: now. */
  synchronized long nextStart() {
    return nextStart;
  }

  /**
   * When a request last succeeded, at least in part, by {@link System#nanoTime}; at first, when the
   * window was made.
   */
  synchronized long lastSuccess() {
    return lastSuccess;
  }
}
