package org.asbeam.storage.hdfs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes a NameNode's connections on, but loses the answers to some requests: the connection ends
 * when the answer comes, so the request has had its effect.
 */
final class LossyProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final String method;
  private final AtomicInteger losses;

  /**
   * @param method the requests whose answers are lost
   * @param losses how many of them
   */
  LossyProxy(int target, String method, int losses) throws IOException {
    this.target = target;
    this.method = method;
    this.losses = new AtomicInteger(losses);
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  int lossesLeft() {
    return losses.get();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "lossy proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        Connection connection = new Connection(client, server);
        start(() -> connection.pass(client, server, true));
        start(() -> connection.pass(server, client, false));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private final class Connection {
    private final Socket client;
    private final Socket server;
    private volatile boolean losing;

    Connection(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void pass(Socket from, Socket to, boolean requests) {
      byte[] bytes = new byte[1 << 16];
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
          String text = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
          if (requests
              && text.contains(method)
              && losses.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0) {
            losing = true;
          } else if (!requests && losing) {
            client.close();
            server.close();
            return;
          }
          out.write(bytes, 0, count);
          out.flush();
        }
      } catch (IOException e) {
        // One side has ended it.
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
