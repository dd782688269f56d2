package org.asbeam.storage.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The requests of one connection of a client to a {@link FaultyProxy}, one after another. */
final class ProxyConnection implements Runnable {
  private static final int BUFFER = 64 << 10;
  private static final Duration BEFORE_RESET = Duration.ofMillis(20);
  private static final int LONGEST_SHOWN_BODY = 1 << 20;

  private final FaultyProxy proxy;
  private final Socket client;
  private volatile Socket server;

  /** A request, whose body is still arriving except for what was read for the rules. */
  private record Incoming(HttpHead head, HttpBody rest, byte[] begin) {
    InputStream content() {
      return new SequenceInputStream(new ByteArrayInputStream(begin), rest);
    }

    String method() {
      return head.word(0);
    }

    boolean wantsEnd() {
      return head.says("Connection", "close") || !head.word(2).equals("HTTP/1.1");
    }
  }

  ProxyConnection(FaultyProxy proxy, Socket client) {
    this.proxy = proxy;
    this.client = client;
  }

  @Override
  public void run() {
    try {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream(), BUFFER);
      OutputStream out = new BufferedOutputStream(client.getOutputStream(), BUFFER);
      boolean more = true;
      while (more) {
        HttpHead head = HttpHead.read(in);
        more = head != null && serve(head, in, out);
        out.flush();
      }
      client.close();
    } catch (IOException e) {
      // One of the two sides broke off, so the other one sees the same.
      reset();
    } catch (RuntimeException e) {
      System.err.println("The rules of a faulty proxy failed: " + e);
      reset();
    } finally {
      proxy.ended(this);
    }
  }

  /** Ends the connection so that the client sees an error instead of an end. */
  void reset() {
    try {
      client.setSoLinger(true, 0);
    } catch (IOException e) {
      // It is closed already.
    }
    close(client);
    Socket open = server;
    if (open != null) {
      close(open);
    }
  }

  private boolean serve(HttpHead head, InputStream in, OutputStream out) throws IOException {
    Incoming request = incoming(head, in, out);
    Fault fault = proxy.decide(head, new String(request.begin(), StandardCharsets.ISO_8859_1));
    if (fault instanceof Fault.Pass) {
      return forward(request, out, fault);
    }
    if (fault instanceof Fault.CutResponse) {
      return forward(request, out, fault);
    }
    proxy.happened(fault);
    if (fault instanceof Fault.Delay delay) {
      pause(delay.duration());
      return forward(request, out, fault);
    }
    if (fault instanceof Fault.Status status) {
      request.rest().drain();
      answer(request, status, out);
      return !request.wantsEnd();
    }
    if (fault instanceof Fault.DropResponse) {
      return forward(request, out, fault);
    }
    if (fault instanceof Fault.Hang) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    reset();
    return false;
  }

  private static Incoming incoming(HttpHead head, InputStream in, OutputStream out)
      throws IOException {
    HttpBody body = HttpBody.ofRequest(head, in);
    if (head.says("Expect", "100-continue") && !body.ended()) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    boolean shown = head.word(0).equals("POST");
    return new Incoming(head, body, shown ? body.readNBytes(LONGEST_SHOWN_BODY) : new byte[0]);
  }

  private static void answer(Incoming request, Fault.Status status, OutputStream out)
      throws IOException {
    byte[] body = status.body().getBytes(StandardCharsets.UTF_8);
    HttpHead head =
        new HttpHead("HTTP/1.1 " + status.code() + " Injected", List.of())
            .with("Content-Length", Integer.toString(body.length));
    for (Map.Entry<String, String> header : status.headers().entrySet()) {
      head = head.with(header.getKey(), header.getValue());
    }
    out.write((request.wantsEnd() ? head.with("Connection", "close") : head).bytes());
    if (!request.method().equals("HEAD")) {
      out.write(body);
    }
  }

  /** Whether another request may follow. */
  private boolean forward(Incoming request, OutputStream out, Fault fault) throws IOException {
    try (Socket upstream = proxy.connect()) {
      server = upstream;
      send(request, upstream.getOutputStream());
      InputStream in = new BufferedInputStream(upstream.getInputStream(), BUFFER);
      HttpHead head = HttpHead.read(in);
      while (head != null && head.word(1).startsWith("1")) {
        // The client got its 100 from here.
        head = HttpHead.read(in);
      }
      if (head == null) {
        throw new IOException("The server did not answer");
      }
      HttpBody body = HttpBody.ofResponse(head, request.method(), in);
      if (fault instanceof Fault.DropResponse) {
        body.drain();
        reset();
        return false;
      }
      boolean end = request.wantsEnd() || body.endsConnection();
      out.write(forClient(head, end).bytes());
      long limit = fault instanceof Fault.CutResponse cut ? cut.bytes() : Long.MAX_VALUE;
      if (!relay(body, out, limit)) {
        out.flush();
        proxy.happened(fault);
        // A reset overtakes what was sent before it.
        pause(BEFORE_RESET);
        reset();
        return false;
      }
      return !end;
    } finally {
      server = null;
    }
  }

  private static void send(Incoming request, OutputStream socket) throws IOException {
    HttpHead head =
        request.head().without("Keep-Alive", "Proxy-Connection").with("Connection", "close");
    boolean chunked = request.rest().chunked();
    byte[] buffer = new byte[BUFFER];
    InputStream content = request.content();
    try {
      OutputStream out = new BufferedOutputStream(socket, BUFFER);
      out.write(head.bytes());
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        HttpBody.writePiece(out, buffer, count, chunked);
      }
      HttpBody.writeEnd(out, chunked);
      out.flush();
    } catch (IOException e) {
      // A server may answer before it has the body, and close. Its answer is still to be read.
      request.rest().drain();
    }
  }

  private HttpHead forClient(HttpHead head, boolean end) {
    HttpHead sent = head.without("Connection", "Keep-Alive");
    String location = head.value("Location");
    String server = "http://" + proxy.upstreamAuthority();
    if (location != null && location.startsWith(server)) {
      String rest = location.substring(server.length());
      // 127.0.0.1:12 is not the beginning of 127.0.0.1:123.
      if (rest.isEmpty() || !Character.isDigit(rest.charAt(0))) {
        sent = sent.with("Location", proxy.endpoint() + rest);
      }
    }
    return end ? sent.with("Connection", "close") : sent;
  }

  /** Passes on a body; false if it is longer than the limit and was cut there. */
  private static boolean relay(HttpBody body, OutputStream out, long limit) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long left = limit;
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
      if (count > left) {
        HttpBody.writePiece(out, buffer, (int) left, body.chunked() && left > 0);
        return false;
      }
      HttpBody.writePiece(out, buffer, count, body.chunked());
      left -= count;
      if (body.chunked()) {
        // A chunk may be a sign of life that somebody waits for.
        out.flush();
      }
    }
    HttpBody.writeEnd(out, body.chunked());
    return true;
  }

  private static void pause(Duration duration) throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      throw new IOException("Interrupted", e);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing more to do for it.
    }
  }
}
