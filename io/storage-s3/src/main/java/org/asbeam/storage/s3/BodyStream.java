package org.asbeam.storage.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;

/** A body whose connection is used again if it was read to its end, and is cut off if not. */
final class BodyStream extends FilterInputStream {
  private final ResponseInputStream<?> body;
  private volatile long left;

  /**
   * @param bytes how many there are
   */
  BodyStream(ResponseInputStream<?> body, long bytes) {
    super(body);
    this.body = body;
    this.left = bytes;
  }

  @Override
  public int read() throws IOException {
    int one = body.read();
    count(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    int read = body.read(bytes, offset, count);
    count(Math.max(0, read));
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = body.skip(count);
    count(skipped);
    return skipped;
  }

  private void count(long bytes) {
    // One thread reads; others may only close.
    left = left - bytes;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** May be called while another thread waits for bytes, which then fails. */
  @Override
  public void close() throws IOException {
    if (left > 0) {
      // Closing would read the rest.
      body.abort();
    } else {
      body.close();
    }
  }
}
