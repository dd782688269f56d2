package org.asbeam.transforms.work;

import java.util.concurrent.Semaphore;

/**
 * Code of a simulated process. It has a thread, but only one thread of a simulation runs at a time:
 * the code runs from {@link #resume} until it pauses or ends, while the caller waits.
 */
final class Coroutine {
  /** The process is gone: nothing of it runs on. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final Semaphore turn = new Semaphore(0);
  private final Semaphore callersTurn = new Semaphore(0);
  private final Thread thread;
  private boolean killed;
  private boolean ended;
  private Throwable failure;

  Coroutine(Runnable code) {
    thread =
        new Thread(
            () -> {
              try {
                await();
                code.run();
              } catch (Killed e) {
                // As asked.
              } catch (Throwable e) {
                failure = e;
              } finally {
                ended = true;
                callersTurn.release();
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  void resume() {
    if (ended) {
      return;
    }
    turn.release();
    callersTurn.acquireUninterruptibly();
    if (failure != null) {
      throw new AssertionError("a process died of itself", failure);
    }
  }

  /** Ends the code where it has paused. */
  void kill() {
    killed = true;
    resume();
  }

  /** To be called by the code: pauses it until it is resumed. */
  void pause() {
    callersTurn.release();
    await();
  }

  private void await() {
    turn.acquireUninterruptibly();
    if (killed) {
      throw new Killed();
    }
  }
}
