package org.asbeam.aerospike;

import com.aerospike.client.cluster.Connection;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads the messages of a reply into a buffer that it keeps for the next request: a scan's messages
 * are a little over 1 MiB each. Not safe for use by several threads.
 */
final class FrameReader {
  private static final int VERSION = 2;
  private static final int TYPE_MESSAGE = 3;
  private static final int TYPE_COMPRESSED = 4;

  /** A declared size is believed up to here; beyond, memory grows as bytes arrive. */
  private static final int TRUSTED_SIZE = 4 * 1024 * 1024;

  /** Says whether to go on waiting when nothing came for a socket timeout. */
  @FunctionalInterface
  interface Patience {
    /** Waits no longer. */
    Patience NONE = () -> false;

    boolean goOn();
  }

  private final byte[] header = new byte[WireBuffer.PROTO_LENGTH];
  private byte[] received = new byte[16 * 1024];
  private byte[] inflated = new byte[0];

  private byte[] buffer = received;
  private int offset;
  private int limit;
  private Patience patience = Patience.NONE;

  /**
   * Reads the next message that is not empty.
   *
   * @param waiting asked whenever nothing came for the connection's timeout
   * @throws ProtocolViolation if it is none
   * @throws IOException if the connection breaks or nothing comes in time
   */
  void read(Connection connection, Patience waiting) throws IOException {
    patience = waiting;
    int size;
    int type;
    do {
      readFully(connection, header, 0, header.length);
      long proto = ByteBuffer.wrap(header).getLong();
      type = (int) (proto >>> 48) & 0xff;
      long declared = proto & 0xffff_ffff_ffffL;
      if (proto >>> 56 != VERSION || type != TYPE_MESSAGE && type != TYPE_COMPRESSED) {
        throw new ProtocolViolation("a message of version " + (proto >>> 56) + ", type " + type);
      }
      if (declared > WireBuffer.MAX_MESSAGE) {
        throw new ProtocolViolation("a message of " + declared + " bytes");
      }
      size = (int) declared;
    } while (size == 0);
    readBody(connection, size);
    connection.updateLastUsed();
    buffer = received;
    offset = 0;
    limit = size;
    if (type == TYPE_COMPRESSED) {
      inflate();
    }
  }

  /** The bytes of the message; valid until the next {@link #read}. */
  byte[] buffer() {
    return buffer;
  }

  /** Where the message starts, behind its proto header. */
  int offset() {
    return offset;
  }

  /** Where it ends. */
  int limit() {
    return limit;
  }

  private void readBody(Connection connection, int size) throws IOException {
    int have = 0;
    while (have < size) {
      int next = Math.min(size, Math.max(TRUSTED_SIZE, 2 * have));
      if (received.length < next) {
        received = Arrays.copyOf(received, roundUp(next));
      }
      readFully(connection, received, have, next - have);
      have = next;
    }
  }

  private void inflate() {
    if (limit < 8) {
      throw new ProtocolViolation("a compressed message of " + limit + " bytes");
    }
    long size = ByteBuffer.wrap(received).getLong();
    if (size < WireBuffer.PROTO_LENGTH || size > WireBuffer.MAX_MESSAGE) {
      throw new ProtocolViolation("a compressed message that says to have " + size + " bytes");
    }
    if (inflated.length < size) {
      inflated = new byte[roundUp((int) size)];
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(received, 8, limit - 8);
      int count = inflater.inflate(inflated, 0, (int) size);
      if (count != size) {
        throw new ProtocolViolation("a compressed message of " + count + " bytes, not " + size);
      }
    } catch (DataFormatException e) {
      throw new ProtocolViolation("a compressed message that can't be inflated");
    } finally {
      inflater.end();
    }
    // What was compressed is a whole message, with its own proto header.
    buffer = inflated;
    offset = WireBuffer.PROTO_LENGTH;
    limit = (int) size;
  }

  private static int roundUp(int size) {
    return size + 16383 & ~16383;
  }

  private void readFully(Connection connection, byte[] target, int at, int count)
      throws IOException {
    int end = at + count;
    while (at < end) {
      int read = read(connection, target, at, end - at);
      if (read < 0) {
        throw new EOFException("the server closed the connection");
      }
      at += read;
    }
  }

  private int read(Connection connection, byte[] target, int at, int count) throws IOException {
    while (true) {
      try {
        return connection.read(target, at, count);
      } catch (SocketTimeoutException e) {
        // Nothing was taken from the stream, so it can be read on.
        if (!patience.goOn()) {
          throw e;
        }
      }
    }
  }
}
