package org.asbeam.storage.testing;

/** Decides what happens to each request. It is called by several threads at once. */
@FunctionalInterface
public interface FaultRules {
  /** What to do with a request; never null. */
  Fault decide(ProxyRequest request);

  /** These rules, and others for requests that these let pass. */
  default FaultRules or(FaultRules others) {
    return request -> {
      Fault fault = decide(request);
      return fault.equals(Fault.PASS) ? others.decide(request) : fault;
    };
  }
}
