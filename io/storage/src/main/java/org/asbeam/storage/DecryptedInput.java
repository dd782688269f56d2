package org.asbeam.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that is decrypted while it is read. */
final class DecryptedInput extends FilterInputStream {
  private final AesCtr cipher;

  /**
   * @param source at the byte that the cipher is at
   */
  DecryptedInput(InputStream source, AesCtr cipher) {
    super(source);
    this.cipher = cipher;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    int n = in.read(bytes, offset, count);
    if (n > 0) {
      cipher.apply(bytes, offset, n, bytes, offset);
    }
    return n;
  }

  @Override
  public long skip(long count) throws IOException {
    // The key stream must move along: read and throw away.
    int n = read(new byte[(int) Math.max(0, Math.min(count, 8192))]);
    return Math.max(0, n);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
