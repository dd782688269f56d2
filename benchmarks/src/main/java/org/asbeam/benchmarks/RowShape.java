package org.asbeam.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.asbeam.format.ParticleType;
import org.asbeam.format.RowBuilder;

/**
 * What a synthetic record looks like. The sizes are those of its ASB text, in bytes, on average.
 */
public enum RowShape {
  /**
   * 500 bytes: four integers, a double, a text of 96 bytes, a blob of 138 bytes that can't be
   * compressed. A million of them are the 500 MB that the peers were measured with.
   */
  RECORD {
    @Override
    void bins(RowBuilder row, SplittableRandom random, byte[] scratch) {
      integer(row, Names.AGE, random.nextInt(100));
      integer(row, Names.VISITS, random.nextInt(1_000_000));
      integer(row, Names.BALANCE, random.nextLong(2_000_000_000_000L) - 1_000_000_000_000L);
      integer(row, Names.SEEN, 1_700_000_000L + random.nextInt(90_000_000));
      real(row, Names.SCORE, random.nextInt(1_000_000) / 1000.0);
      text(row, Names.ADDRESS, 96, random, scratch);
      blob(row, Names.PHOTO, 138, random, scratch);
    }
  },

  /** 150 bytes, of which the record's head takes 90: the smallest that people store. */
  SMALL {
    @Override
    void bins(RowBuilder row, SplittableRandom random, byte[] scratch) {
      integer(row, Names.N, random.nextInt(1_000_000));
      text(row, Names.S, 32, random, scratch);
    }
  },

  /** 1,550 bytes, nearly all of them in a map, a list and an HLL, which ASB has as base64. */
  COLLECTIONS {
    @Override
    void bins(RowBuilder row, SplittableRandom random, byte[] scratch) {
      integer(row, Names.N, random.nextInt(1_000_000));
      packed(row, ParticleType.MAP, Names.PROFILE, 360, random, scratch);
      packed(row, ParticleType.LIST, Names.EVENTS, 480, random, scratch);
      blob(row, ParticleType.HLL, Names.REACH, 200, random, scratch);
    }
  };

  private static final byte[] WORDS =
      "the quick brown fox jumps over a lazy dog while seven old wizards box five gentle quilts; "
          .getBytes(StandardCharsets.US_ASCII);

  abstract void bins(RowBuilder row, SplittableRandom random, byte[] scratch);

  /**
   * Reads a name in any case.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static RowShape parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Enough for the largest value of any shape. */
  static byte[] scratch() {
    return new byte[1024];
  }

  private static void integer(RowBuilder row, byte[] name, long value) {
    start(row, ParticleType.INTEGER, name, Long.BYTES);
    row.valueLong(value);
  }

  private static void real(RowBuilder row, byte[] name, double value) {
    start(row, ParticleType.DOUBLE, name, Long.BYTES);
    row.valueLong(Double.doubleToLongBits(value));
  }

  /** Words and digits: text as compressible as texts are. */
  private static void text(
      RowBuilder row, byte[] name, int length, SplittableRandom random, byte[] scratch) {
    int at = 0;
    while (at < length) {
      int from = random.nextInt(WORDS.length - 8);
      int count = Math.min(length - at, 8);
      System.arraycopy(WORDS, from, scratch, at, count);
      at += count;
      if (at < length) {
        scratch[at++] = (byte) ('0' + random.nextInt(10));
      }
    }
    start(row, ParticleType.STRING, name, length);
    row.value(scratch, 0, length);
  }

  private static void blob(
      RowBuilder row, byte[] name, int length, SplittableRandom random, byte[] scratch) {
    blob(row, ParticleType.BLOB, name, length, random, scratch);
  }

  private static void blob(
      RowBuilder row, int type, byte[] name, int length, SplittableRandom random, byte[] scratch) {
    for (int at = 0; at < length; at += Long.BYTES) {
      putLong(scratch, at, random.nextLong());
    }
    start(row, type, name, length);
    row.value(scratch, 0, length);
  }

  /**
   * A list of MessagePack integers of five bytes, or a map from such to such: {@code 0xce} and four
   * bytes are a {@code uint 32}, {@code 0xdc} and {@code 0xde} start a list and a map.
   */
  private static void packed(
      RowBuilder row, int type, byte[] name, int length, SplittableRandom random, byte[] scratch) {
    boolean map = type == ParticleType.MAP;
    int elements = length / 5 & ~1;
    int count = map ? elements / 2 : elements;
    scratch[0] = (byte) (map ? 0xde : 0xdc);
    scratch[1] = (byte) (count >> 8);
    scratch[2] = (byte) count;
    int at = 3;
    for (int i = 0; i < elements; i++, at += 5) {
      // Keys ascend, so that every server takes the map.
      int value = map && i % 2 == 0 ? i << 16 : random.nextInt(1 << 24);
      value |= 0x10000;
      scratch[at] = (byte) 0xce;
      scratch[at + 1] = (byte) (value >> 24);
      scratch[at + 2] = (byte) (value >> 16);
      scratch[at + 3] = (byte) (value >> 8);
      scratch[at + 4] = (byte) value;
    }
    start(row, type, name, at);
    row.value(scratch, 0, at);
  }

  private static void start(RowBuilder row, int type, byte[] name, int length) {
    row.bin(type, name, 0, name.length, length);
  }

  private static void putLong(byte[] to, int at, long value) {
    for (int i = 0; i < Long.BYTES; i++) {
      to[at + i] = (byte) (value >>> 8 * i);
    }
  }

  /** Bin names, made once. */
  private static final class Names {
    static final byte[] AGE = ascii("age");
    static final byte[] VISITS = ascii("visits");
    static final byte[] BALANCE = ascii("balance");
    static final byte[] SEEN = ascii("seen");
    static final byte[] SCORE = ascii("score");
    static final byte[] ADDRESS = ascii("address");
    static final byte[] PHOTO = ascii("photo");
    static final byte[] N = ascii("n");
    static final byte[] S = ascii("s");
    static final byte[] PROFILE = ascii("profile");
    static final byte[] EVENTS = ascii("events");
    static final byte[] REACH = ascii("reach");

    private static byte[] ascii(String name) {
      return name.getBytes(StandardCharsets.US_ASCII);
    }
  }
}
