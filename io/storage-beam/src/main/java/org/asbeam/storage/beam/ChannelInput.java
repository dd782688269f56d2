package org.asbeam.storage.beam;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Objects;

/**
 * A channel of Beam being read, forward only and into heap buffers: some file systems lose count
 * when they seek after they have read, and some can't read into direct memory.
 */
final class ChannelInput extends InputStream {
  private static final int PIECE = 64 << 10;

  private final ReadableByteChannel channel;

  private ChannelInput(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /** Takes over a fresh channel, and goes to a position of it. */
  static ChannelInput at(ReadableByteChannel channel, long position) throws IOException {
    ChannelInput input = new ChannelInput(channel);
    boolean there = false;
    try {
      input.goTo(position);
      there = true;
      return input;
    } finally {
      if (!there) {
        channel.close();
      }
    }
  }

  private void goTo(long position) throws IOException {
    if (position == 0) {
      return;
    }
    if (channel instanceof SeekableByteChannel seekable) {
      seekable.position(position);
      return;
    }
    byte[] bytes = new byte[PIECE];
    for (long left = position; left > 0; ) {
      int count = read(bytes, 0, (int) Math.min(left, bytes.length));
      if (count < 0) {
        throw new EOFException("it ends before byte " + position);
      }
      left -= count;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    if (count == 0) {
      return 0;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
    int read;
    do {
      read = channel.read(buffer);
    } while (read == 0);
    return read;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
