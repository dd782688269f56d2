package org.asbeam.format;

import java.util.Arrays;

/**
 * A growing run of bytes that encoders append to; cleared and used again for block after block. Not
 * safe for use by several threads.
 */
public final class AsbBuffer {
  private byte[] bytes;
  private int length;

  /**
   * @param capacity the bytes to start with; the buffer grows when they don't suffice
   */
  public AsbBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  /** The backing array; another one after the buffer has grown. */
  public byte[] array() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public void clear() {
    length = 0;
  }

  /** Takes back everything behind the first {@code newLength} bytes. */
  public void truncate(int newLength) {
    if (newLength < 0 || newLength > length) {
      throw new IllegalArgumentException(newLength + " is not within 0 to " + length);
    }
    length = newLength;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Makes room for {@code count} more bytes, to be written into {@link #array()} in place. */
  void reserve(long count) {
    long needed = length + count;
    if (needed > bytes.length) {
      grow(needed);
    }
  }

  /** Counts bytes that were written in place. */
  void length(int newLength) {
    length = newLength;
  }

  private void grow(long needed) {
    long max = Integer.MAX_VALUE - 16L;
    if (needed > max) {
      throw new IllegalArgumentException("a block of " + needed + " bytes is too long");
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(max, Math.max(needed, bytes.length * 2L)));
  }
}
