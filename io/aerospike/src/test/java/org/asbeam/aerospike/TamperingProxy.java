package org.asbeam.aerospike;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;

/** Stands between a client and a node, and changes the messages of records that come back. */
final class TamperingProxy implements AutoCloseable {
  private static final int TYPE_MESSAGE = 3;

  private final ServerSocket server;
  private final int target;
  private volatile UnaryOperator<byte[]> tampering = UnaryOperator.identity();

  TamperingProxy(int target) throws IOException {
    this(InetAddress.getLoopbackAddress(), target);
  }

  /**
   * @param address where it listens
   */
  TamperingProxy(InetAddress address, int target) throws IOException {
    this.target = target;
    server = new ServerSocket(0, 50, address);
    start(
        () -> {
          while (true) {
            Socket client = server.accept();
            Socket node = new Socket(InetAddress.getLoopbackAddress(), target);
            start(() -> client.getInputStream().transferTo(node.getOutputStream()), node);
            start(() -> replies(node.getInputStream(), client.getOutputStream()), client, node);
          }
        });
  }

  int port() {
    return server.getLocalPort();
  }

  /**
   * From now on changes each message of records with its 8 bytes of header; null: ends the
   * connection instead.
   */
  void tamper(UnaryOperator<byte[]> change) {
    tampering = change;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void replies(InputStream from, OutputStream to) throws IOException {
    DataInputStream in = new DataInputStream(from);
    while (true) {
      long header = in.readLong();
      byte[] frame = new byte[8 + (int) (header & 0xffff_ffff_ffffL)];
      ByteBuffer.wrap(frame).putLong(header);
      in.readFully(frame, 8, frame.length - 8);
      byte[] sent = (header >>> 48 & 0xff) == TYPE_MESSAGE ? tampering.apply(frame) : frame;
      if (sent == null) {
        return;
      }
      to.write(sent);
    }
  }

  private static void start(Loop loop, Socket... sockets) {
    Thread thread =
        new Thread(
            () -> {
              try {
                loop.run();
              } catch (IOException e) {
                // A side is gone.
              }
              for (Socket socket : sockets) {
                try {
                  socket.close();
                } catch (IOException e) {
                  // It is closed.
                }
              }
            },
            "tampering-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private interface Loop {
    void run() throws IOException;
  }
}
