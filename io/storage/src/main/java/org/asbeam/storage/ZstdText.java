package org.asbeam.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The text of a whole file of zstd frames. */
final class ZstdText extends InputStream {
  private final InputStream source;
  private final ZstdDecoder decoder;
  private boolean closed;

  /**
   * @param start the stored byte of the file that the source starts with, for messages
   */
  ZstdText(String file, InputStream source, long start) {
    this.source = source;
    this.decoder = new ZstdDecoder(file);
    decoder.open(source, start);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    if (closed) {
      throw new IOException("the stream is closed");
    }
    return decoder.read(bytes, offset, count);
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      decoder.close();
      source.close();
    }
  }
}
