package org.asbeam.embedded;

/** Walks msgpack without decoding it. */
final class MessagePack {
  /** What {@link #skip} answers for bytes that are no whole msgpack value. */
  static final int MALFORMED = -1;

  private static final int MAX_DEPTH = 64;

  private MessagePack() {}

  static boolean isMap(byte first) {
    int b = first & 0xff;
    return b >= 0x80 && b <= 0x8f || b == 0xde || b == 0xdf;
  }

  static boolean isList(byte first) {
    int b = first & 0xff;
    return b >= 0x90 && b <= 0x9f || b == 0xdc || b == 0xdd;
  }

  /** The offset behind the value at an offset, or {@link #MALFORMED}. */
  static int skip(byte[] a, int at, int limit) {
    return skip(a, at, limit, 0);
  }

  private static int skip(byte[] a, int at, int limit, int depth) {
    if (at >= limit || depth > MAX_DEPTH) {
      return MALFORMED;
    }
    int b = a[at] & 0xff;
    if (b <= 0x7f || b >= 0xe0 || b == 0xc0 || b == 0xc2 || b == 0xc3) {
      return at + 1;
    }
    if (b <= 0x8f) {
      return items(a, at + 1, limit, 2L * (b & 0x0f), depth);
    }
    if (b <= 0x9f) {
      return items(a, at + 1, limit, b & 0x0f, depth);
    }
    if (b <= 0xbf) {
      return within(at + 1 + (b & 0x1f), limit);
    }
    return switch (b) {
      case 0xcc, 0xd0 -> within(at + 2, limit);
      case 0xcd, 0xd1 -> within(at + 3, limit);
      case 0xca, 0xce, 0xd2 -> within(at + 5, limit);
      case 0xcb, 0xcf, 0xd3 -> within(at + 9, limit);
      case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> within(at + 2 + (1 << (b - 0xd4)), limit);
      case 0xc4, 0xd9 -> sized(a, at, 1, 0, limit);
      case 0xc5, 0xda -> sized(a, at, 2, 0, limit);
      case 0xc6, 0xdb -> sized(a, at, 4, 0, limit);
      case 0xc7 -> sized(a, at, 1, 1, limit);
      case 0xc8 -> sized(a, at, 2, 1, limit);
      case 0xc9 -> sized(a, at, 4, 1, limit);
      case 0xdc, 0xdd, 0xde, 0xdf -> container(a, at, b, limit, depth);
      default -> MALFORMED;
    };
  }

  private static int container(byte[] a, int at, int b, int limit, int depth) {
    int width = (b & 1) == 0 ? 2 : 4;
    if (at + 1 + width > limit) {
      return MALFORMED;
    }
    long count = number(a, at + 1, width) * (b >= 0xde ? 2 : 1);
    return items(a, at + 1 + width, limit, count, depth);
  }

  private static int items(byte[] a, int from, int limit, long count, int depth) {
    int at = from;
    for (long i = 0; i < count; i++) {
      at = skip(a, at, limit, depth + 1);
      if (at == MALFORMED) {
        return MALFORMED;
      }
    }
    return at;
  }

  private static int sized(byte[] a, int at, int width, int more, int limit) {
    if (at + 1 + width > limit) {
      return MALFORMED;
    }
    return within(at + 1L + width + more + number(a, at + 1, width), limit);
  }

  private static long number(byte[] a, int at, int width) {
    return switch (width) {
      case 1 -> a[at] & 0xff;
      case 2 -> Bytes.u16(a, at);
      default -> Bytes.i32(a, at) & 0xffffffffL;
    };
  }

  private static int within(long end, int limit) {
    return end <= limit ? (int) end : MALFORMED;
  }
}
