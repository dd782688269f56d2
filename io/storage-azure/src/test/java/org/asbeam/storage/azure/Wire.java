package org.asbeam.storage.azure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.asbeam.storage.testing.AzuriteServer;
import org.asbeam.storage.testing.Fault;
import org.asbeam.storage.testing.FaultyProxy;
import org.asbeam.storage.testing.ProxyRequest;

/** Looks at the requests on their way to a server. */
final class Wire implements AutoCloseable {
  private final List<ProxyRequest> requests = Collections.synchronizedList(new ArrayList<>());
  private final FaultyProxy proxy;
  private final AzuriteServer server;

  Wire(AzuriteServer server) {
    proxy = FaultyProxy.start(server.endpoint());
    proxy.rules(
        request -> {
          requests.add(request);
          return Fault.PASS;
        });
    this.server = server.through(proxy);
  }

  AzuriteServer server() {
    return server;
  }

  /** A header of all requests of a method; empty where it was not sent. */
  List<String> sent(String method, String header) {
    return List.copyOf(requests).stream()
        .filter(request -> request.method().equals(method))
        .map(request -> request.headers().getOrDefault(header, ""))
        .toList();
  }

  @Override
  public void close() {
    proxy.close();
  }
}
