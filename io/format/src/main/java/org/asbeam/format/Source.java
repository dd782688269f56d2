package org.asbeam.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A window that moves over a stream of ASB text. Parsers read {@link #bytes} from {@link #at} up to
 * {@link #end} in place, advance {@code at}, and call {@link #need} before they look further ahead.
 *
 * <pre>
 *   bytes:  | consumed | unread         | free  |
 *           0          at               end
 *           ^ base: its position in the stream
 * </pre>
 */
final class Source {
  private static final int CAPACITY = 256 * 1024;

  private static final int EXCERPT = 24;

  private static final String HINT_CUT =
      "the file is cut off: restore from another copy of it, or from another backup";
  private static final String HINT_DAMAGED =
      "the file is damaged: restore from another copy of it, or from another backup";

  /** The unread octets; another array after {@link #need}. */
  byte[] bytes = new byte[CAPACITY];

  int at;
  int end;

  private final InputStream stream;
  private final String file;

  /** Whether lines are counted, that is, whether the stream is the whole file. */
  private final boolean fromStart;

  private boolean ended;
  private long base;

  /** Line feeds before {@link #base}. */
  private long linesBefore;

  /** The position of the octet that starts the line that {@link #base} is in. */
  private long lineStart;

  /**
   * @param offset the position of the stream's first octet in the file; it starts a line
   * @param fromStart whether that is the file's start
   */
  Source(InputStream stream, String file, long offset, boolean fromStart) {
    this.stream = stream;
    this.file = file;
    this.base = offset;
    this.lineStart = offset;
    this.fromStart = fromStart;
  }

  /** The position in the file of the next octet. */
  long offset() {
    return base + at;
  }

  /** Whether there is no further octet; may read from the stream. */
  boolean atEnd() throws IOException {
    need(1);
    return at == end;
  }

  /**
   * Reads until {@code count} octets are unread in the buffer, or all that the stream still has.
   * The buffer grows if it is smaller, as octets arrive.
   */
  void need(int count) throws IOException {
    if (end - at < count && !ended) {
      fill(count);
    }
  }

  private void fill(int count) throws IOException {
    if (bytes.length - at < count) {
      discard();
    }
    while (end - at < count) {
      if (end == bytes.length) {
        bytes = Arrays.copyOf(bytes, bytes.length * 2);
      }
      int read = stream.read(bytes, end, bytes.length - end);
      if (read < 0) {
        ended = true;
        return;
      }
      end += read;
    }
  }

  /** Moves the unread octets to the buffer's start. */
  private void discard() {
    linesBefore += fromStart ? Octets.countLineFeeds(bytes, 0, at) : 0;
    lineStart = lineStart(at);
    System.arraycopy(bytes, at, bytes, 0, end - at);
    base += at;
    end -= at;
    at = 0;
  }

  /** The position of the octet that starts the line of the octet at an index of the buffer. */
  private long lineStart(int index) {
    for (int i = index - 1; i >= 0; i--) {
      if (bytes[i] == Octets.LF) {
        return base + i + 1;
      }
    }
    return lineStart;
  }

  /** Damage at the next octet. */
  AsbFormatException damage(String expected) {
    return damage(at, expected);
  }

  /**
   * Damage at an octet of the buffer.
   *
   * @param index the index of the first octet of the bad token; {@link #end} for a cut
   */
  AsbFormatException damage(int index, String expected) {
    return damage(index, expected, index >= end ? HINT_CUT : HINT_DAMAGED);
  }

  /** Damage with a hint of its own. */
  AsbFormatException damage(int index, String expected, String hint) {
    return damage(AsbFormatException.Kind.DAMAGE, index, expected, hint);
  }

  AsbFormatException damage(AsbFormatException.Kind kind, int index, String expected, String hint) {
    long position = base + index;
    AsbFormatException.Place place =
        new AsbFormatException.Place(
            file,
            fromStart ? linesBefore + Octets.countLineFeeds(bytes, 0, index) + 1 : 0,
            position - lineStart(index) + 1,
            position);
    return new AsbFormatException(kind, place, null, expected, excerpt(index), hint);
  }

  private String excerpt(int index) {
    if (index >= end) {
      return "the end of the file";
    }
    StringBuilder text = new StringBuilder("'");
    int stop = Math.min(end, index + EXCERPT);
    for (int i = index; i < stop; i++) {
      int octet = bytes[i] & 0xff;
      if (octet >= ' ' && octet < 0x7f && octet != '\\') {
        text.append((char) octet);
      } else {
        text.append(String.format("\\x%02x", octet));
      }
    }
    return text.append(stop < end ? "...'" : "'").toString();
  }
}
