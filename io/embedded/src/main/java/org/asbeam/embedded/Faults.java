package org.asbeam.embedded;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The faults that are in effect in a cluster. */
final class Faults {
  private final List<InjectedFault> active = new CopyOnWriteArrayList<>();

  InjectedFault inject(Fault fault) {
    InjectedFault injected = new InjectedFault(fault, active::remove);
    active.add(injected);
    return injected;
  }

  void clear() {
    active.clear();
  }

  boolean isEmpty() {
    return active.isEmpty();
  }

  /** The fault that strikes a request, or null. */
  Fault strike(Fault.Target kind, int node, String namespace, String set) {
    return strike(kind, node, namespace, set, fault -> true);
  }

  /** The fault that strikes a request for one record, or null. */
  Fault strikeRecord(Fault.Target kind, int node, String namespace, String set, byte[] digest) {
    return strike(kind, node, namespace, set, fault -> fault.matchesRecord(digest));
  }

  /** The fault that strikes a scan which has yielded so many rows, or null. */
  Fault strikeScan(int node, String namespace, String set, long rows) {
    return strike(
        Fault.Target.SCAN,
        node,
        namespace,
        set,
        fault -> fault.partition() < 0 && fault.after() == rows);
  }

  /** The fault that strikes a scan which comes to a partition, or null. */
  Fault strikePartition(int node, String namespace, String set, int pid) {
    return strike(Fault.Target.SCAN, node, namespace, set, fault -> fault.partition() == pid);
  }

  private Fault strike(
      Fault.Target kind, int node, String namespace, String set, Predicate<Fault> fits) {
    for (InjectedFault injected : active) {
      Fault fault = injected.fault();
      if (fault.matches(kind, node, namespace, set) && fits.test(fault) && injected.strike()) {
        return fault;
      }
    }
    return null;
  }
}
