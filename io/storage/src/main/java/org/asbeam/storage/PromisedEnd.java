package org.asbeam.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * zstd frames, of which some promise at their start how they end: see {@link SeekTable#STREAM}. The
 * end of those is damage unless it is as promised.
 */
final class PromisedEnd extends FilterInputStream {
  private final String path;
  private final byte[] first = new byte[SeekTable.STREAM.length];
  private long count;
  private long position;
  private int lastFour;

  /**
   * @param position the stored byte of the file that the source starts with
   */
  PromisedEnd(String path, long position, InputStream source) {
    super(source);
    this.path = path;
    this.position = position;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = in.read(bytes, offset, length);
    if (n < 0) {
      if (Arrays.equals(first, SeekTable.STREAM) && !SeekTable.endsWithFooter(lastFour)) {
        throw new DamagedFileException(
            path, position, "the stream ends before its last part: it was cut here");
      }
      return n;
    }
    if (count < first.length) {
      int some = (int) Math.min(n, first.length - count);
      System.arraycopy(bytes, offset, first, (int) count, some);
    }
    for (int i = Math.max(0, n - 4); i < n; i++) {
      lastFour = lastFour >>> 8 | bytes[offset + i] << 24;
    }
    count += n;
    position += n;
    return n;
  }
}
