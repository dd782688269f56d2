package org.asbeam.connectors;

import java.io.InterruptedIOException;
import java.util.function.BooleanSupplier;

/**
 * How a DoFn learns that its job was cancelled: runners interrupt the thread that works on an
 * element. (The direct runner doesn't; there an element is worked on to its end.)
 */
final class Cancellation {
  private Cancellation() {}

  /** True once the thread that asks now is interrupted; may then be asked by others. */
  static BooleanSupplier ofThisThread() {
    Thread worker = Thread.currentThread();
    return worker::isInterrupted;
  }

  static InterruptedIOException exception(String what) {
    return new InterruptedIOException(what + " was cancelled");
  }
}
