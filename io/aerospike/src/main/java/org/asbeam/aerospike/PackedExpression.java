package org.asbeam.aerospike;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Packs filter expressions: msgpack lists of an op code and its arguments ({@code exp.c} of the
 * server), and looks whether somebody else's bytes can be one.
 */
final class PackedExpression {
  private static final int EQUAL = 1;
  private static final int NOT_EQUAL = 2;
  private static final int AT_LEAST = 4;
  private static final int BELOW = 5;
  private static final int AND = 16;
  private static final int OR = 17;
  private static final int LAST_UPDATE = 66;
  private static final int TTL = 69;
  private static final int SET_NAME = 70;

  /** The time to live of a record that never expires, as a negative fixint. */
  private static final byte NEVER = -1;

  /** Strings begin with their particle type. */
  private static final byte STRING = 3;

  private static final int MAX_DEPTH = 256;

  private PackedExpression() {}

  static byte[] setIs(String set) {
    return comparison(EQUAL, SET_NAME, text(set));
  }

  static byte[] setIsNot(String set) {
    return comparison(NOT_EQUAL, SET_NAME, text(set));
  }

  /**
   * @param nanos since the Unix epoch
   */
  static byte[] lastUpdateAtLeast(long nanos) {
    return comparison(AT_LEAST, LAST_UPDATE, integer(nanos));
  }

  /**
   * @param nanos since the Unix epoch
   */
  static byte[] lastUpdateBelow(long nanos) {
    return comparison(BELOW, LAST_UPDATE, integer(nanos));
  }

  static byte[] neverExpires() {
    return comparison(EQUAL, TTL, new byte[] {NEVER});
  }

  static byte[] and(List<byte[]> parts) {
    return logic(AND, parts);
  }

  static byte[] or(List<byte[]> parts) {
    return logic(OR, parts);
  }

  /** The server refuses logic with a single argument. */
  private static byte[] logic(int op, List<byte[]> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int items = parts.size() + 1;
    if (items < 16) {
      out.write(0x90 | items);
    } else {
      out.write(0xdd);
      writeBytes(out, items, 4);
    }
    out.write(op);
    parts.forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static byte[] comparison(int op, int fact, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x93);
    out.write(op);
    out.write(0x91);
    out.write(fact);
    out.writeBytes(value);
    return out.toByteArray();
  }

  private static byte[] integer(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(9);
    out.write(value < 0 ? 0xd3 : 0xcf);
    writeBytes(out, value, 8);
    return out.toByteArray();
  }

  private static byte[] text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int length = 1 + bytes.length;
    if (length < 32) {
      out.write(0xa0 | length);
    } else {
      out.write(0xd9);
      out.write(length);
    }
    out.write(STRING);
    out.writeBytes(bytes);
    return out.toByteArray();
  }

  private static void writeBytes(ByteArrayOutputStream out, long value, int count) {
    for (int i = count - 1; i >= 0; i--) {
      out.write((int) (value >>> 8 * i));
    }
  }

  /**
   * What speaks against bytes being an expression; empty: nothing that can be seen without the
   * server. An expression is one msgpack value: a list that starts with an op code, or a boolean.
   */
  static String fault(byte[] a) {
    int first = a[0] & 0xff;
    if (first == 0xc2 || first == 0xc3) {
      return a.length == 1 ? "" : (a.length - 1) + " bytes are left behind its end at byte 1";
    }
    boolean isList = first >= 0x90 && first <= 0x9f || first == 0xdc || first == 0xdd;
    if (!isList) {
      return String.format("it starts with byte %02x, which is no msgpack list", first);
    }
    Walk walk = new Walk(a);
    if (!walk.value(0)) {
      return walk.fault;
    }
    return walk.at == a.length
        ? ""
        : (a.length - walk.at) + " bytes are left behind its end at byte " + walk.at;
  }

  /** Walks over msgpack without reading it. */
  private static final class Walk {
    private final byte[] a;
    private int at;
    private String fault = "";

    Walk(byte[] bytes) {
      a = bytes;
    }

    boolean value(int depth) {
      if (depth > MAX_DEPTH) {
        return fail("it is nested too deep at byte " + at);
      }
      if (at == a.length) {
        return truncated();
      }
      int first = a[at++] & 0xff;
      if (first <= 0x7f || first >= 0xe0) {
        return true;
      }
      if (first <= 0x8f) {
        return items(2L * (first & 0x0f), depth);
      }
      if (first <= 0x9f) {
        return items(first & 0x0f, depth);
      }
      if (first <= 0xbf) {
        return skip(first & 0x1f);
      }
      return switch (first) {
        case 0xc0, 0xc2, 0xc3 -> true;
        case 0xc4, 0xd9 -> skip(length(1));
        case 0xc5, 0xda -> skip(length(2));
        case 0xc6, 0xdb -> skip(length(4));
          // An extension has a byte of type besides its length.
        case 0xc7 -> skip(1 + length(1));
        case 0xc8 -> skip(1 + length(2));
        case 0xc9 -> skip(1 + length(4));
        case 0xcc, 0xd0 -> skip(1);
        case 0xcd, 0xd1 -> skip(2);
        case 0xca, 0xce, 0xd2 -> skip(4);
        case 0xcb, 0xcf, 0xd3 -> skip(8);
        case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> skip(1 + (1 << first - 0xd4));
        case 0xdc -> items(length(2), depth);
        case 0xdd -> items(length(4), depth);
        case 0xde -> items(2 * length(2), depth);
        case 0xdf -> items(2 * length(4), depth);
        default -> fail("byte " + (at - 1) + " is no msgpack");
      };
    }

    private boolean items(long count, int depth) {
      for (long i = 0; i < count; i++) {
        if (!value(depth + 1)) {
          return false;
        }
      }
      return true;
    }

    /** An unsigned length; more than there is if it is cut off. */
    private long length(int width) {
      if (width > a.length - at) {
        at = a.length;
        return Integer.MAX_VALUE;
      }
      long value = 0;
      for (int i = 0; i < width; i++) {
        value = value << 8 | a[at++] & 0xff;
      }
      return value;
    }

    private boolean skip(long count) {
      if (count > a.length - at) {
        return truncated();
      }
      at += (int) count;
      return true;
    }

    private boolean truncated() {
      return fail("it is cut off at byte " + a.length);
    }

    private boolean fail(String what) {
      fault = what;
      return false;
    }
  }
}
