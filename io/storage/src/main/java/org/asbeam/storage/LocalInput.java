package org.asbeam.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;

/** A local file being read. */
final class LocalInput extends InputStream {
  /** See {@link LocalOutput}: bounds the direct buffer that the JDK keeps per thread. */
  private static final int PIECE = 256 * 1024;

  private final Path path;
  private final FileChannel channel;

  LocalInput(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  @Override
  public int read() throws StoreException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws StoreException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    if (count == 0) {
      return 0;
    }
    try {
      return channel.read(ByteBuffer.wrap(bytes, offset, Math.min(count, PIECE)));
    } catch (IOException e) {
      throw LocalErrors.of(path, "could not be read", e);
    }
  }

  @Override
  public long skip(long count) throws StoreException {
    try {
      long from = channel.position();
      long to = Math.max(from, Math.min(channel.size(), from + Math.max(0, count)));
      channel.position(to);
      return to - from;
    } catch (IOException e) {
      throw LocalErrors.of(path, "could not be read", e);
    }
  }

  @Override
  public void close() throws StoreException {
    try {
      channel.close();
    } catch (IOException e) {
      throw LocalErrors.of(path, "could not be closed", e);
    }
  }
}
