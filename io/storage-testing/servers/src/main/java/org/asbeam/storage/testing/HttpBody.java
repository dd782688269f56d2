package org.asbeam.storage.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The body of an HTTP/1.1 message while it arrives; reading gives its content without chunks. */
final class HttpBody extends InputStream {
  private enum Framing {
    LENGTH,
    CHUNKED,
    UNTIL_END
  }

  private final InputStream in;
  private final Framing framing;
  // Of the body, or of the chunk.
  private long left;
  private boolean chunkBegun;
  private boolean ended;

  private HttpBody(InputStream in, Framing framing, long length) {
    this.in = in;
    this.framing = framing;
    this.left = length;
    this.ended = framing == Framing.LENGTH && length == 0;
  }

  static HttpBody ofRequest(HttpHead head, InputStream in) throws IOException {
    return of(head, in, new HttpBody(in, Framing.LENGTH, 0));
  }

  static HttpBody ofResponse(HttpHead head, String method, InputStream in) throws IOException {
    String code = head.word(1);
    if (method.equals("HEAD") || code.equals("204") || code.equals("304")) {
      return new HttpBody(in, Framing.LENGTH, 0);
    }
    return of(head, in, new HttpBody(in, Framing.UNTIL_END, 0));
  }

  private static HttpBody of(HttpHead head, InputStream in, HttpBody otherwise) throws IOException {
    if (head.says("Transfer-Encoding", "chunked")) {
      return new HttpBody(in, Framing.CHUNKED, 0);
    }
    String length = head.value("Content-Length");
    try {
      return length == null
          ? otherwise
          : new HttpBody(in, Framing.LENGTH, Long.parseUnsignedLong(length));
    } catch (NumberFormatException e) {
      throw new IOException("Not a length: " + length, e);
    }
  }

  boolean chunked() {
    return framing == Framing.CHUNKED;
  }

  /** Whether the connection ends with the body, so that it serves for one response only. */
  boolean endsConnection() {
    return framing == Framing.UNTIL_END;
  }

  boolean ended() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (framing == Framing.CHUNKED && left == 0 && !ended) {
      beginChunk();
    }
    if (ended) {
      return -1;
    }
    int wanted = framing == Framing.UNTIL_END ? length : (int) Math.min(length, left);
    int count = in.read(bytes, offset, wanted);
    if (framing == Framing.UNTIL_END) {
      ended = count < 0;
      return count;
    }
    if (count < 0) {
      throw new EOFException("The connection ended within a body");
    }
    left -= count;
    ended = framing == Framing.LENGTH && left == 0;
    return count;
  }

  private void beginChunk() throws IOException {
    if (chunkBegun) {
      chunkLine();
    }
    String size = chunkLine().split(";", 2)[0].strip();
    try {
      left = Long.parseUnsignedLong(size, 16);
    } catch (NumberFormatException e) {
      throw new IOException("Not the size of a chunk: " + size, e);
    }
    chunkBegun = true;
    if (left == 0) {
      // Trailers are not passed on: no store here has any.
      while (!chunkLine().isEmpty()) {}
      ended = true;
    }
  }

  private String chunkLine() throws IOException {
    String line = HttpHead.line(in);
    if (line == null) {
      throw new EOFException("The connection ended within a body");
    }
    return line;
  }

  /** Reads and forgets what is left. */
  void drain() throws IOException {
    transferTo(OutputStream.nullOutputStream());
  }

  /** Writes a piece of a body, as a chunk if there are chunks. */
  static void writePiece(OutputStream out, byte[] bytes, int length, boolean chunked)
      throws IOException {
    if (chunked) {
      out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
    out.write(bytes, 0, length);
    if (chunked) {
      out.write(new byte[] {'\r', '\n'});
    }
  }

  static void writeEnd(OutputStream out, boolean chunked) throws IOException {
    if (chunked) {
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
