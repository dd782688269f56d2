package org.asbeam.aerospike;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Speaks TLS with clients, and hands on what they say to a node that doesn't. */
public final class TlsProxy implements AutoCloseable {
  private final SSLServerSocket server;
  private final AtomicInteger shaken = new AtomicInteger();

  /**
   * @param needsClient whether clients must show a certificate
   * @param protocols the versions it takes; none: all
   */
  public TlsProxy(int target, SSLContext context, boolean needsClient, String... protocols)
      throws IOException {
    server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setNeedClientAuth(needsClient);
    if (protocols.length > 0) {
      server.setEnabledProtocols(protocols);
    }
    start(
        () -> {
          while (true) {
            SSLSocket client = (SSLSocket) server.accept();
            start(() -> serve(client, target), client);
          }
        });
  }

  private void serve(SSLSocket client, int target) throws IOException {
    client.startHandshake();
    shaken.incrementAndGet();
    Socket node = new Socket(InetAddress.getLoopbackAddress(), target);
    start(() -> node.getInputStream().transferTo(client.getOutputStream()), client, node);
    try (node) {
      client.getInputStream().transferTo(node.getOutputStream());
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  /** How many clients it shook hands with. */
  public int handshakes() {
    return shaken.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private static void start(Loop loop, Socket... sockets) {
    Thread thread =
        new Thread(
            () -> {
              try {
                loop.run();
              } catch (IOException e) {
                // A side is gone, or was refused.
              }
              for (Socket socket : sockets) {
                try {
                  socket.close();
                } catch (IOException e) {
                  // It is closed.
                }
              }
            },
            "tls-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private interface Loop {
    void run() throws IOException;
  }
}
