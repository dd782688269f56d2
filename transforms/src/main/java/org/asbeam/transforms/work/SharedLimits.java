package org.asbeam.transforms.work;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.asbeam.storage.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds all worker processes of a run together to its {@link Limits}: drives the {@link Throttle}
 * of this process, which waits until there is a share for it.
 *
 * <p>A run without limits, and one whose workers are known to be in this process alone, posts
 * nothing and waits for nobody.
 */
public final class SharedLimits implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedLimits.class);
  private static final Set<String> ONLY_HERE = ConcurrentHashMap.newKeySet();

  private final Throttle throttle;
  private final LimitSharing sharing;
  private final Surroundings.Closing steps;
  private int ticksLeft;
  private boolean failing;
  private boolean closed;

  private SharedLimits(Throttle throttle) {
    this.throttle = throttle;
    this.sharing = null;
    this.steps = () -> {};
  }

  private SharedLimits(
      Throttle throttle, LimitSharing sharing, String worker, Surroundings.Timer timer) {
    this.throttle = throttle;
    this.sharing = sharing;
    this.steps = timer.every(LimitSharing.TICK, "limits-" + worker, this::tick);
  }

  /** Says that a run has no workers but those in this process. */
  public static void onlyHere(String runId) {
    ONLY_HERE.add(runId);
  }

  /** Forgets a run that has ended. */
  public static void forget(String runId) {
    ONLY_HERE.remove(runId);
  }

  /**
   * Joins the workers of a run.
   *
   * @param folder the run's own, for this alone
   * @param slices those in work, by which what is there is divided
   * @param worker names this process, for people
   */
  static SharedLimits join(
      String runId,
      Limits limits,
      Store store,
      String folder,
      IntSupplier slices,
      Surroundings surroundings,
      String worker) {
    Throttle throttle = Throttle.of(runId, limits);
    if (limits.isNone() || ONLY_HERE.contains(runId)) {
      return new SharedLimits(throttle);
    }
    String name = worker + "-" + String.format("%08x", surroundings.random().nextInt());
    return join(name, limits, throttle, new StoreBoard(store, folder), slices, surroundings);
  }

  /** For a throttle of its own. */
  static SharedLimits join(
      String worker,
      Limits limits,
      Throttle throttle,
      Board board,
      IntSupplier slices,
      Surroundings surroundings) {
    LimitSharing sharing = new LimitSharing(worker, limits, throttle, board, slices);
    return new SharedLimits(throttle, sharing, worker, surroundings.timer());
  }

  /** What the threads of this process take from. */
  Throttle throttle() {
    return throttle;
  }

  private synchronized void tick() {
    if (closed || --ticksLeft > 0) {
      return;
    }
    try {
      sharing.step();
      ticksLeft = sharing.ticks();
      failing = false;
    } catch (IOException | RuntimeException e) {
      if (!failing) {
        LOG.warn(
            "the limits could not be shared with the other workers, this one waits if that goes on:"
                + " {}",
            e.getMessage());
      }
      failing = true;
    }
  }

  @Override
  public void close() {
    steps.close();
    synchronized (this) {
      if (sharing == null || closed) {
        return;
      }
      closed = true;
      try {
        sharing.leave();
      } catch (IOException e) {
        LOG.warn("this worker's share of the limits is free only later: {}", e.getMessage());
      }
    }
  }
}
