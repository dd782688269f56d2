package org.asbeam.transforms.work;

import java.time.Duration;

/**
 * How large a backup will be, judged by a random sample. All ranges hold with {@link #CONFIDENCE}.
 *
 * @param records how many records there are
 * @param sampled how many of them were read for it
 * @param textBytes of all files, before compression
 * @param storedBytes of all files, as they will lie there
 * @param time how long it would take at the speed of the sample, all slots at work
 */
public record SizeEstimate(
    Range records, long sampled, Range textBytes, Range storedBytes, Duration time) {
  /** The probability that what is estimated lies in its range. */
  public static final double CONFIDENCE = 0.99;

  /**
   * A number that is not known exactly.
   *
   * @param likely the best guess
   * @param low it is probably no less
   * @param high it is probably no more
   */
  public record Range(long likely, long low, long high) {
    static Range exactly(long value) {
      return new Range(value, value, value);
    }

    Range times(double factor) {
      return new Range(
          Math.round(likely * factor),
          (long) Math.floor(low * factor),
          (long) Math.ceil(high * factor));
    }
  }
}
