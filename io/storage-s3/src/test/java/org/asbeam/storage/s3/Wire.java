package org.asbeam.storage.s3;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.asbeam.storage.testing.Fault;
import org.asbeam.storage.testing.FaultRules;
import org.asbeam.storage.testing.ProxyRequest;

/** Notes the requests that pass a proxy. */
final class Wire implements FaultRules {
  private final List<ProxyRequest> requests = new CopyOnWriteArrayList<>();

  @Override
  public Fault decide(ProxyRequest request) {
    requests.add(request);
    return Fault.PASS;
  }

  List<ProxyRequest> all(Predicate<ProxyRequest> which) {
    return requests.stream().filter(which).toList();
  }

  /** The first bytes of objects, and their parts. */
  List<ProxyRequest> puts() {
    return all(request -> request.method().equals("PUT"));
  }

  /** The starts of uploads. */
  List<ProxyRequest> starts() {
    return all(request -> request.method().equals("POST") && request.path().contains("?uploads"));
  }

  static boolean isCompletion(ProxyRequest request) {
    return request.method().equals("POST") && request.path().contains("uploadId=");
  }
}
