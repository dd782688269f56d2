package org.asbeam.storage.crypto;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/** The little of DER (X.690) that private keys need. */
final class Der {
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int OID = 0x06;
  static final int SEQUENCE = 0x30;

  private final byte[] bytes;
  private final int end;
  private int at;

  Der(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private Der(byte[] bytes, int at, int end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /**
   * Goes into the next value.
   *
   * @throws IllegalArgumentException if it has another tag, or no end
   */
  Der enter(int tag) {
    if (at + 2 > end || (bytes[at] & 0xff) != tag) {
      throw new IllegalArgumentException("no DER value of tag " + tag + " at byte " + at);
    }
    int length = bytes[at + 1] & 0xff;
    int start = at + 2;
    if (length > 0x80) {
      int count = length - 0x80;
      if (count > 3 || start + count > end) {
        throw new IllegalArgumentException("no DER length at byte " + (at + 1));
      }
      length = 0;
      for (int i = 0; i < count; i++) {
        length = length << 8 | bytes[start + i] & 0xff;
      }
      start += count;
    } else if (length == 0x80) {
      throw new IllegalArgumentException("no DER length at byte " + (at + 1));
    }
    if (length > end - start) {
      throw new IllegalArgumentException("the DER value at byte " + at + " is cut");
    }
    at = start + length;
    return new Der(bytes, start, at);
  }

  /** The content that was not read yet. */
  byte[] rest() {
    return Arrays.copyOfRange(bytes, at, end);
  }

  boolean startsWith(int tag) {
    return at < end && (bytes[at] & 0xff) == tag;
  }

  static byte[] value(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    byte[] inner = content.toByteArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream(inner.length + 5);
    out.write(tag);
    if (inner.length < 0x80) {
      out.write(inner.length);
    } else {
      int count = (39 - Integer.numberOfLeadingZeros(inner.length)) / 8;
      out.write(0x80 | count);
      for (int i = count - 1; i >= 0; i--) {
        out.write(inner.length >>> 8 * i);
      }
    }
    out.writeBytes(inner);
    return out.toByteArray();
  }

  static byte[] integer(BigInteger value) {
    return value(INTEGER, value.toByteArray());
  }
}
