package org.asbeam.storage.secrets;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A Secret Agent that speaks the protocol, or lies as it is told. */
public final class FakeAgent implements Closeable {
  /** What it does with a request: the bytes of its answer, or anything with the connection. */
  public interface Answer {
    void give(String request, OutputStream out) throws Exception;
  }

  private final Closeable server;
  private final String address;
  private final int port;
  private final Answer answer;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private FakeAgent(Closeable server, String address, int port, Answer answer) {
    this.server = server;
    this.address = address;
    this.port = port;
    this.answer = answer;
  }

  public static FakeAgent tcp(Answer answer) throws IOException {
    return tcp(ServerSocketFactory.getDefault(), answer);
  }

  public static FakeAgent tcp(ServerSocketFactory factory, Answer answer) throws IOException {
    ServerSocket socket = factory.createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    return tcp(socket, answer);
  }

  public static FakeAgent tcp(ServerSocket socket, Answer answer) {
    FakeAgent agent = new FakeAgent(socket, "127.0.0.1", socket.getLocalPort(), answer);
    agent.serve(
        () -> {
          try (Socket client = socket.accept()) {
            agent.serve(client.getInputStream(), client.getOutputStream());
          }
        },
        socket::isClosed);
    return agent;
  }

  public static FakeAgent unix(Path path, Answer answer) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(path));
    FakeAgent agent = new FakeAgent(channel, path.toString(), 0, answer);
    agent.serve(
        () -> {
          try (SocketChannel client = channel.accept()) {
            agent.serve(Channels.newInputStream(client), Channels.newOutputStream(client));
          }
        },
        () -> !channel.isOpen());
    return agent;
  }

  public SecretAgentSpec spec() {
    return port == 0 ? SecretAgentSpec.unix(address) : SecretAgentSpec.tcp(address, port);
  }

  public List<String> requests() {
    return requests;
  }

  public static byte[] frame(String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return frame(0x51DEC1CC, body.length, body);
  }

  public static byte[] frame(int magic, int length, byte[] body) {
    return ByteBuffer.allocate(8 + body.length).putInt(magic).putInt(length).put(body).array();
  }

  private interface Round {
    void run() throws Exception;
  }

  private void serve(Round round, java.util.function.BooleanSupplier closed) {
    Thread thread =
        new Thread(
            () -> {
              while (!closed.getAsBoolean()) {
                try {
                  round.run();
                } catch (Exception e) {
                  // The client may leave at any time; the next one is served.
                }
              }
            },
            "fake-agent");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(InputStream in, OutputStream out) throws Exception {
    DataInputStream data = new DataInputStream(in);
    if (data.readInt() != 0x51DEC1CC) {
      throw new IOException("no request");
    }
    byte[] json = data.readNBytes(data.readInt());
    String request = new String(json, StandardCharsets.UTF_8);
    requests.add(request);
    answer.give(request, out);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
