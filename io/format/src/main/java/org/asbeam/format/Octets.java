package org.asbeam.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Wide access to byte arrays, and the octets that have a meaning of their own in ASB. */
final class Octets {
  static final byte LF = '\n';
  static final byte SP = ' ';
  static final byte ESCAPE = '\\';

  private static final VarHandle LONG_BE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG_LE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT_LE =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;
  private static final long LFS = ONES * LF;

  private Octets() {}

  static long longBig(byte[] bytes, int at) {
    return (long) LONG_BE.get(bytes, at);
  }

  static void longBig(byte[] bytes, int at, long value) {
    LONG_BE.set(bytes, at, value);
  }

  static long longLittle(byte[] bytes, int at) {
    return (long) LONG_LE.get(bytes, at);
  }

  static void longLittle(byte[] bytes, int at, long value) {
    LONG_LE.set(bytes, at, value);
  }

  static int intLittle(byte[] bytes, int at) {
    return (int) INT_LE.get(bytes, at);
  }

  static void intLittle(byte[] bytes, int at, int value) {
    INT_LE.set(bytes, at, value);
  }

  static void shortLittle(byte[] bytes, int at, short value) {
    SHORT_LE.set(bytes, at, value);
  }

  /** Four characters as {@link #intLittle} has them. */
  static int four(char a, char b, char c, char d) {
    return a | b << 8 | c << 16 | d << 24;
  }

  /** The line feeds from {@code from} up to, but not with, {@code to}. */
  static int countLineFeeds(byte[] bytes, int from, int to) {
    int count = 0;
    int at = from;
    for (; at <= to - 8; at += 8) {
      long zeroAtLf = longLittle(bytes, at) ^ LFS;
      // Exact for every octet: the carry of the addition stays within seven bits.
      long low = (zeroAtLf & ~HIGHS) + ~HIGHS;
      count += Long.bitCount(~(low | zeroAtLf) & HIGHS);
    }
    for (; at < to; at++) {
      if (bytes[at] == LF) {
        count++;
      }
    }
    return count;
  }
}
