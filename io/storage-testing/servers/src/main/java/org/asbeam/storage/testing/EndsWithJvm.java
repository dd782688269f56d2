package org.asbeam.storage.testing;

/** Ends something when it is closed, or at the latest with this JVM. */
final class EndsWithJvm implements AutoCloseable {
  private final Runnable end;
  private final Thread hook;

  /**
   * @param end may be run while the JVM shuts down
   */
  EndsWithJvm(Runnable end, String name) {
    this.end = end;
    hook = new Thread(end, name + " ends");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM shuts down, and the hook does it, too.
    }
    end.run();
  }
}
