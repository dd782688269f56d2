package org.asbeam.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One node: a listening socket and a thread for each connection. */
final class Node {
  private static final int BACKLOG = 256;

  private final int index;
  private final Map<String, Namespace> namespaces;
  private final Faults faults;
  private final InfoService info;
  private final RecordService records;
  private final BatchService batches;
  private final ScanService scans;
  private final Security security;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connectionCount = new AtomicInteger();
  private final int port;
  private ServerSocket listener;
  private boolean frozen;
  private boolean up;

  Node(
      int index,
      ServerSocket listener,
      Map<String, Namespace> namespaces,
      Faults faults,
      InfoService info,
      ScanService scans,
      Security security) {
    this.index = index;
    this.listener = listener;
    this.port = listener.getLocalPort();
    this.namespaces = namespaces;
    this.faults = faults;
    this.info = info;
    this.scans = scans;
    this.security = security;
    records = new RecordService(namespaces);
    batches = new BatchService(records);
  }

  /** A socket that is bound to a port of the loopback address; 0: any free port. */
  static ServerSocket listen(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      // A revived node needs its old port back at once.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "can't listen at 127.0.0.1:" + port + "; choose another port, or 0 for any free one", e);
    }
  }

  /** Starts to accept; the socket has been listening since it was made. */
  synchronized void start() {
    up = true;
    ServerSocket socket = listener;
    daemon("accept", () -> accept(socket));
  }

  private void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, "asbeam-embedded-" + port + "-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept(ServerSocket socket) {
    while (true) {
      try {
        Socket client = socket.accept();
        Connection connection = new Connection(this, client);
        connections.add(connection);
        // The node may have gone down between the two lines.
        if (isUp()) {
          daemon("client-" + connectionCount.incrementAndGet(), connection);
        } else {
          connection.reset();
          connections.remove(connection);
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  private synchronized boolean isUp() {
    return up;
  }

  /** Ends all at once, as a killed process does. */
  void stop() {
    ServerSocket socket;
    synchronized (this) {
      up = false;
      frozen = false;
      notifyAll();
      socket = listener;
    }
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
    for (Connection connection : List.copyOf(connections)) {
      connection.reset();
    }
  }

  void restart() {
    ServerSocket socket = listen(port);
    synchronized (this) {
      listener = socket;
    }
    start();
  }

  synchronized void freeze(boolean freeze) {
    frozen = freeze;
    notifyAll();
  }

  /** Holds a connection back while the node is frozen. */
  synchronized void awaitThaw(Connection connection) throws IOException {
    while (frozen && up) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  void remove(Connection connection) {
    connections.remove(connection);
  }

  int index() {
    return index;
  }

  int port() {
    return port;
  }

  Faults faults() {
    return faults;
  }

  InfoService info() {
    return info;
  }

  RecordService records() {
    return records;
  }

  BatchService batches() {
    return batches;
  }

  Security security() {
    return security;
  }

  ScanService scans() {
    return scans;
  }

  Namespace namespace(String name) {
    return namespaces.get(name);
  }
}
