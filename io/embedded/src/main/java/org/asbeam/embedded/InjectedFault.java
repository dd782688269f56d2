package org.asbeam.embedded;

import java.util.function.Consumer;

/** A fault that is in effect in a cluster. */
public final class InjectedFault implements AutoCloseable {
  private final Fault fault;
  private final Consumer<InjectedFault> remover;
  private int seen;
  private int hits;

  InjectedFault(Fault fault, Consumer<InjectedFault> remover) {
    this.fault = fault;
    this.remover = remover;
  }

  Fault fault() {
    return fault;
  }

  /** Counts a request that fits; true: the fault happens to it. */
  synchronized boolean strike() {
    if (seen++ < fault.skip() || hits >= fault.times()) {
      return false;
    }
    hits++;
    return true;
  }

  /** How often it has happened. */
  public synchronized int hits() {
    return hits;
  }

  /** Ends the fault; what it did stays done. */
  @Override
  public void close() {
    remover.accept(this);
  }
}
