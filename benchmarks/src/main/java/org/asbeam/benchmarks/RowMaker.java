package org.asbeam.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.asbeam.format.ParticleType;
import org.asbeam.format.RecordView;
import org.asbeam.format.RowBuilder;

/**
 * Makes synthetic rows, each a function of seed, shape and number. Used by one thread.
 *
 * <p>A made row is valid until the next one is made.
 */
public final class RowMaker {
  private static final byte[] KEY_START = "user".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_DIGITS = 11;

  /** An odd number spreads the numbers of records over the seeds of the generator. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final long seed;
  private final RowShape shape;
  private final byte[] set;
  private final byte[] key = new byte[KEY_START.length + KEY_DIGITS];
  private final byte[] digest = new byte[RecordView.DIGEST_LENGTH];
  private final byte[] scratch = RowShape.scratch();
  private final RowBuilder row = new RowBuilder();

  public RowMaker(long seed, RowShape shape, String set) {
    this.seed = seed;
    this.shape = shape;
    this.set = set.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(KEY_START, 0, key, 0, KEY_START.length);
  }

  /**
   * Makes a row whose digest is in a partition, and falls with its rank: rank 0 has the greatest
   * digest, as the first row of a scan.
   *
   * @param partition 0 to 4095
   * @param rank 0 to 2^20 - 1
   */
  public RowBuilder ofPartition(int partition, int rank) {
    long number = (long) rank << 12 | partition;
    SplittableRandom random = random(number);
    digest[0] = (byte) partition;
    digest[1] = (byte) (0xf0 | partition >> 8);
    // 44 bits: the rank comes first, what is below it does not change the order.
    putLong(digest, 2, -1L - ((long) rank << 44) - (random.nextLong() >>> 20));
    putLong(digest, 10, random.nextLong());
    digest[18] = (byte) partition;
    digest[19] = (byte) rank;
    return make(number, digest, random);
  }

  /** Makes a row with the digest that a server gives its key. */
  public RowBuilder numbered(long number, byte[] itsDigest) {
    return make(number, itsDigest, random(number));
  }

  /** The user key of a record, a string. */
  public byte[] keyOf(long number) {
    long left = number;
    for (int i = key.length - 1; i >= KEY_START.length; i--) {
      key[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
    return key;
  }

  private SplittableRandom random(long number) {
    return new SplittableRandom((seed << 40) + number * SPREAD);
  }

  private RowBuilder make(long number, byte[] itsDigest, SplittableRandom random) {
    row.begin(1 + (int) (number & 3), 0);
    row.digest(itsDigest, 0);
    row.set(set, 0, set.length);
    row.key(ParticleType.STRING, keyOf(number), 0, key.length);
    shape.bins(row, random, scratch);
    return row;
  }

  private static void putLong(byte[] to, int at, long value) {
    for (int i = 0; i < Long.BYTES; i++) {
      to[at + i] = (byte) (value >>> 56 - 8 * i);
    }
  }
}
