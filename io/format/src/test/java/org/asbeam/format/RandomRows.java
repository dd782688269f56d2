package org.asbeam.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Random rows of the wire protocol, of every key and particle type that ASB can spell, with the
 * edges more often than chance has them. Bin names are distinct within a row.
 *
 * <p>The rows are canonical: fields in the order key, namespace, digest, set; GeoJSON without
 * cells, NaN without payload. So they come out of an encoder and a decoder byte for byte.
 */
public final class RandomRows {
  /** The particle types that ASB can spell. */
  public static final List<Integer> PARTICLE_TYPES =
      List.of(
          ParticleType.INTEGER,
          ParticleType.DOUBLE,
          ParticleType.STRING,
          ParticleType.BLOB,
          ParticleType.JAVA_BLOB,
          ParticleType.CSHARP_BLOB,
          ParticleType.PYTHON_BLOB,
          ParticleType.RUBY_BLOB,
          ParticleType.PHP_BLOB,
          ParticleType.ERLANG_BLOB,
          ParticleType.BOOL,
          ParticleType.HLL,
          ParticleType.MAP,
          ParticleType.LIST,
          ParticleType.GEOJSON);

  private static final long[] LONGS = {
    0, 1, -1, 9, 10, 99, 100, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
  };

  private static final double[] DOUBLES = {
    0.0,
    -0.0,
    1,
    -1.5,
    0.1,
    1e5,
    1e6,
    1e-4,
    1e-5,
    1e21,
    Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    9007199254740993.0
  };

  private static final long[] VOID_TIMES = {0, 1, 525_600_000, 0x7fff_ffffL, 0xffff_ffffL};

  private static final byte[] NASTY = {
    ' ', '\n', '\\', '\r', '\t', 0, '+', '-', '*', '#', '!', '=', (byte) 0xff, (byte) 0xc3
  };

  private RandomRows() {}

  /** Rows of namespace {@code test}. */
  public static Arbitrary<byte[]> rows() {
    return Arbitraries.longs().map(seed -> row(new Random(seed), "test"));
  }

  /** One row; equal generators make equal rows. */
  public static byte[] row(Random random, String namespace) {
    RowBuilder row = new RowBuilder();
    row.begin(
        random.nextInt(4) == 0 ? random.nextInt(65536) : 1 + random.nextInt(5),
        random.nextBoolean()
            ? VOID_TIMES[random.nextInt(VOID_TIMES.length)]
            : random.nextInt(1 << 30));
    if (random.nextInt(3) > 0) {
      int type = List.of(1, 2, 3, 4).get(random.nextInt(4));
      byte[] key = value(random, type);
      row.key(type, key, 0, key.length);
    }
    byte[] name = namespace.getBytes(StandardCharsets.UTF_8);
    row.namespace(name, 0, name.length);
    row.digest(bytes(random, RecordView.DIGEST_LENGTH), 0);
    if (random.nextInt(4) > 0) {
      byte[] set = name(random, 63);
      row.set(set, 0, set.length);
    }
    int bins = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(8);
    for (int i = 0; i < bins; i++) {
      int type = PARTICLE_TYPES.get(random.nextInt(PARTICLE_TYPES.size()));
      byte[] binName = name(random, 14);
      byte[] distinct = new byte[binName.length + 1];
      distinct[0] = (byte) ('a' + i);
      System.arraycopy(binName, 0, distinct, 1, binName.length);
      byte[] value = value(random, type);
      row.bin(type, distinct, 0, distinct.length, value.length);
      row.value(value, 0, value.length);
    }
    return row.toByteArray();
  }

  /** A name of any octets, 1 to {@code most} of them. */
  private static byte[] name(Random random, int most) {
    int length = random.nextInt(8) == 0 ? most : 1 + random.nextInt(Math.min(most, 8));
    return random.nextInt(3) == 0 ? nasty(random, length) : letters(random, length);
  }

  private static byte[] value(Random random, int type) {
    return switch (type) {
      case ParticleType.INTEGER ->
          eight(random.nextBoolean() ? LONGS[random.nextInt(LONGS.length)] : random.nextLong());
      case ParticleType.DOUBLE -> eight(Double.doubleToLongBits(real(random)));
      case ParticleType.BOOL -> new byte[] {(byte) random.nextInt(2)};
      case ParticleType.GEOJSON -> {
        byte[] text = letters(random, length(random));
        byte[] value = new byte[3 + text.length];
        System.arraycopy(text, 0, value, 3, text.length);
        yield value;
      }
      case ParticleType.STRING -> nasty(random, length(random));
      default -> bytes(random, length(random));
    };
  }

  private static double real(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> DOUBLES[random.nextInt(DOUBLES.length)];
      case 1 -> Math.round(random.nextDouble() * 1e6) / 100.0;
      default -> Double.longBitsToDouble(random.nextLong());
    };
  }

  private static int length(Random random) {
    return switch (random.nextInt(20)) {
      case 0 -> 0;
      case 1 -> random.nextInt(20_000);
      default -> random.nextInt(100);
    };
  }

  private static byte[] eight(long value) {
    byte[] bytes = new byte[8];
    Octets.longBig(bytes, 0, value);
    return bytes;
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] letters(Random random, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(26));
    }
    return bytes;
  }

  private static byte[] nasty(Random random, int length) {
    byte[] bytes = letters(random, length);
    for (int i = 0; i < length; i++) {
      if (random.nextInt(3) == 0) {
        bytes[i] = NASTY[random.nextInt(NASTY.length)];
      }
    }
    return bytes;
  }
}
