package org.asbeam.storage;

import java.io.Serializable;
import java.util.Locale;

/**
 * How the text of a backup file is compressed.
 *
 * @param codec the method
 * @param level for zstd {@value #MIN_LEVEL} to {@value #MAX_LEVEL}, the higher the smaller and
 *     slower; 0 without compression
 */
public record Compression(Codec codec, int level) implements Serializable {
  /** zstd's own and that of {@code asbackup}. */
  public static final int DEFAULT_LEVEL = 3;

  /** zstd's {@code ZSTD_minCLevel()}: -ZSTD_TARGETLENGTH_MAX, which is -2^17. */
  public static final int MIN_LEVEL = -(1 << 17);

  /** zstd's {@code ZSTD_maxCLevel()}. */
  public static final int MAX_LEVEL = 22;

  public static final Compression NONE = new Compression(Codec.NONE, 0);
  public static final Compression ZSTD = new Compression(Codec.ZSTD, DEFAULT_LEVEL);

  /** A method of compression. */
  public enum Codec {
    NONE,
    ZSTD
  }

  /**
   * @throws IllegalArgumentException if the codec knows no such level; zstd takes its default for 0
   */
  public Compression {
    if (codec == Codec.NONE && level != 0) {
      throw new IllegalArgumentException(
          "a compression level (" + level + ") needs a compression: choose zstd");
    }
    if (level < MIN_LEVEL || level > MAX_LEVEL) {
      throw new IllegalArgumentException(
          "zstd has the levels " + MIN_LEVEL + " to " + MAX_LEVEL + ", not " + level);
    }
    if (codec == Codec.ZSTD && level == 0) {
      level = DEFAULT_LEVEL;
    }
  }

  public static Compression zstd(int level) {
    return new Compression(Codec.ZSTD, level);
  }

  /**
   * Reads the form of {@link #toString}: {@code none}, {@code zstd} or {@code zstd:LEVEL}, in
   * letters of any case.
   *
   * @throws IllegalArgumentException if it isn't that
   */
  public static Compression parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals("none")) {
      return NONE;
    }
    if (lower.equals("zstd")) {
      return ZSTD;
    }
    if (lower.startsWith("zstd:")) {
      try {
        return zstd(Integer.parseInt(lower.substring("zstd:".length())));
      } catch (NumberFormatException e) {
        // Falls through to the one message.
      }
    }
    throw new IllegalArgumentException(
        "a compression is none, zstd or zstd:LEVEL, not '" + text + "'");
  }

  @Override
  public String toString() {
    return codec == Codec.NONE ? "none" : "zstd:" + level;
  }
}
