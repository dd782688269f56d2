package org.asbeam.embedded;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A socket on which tests send bytes of their own making. */
final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final DataInputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  Frame receive() throws IOException {
    return Frame.read(in);
  }

  /** One more byte, or -1 if the server has hung up. */
  int receiveByte() throws IOException {
    return in.read();
  }

  Frame ask(byte[] frame) throws IOException {
    send(frame);
    return receive();
  }

  String info(String command) throws IOException {
    String answer = ask(Frame.toBytes(Protocol.TYPE_INFO, Bytes.utf8(command + "\n"))).text();
    return answer.substring(command.length() + 1, answer.length() - 1);
  }

  /** Sends a batch or a scan and reads its frames up to the last. */
  List<Frame> askMany(byte[] frame) throws IOException {
    send(frame);
    List<Frame> frames = new ArrayList<>();
    while (true) {
      Frame received = receive();
      frames.add(received);
      List<byte[]> rows = received.rowBytes();
      if (Frame.isLast(rows.get(rows.size() - 1))) {
        return frames;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
