package org.asbeam.embedded;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** One client's connection: reads a message, answers it, reads the next. */
final class Connection implements Runnable {
  private static final int INPUT_BUFFER = 64 << 10;

  private final Node node;
  private final Socket socket;
  private final CountDownLatch closed = new CountDownLatch(1);
  private OutputStream out;
  private boolean admitted;

  Connection(Node node, Socket socket) {
    this.node = node;
    this.socket = socket;
  }

  @Override
  public void run() {
    try {
      serve();
    } catch (ConnectionFault e) {
      reset();
    } catch (IOException e) {
      // The client went away, or sent what no client sends: either way the connection is over.
    } finally {
      close();
      node.remove(this);
    }
  }

  private void serve() throws IOException, ConnectionFault {
    socket.setTcpNoDelay(true);
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(socket.getInputStream(), INPUT_BUFFER));
    out = socket.getOutputStream();
    while (true) {
      long header;
      try {
        header = in.readLong();
      } catch (EOFException e) {
        return;
      }
      int type = (int) (header >>> 48) & 0xff;
      long size = header & 0xffff_ffff_ffffL;
      if (!isAcceptable((int) (header >>> 56), type) || size > Protocol.MAX_MESSAGE) {
        // Not our protocol: like a server, hang up without a word.
        return;
      }
      // Grows with what arrives, not with what is announced.
      byte[] body = in.readNBytes((int) size);
      if (body.length < size) {
        return;
      }
      node.awaitThaw(this);
      answer(type, body);
    }
  }

  private static boolean isAcceptable(int version, int type) {
    return type >= Protocol.TYPE_INFO
        && type <= Protocol.TYPE_COMPRESSED
        && (version == Protocol.VERSION || version == 0 && type == Protocol.TYPE_SECURITY);
  }

  private void answer(int type, byte[] body) throws IOException, ConnectionFault {
    Strikes strikes = new Strikes(node.faults(), node.index(), this::pause);
    switch (type) {
      case Protocol.TYPE_INFO -> {
        int code = strikes.onRequest(Fault.Target.INFO);
        strikes.beforeReply();
        send(
            Protocol.TYPE_INFO,
            mayAsk() ? node.info().answer(body, code) : node.info().refuse(body));
      }
      case Protocol.TYPE_SECURITY -> {
        Security.Answer answer = node.security().answer(body, admitted);
        admitted |= answer.admitted();
        send(Protocol.TYPE_SECURITY, answer.body());
      }
      case Protocol.TYPE_COMPRESSED -> answerMessage(inflate(body), strikes);
      default -> answerMessage(body, strikes);
    }
  }

  /** Whether the connection logged in, or need not. */
  private boolean mayAsk() {
    return admitted || !node.security().isOn();
  }

  private void answerMessage(byte[] message, Strikes strikes) throws IOException, ConnectionFault {
    Reply reply = new Reply(1 << 10);
    if (!mayAsk()) {
      reply.last(ResultCode.NOT_AUTHENTICATED);
      reply.send(out);
      return;
    }
    Request request;
    try {
      request = Request.parse(message);
    } catch (RequestException e) {
      reply.code(e.resultCode(), 0);
      reply.send(out);
      return;
    }
    if (request.has(Protocol.FIELD_BATCH) || request.has(Protocol.FIELD_BATCH_WITH_SET)) {
      node.batches().execute(request, strikes, out);
    } else if (request.digest() == null) {
      node.scans().execute(request, node.namespace(request.namespace()), strikes, out, this::reset);
    } else {
      int code = strikes.onCommand(request);
      if (code == Strikes.PROCEED) {
        node.records().execute(request, reply, 0);
      } else {
        reply.code(code, 0);
      }
      strikes.beforeReply();
      reply.send(out);
    }
  }

  private void send(int type, byte[] body) throws IOException {
    byte[] frame = new byte[Protocol.PROTO_HEADER + body.length];
    Bytes.putI64(frame, 0, body.length);
    frame[0] = Protocol.VERSION;
    frame[1] = (byte) type;
    System.arraycopy(body, 0, frame, Protocol.PROTO_HEADER, body.length);
    out.write(frame);
    out.flush();
  }

  /** A compressed message is a size and a zlib stream of a whole message with its header. */
  private static byte[] inflate(byte[] body) throws IOException {
    long size = body.length < 8 ? -1 : Bytes.i64(body, 0);
    if (size < Protocol.PROTO_HEADER || size > Protocol.MAX_MESSAGE) {
      throw new IOException("a compressed message of " + size + " bytes");
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(body, 8, body.length - 8);
      byte[] inner = new byte[(int) size];
      int filled = 0;
      while (filled < inner.length) {
        int count = inflater.inflate(inner, filled, inner.length - filled);
        if (count == 0) {
          throw new IOException("a compressed message ends early");
        }
        filled += count;
      }
      byte[] message = new byte[inner.length - Protocol.PROTO_HEADER];
      System.arraycopy(inner, Protocol.PROTO_HEADER, message, 0, message.length);
      return message;
    } catch (DataFormatException e) {
      throw new IOException("a compressed message is damaged", e);
    } finally {
      inflater.end();
    }
  }

  /** Waits; a negative time waits until the connection is closed. */
  void pause(long milliseconds) throws IOException {
    try {
      boolean over;
      if (milliseconds < 0) {
        closed.await();
        over = true;
      } else {
        over = closed.await(milliseconds, TimeUnit.MILLISECONDS);
      }
      if (over) {
        throw new IOException("the connection was closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Closes so that the client sees a reset. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      // Closed already.
    }
    close();
  }

  void close() {
    closed.countDown();
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing is left to be lost.
    }
  }
}
