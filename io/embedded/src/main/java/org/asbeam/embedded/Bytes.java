package org.asbeam.embedded;

import java.nio.charset.StandardCharsets;

/** Big-endian numbers in byte arrays. */
final class Bytes {
  static final byte[] EMPTY = new byte[0];

  private Bytes() {}

  static int u8(byte[] a, int at) {
    return a[at] & 0xff;
  }

  static int u16(byte[] a, int at) {
    return (a[at] & 0xff) << 8 | a[at + 1] & 0xff;
  }

  static int u16LittleEndian(byte[] a, int at) {
    return a[at] & 0xff | (a[at + 1] & 0xff) << 8;
  }

  static int i32(byte[] a, int at) {
    return u16(a, at) << 16 | u16(a, at + 2);
  }

  static long i64(byte[] a, int at) {
    return (long) i32(a, at) << 32 | i32(a, at + 4) & 0xffffffffL;
  }

  static void putU16(byte[] a, int at, int value) {
    a[at] = (byte) (value >>> 8);
    a[at + 1] = (byte) value;
  }

  static void putI32(byte[] a, int at, int value) {
    putU16(a, at, value >>> 16);
    putU16(a, at + 2, value);
  }

  static void putI64(byte[] a, int at, long value) {
    putI32(a, at, (int) (value >>> 32));
    putI32(a, at + 4, (int) value);
  }

  static byte[] ofLong(long value) {
    byte[] bytes = new byte[8];
    putI64(bytes, 0, value);
    return bytes;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String utf8(byte[] a, int offset, int length) {
    return new String(a, offset, length, StandardCharsets.UTF_8);
  }

  /** Names of bins may be any bytes; one char per byte keeps them apart and gives them back. */
  static String binName(byte[] a, int offset, int length) {
    return new String(a, offset, length, StandardCharsets.ISO_8859_1);
  }

  static byte[] binName(String name) {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }
}
