package org.asbeam.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.asbeam.pipelines.Job;
import org.asbeam.transforms.work.ErrorCode;

/**
 * Ends a job when a person or the system ends the process: Ctrl-C, SIGTERM, SIGHUP. The job gets a
 * moment to end by itself, then the process ends anyway; a folder is as good as after a crash then.
 */
final class Stopper implements AutoCloseable {
  /** A person waits two seconds at most; the rest is for the JVM. */
  private static final long PATIENCE_MILLIS = 1500;

  private final Supplier<Terminal> terminal;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<Running> running = new AtomicReference<>();
  private final Thread hook = new Thread(this::stop, "asbeam-stop");
  private volatile boolean stopping;

  /** A job and what to say when it is stopped. */
  private record Running(Job<?> job, String left) {}

  /**
   * @param hears whether the end of the process is heard
   */
  Stopper(Supplier<Terminal> terminal, boolean hears) {
    this.terminal = terminal;
    if (hears) {
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  /**
   * Watches over a job.
   *
   * @param left what lies around when it is stopped, and how to go on
   */
  void guard(Job<?> job, String left) {
    running.set(new Running(job, left));
    if (stopping) {
      job.stop();
    }
  }

  /** Whether the process is being ended. */
  boolean isStopping() {
    return stopping;
  }

  /** Ends the watch: a job that has ended needs none. */
  void release() {
    running.set(null);
  }

  private void stop() {
    stopping = true;
    Running now = running.get();
    if (now == null) {
      return; // Nothing is under way, or the process ends by itself.
    }
    now.job().stop();
    boolean inTime = false;
    try {
      inTime = ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!inTime) {
      terminal.get().error("stopped - " + now.left());
    }
    // Not 143 for SIGTERM: exit codes go by cause. The other hooks have nothing to save.
    Runtime.getRuntime().halt(ErrorCode.STOPPED.exitCode());
  }

  /** To be called when all is said. */
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends: the hook is at work.
    }
  }
}
