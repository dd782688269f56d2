package org.asbeam.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Values of lists and maps, read from the server's msgpack, and their order among each other.
 *
 * <p>A value is a {@link Special}, {@link Boolean}, {@link Long}, {@link Double}, {@link String} of
 * one char per byte, {@code byte[]}, {@link List}, {@link TreeMap} in the order of keys, or {@link
 * Opaque}.
 */
final class Cdt {
  private static final int MAX_DEPTH = 64;

  private final byte[] a;
  private final int limit;
  private int at;

  private Cdt(byte[] bytes, int from, int to) {
    a = bytes;
    at = from;
    limit = to;
  }

  /** Values that are none of data. */
  enum Special {
    NIL,
    /** Equals everything. */
    WILDCARD,
    /** Greater than everything. */
    INFINITY
  }

  /** A value that is compared by its bytes: GeoJSON, blobs of languages, extensions. */
  record Opaque(int order, byte[] bytes) {}

  /** A value that can't be read. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  /** A value and the offset behind it. */
  record Parsed(Object value, int end) {}

  static Parsed parse(byte[] bytes, int from, int to) throws MalformedException {
    Cdt reader = new Cdt(bytes, from, to);
    return new Parsed(reader.value(0), reader.at);
  }

  /** The value of a bin, or null if it is none. */
  static Object ofBin(byte[] bytes, int from, int length) {
    try {
      return parse(bytes, from, from + length).value();
    } catch (MalformedException e) {
      return null;
    }
  }

  private Object value(int depth) throws MalformedException {
    if (depth > MAX_DEPTH) {
      throw new MalformedException("a value nested too deep");
    }
    int first = (int) unsigned(1);
    if (first <= 0x7f) {
      return (long) first;
    }
    if (first >= 0xe0) {
      return (long) (byte) first;
    }
    if (first <= 0x8f) {
      return map(first & 0x0f, depth);
    }
    if (first <= 0x9f) {
      return list(first & 0x0f, depth);
    }
    if (first <= 0xbf) {
      return typed(first & 0x1f);
    }
    return switch (first) {
      case 0xc0 -> Special.NIL;
      case 0xc2 -> false;
      case 0xc3 -> true;
      case 0xc4, 0xd9 -> typed(unsigned(1));
      case 0xc5, 0xda -> typed(unsigned(2));
      case 0xc6, 0xdb -> typed(unsigned(4));
      case 0xc7 -> extension(unsigned(1));
      case 0xc8 -> extension(unsigned(2));
      case 0xc9 -> extension(unsigned(4));
      case 0xca -> (double) Float.intBitsToFloat((int) unsigned(4));
      case 0xcb -> Double.longBitsToDouble(unsigned(8));
      case 0xcc -> unsigned(1);
      case 0xcd -> unsigned(2);
      case 0xce -> unsigned(4);
      case 0xcf, 0xd3 -> unsigned(8);
      case 0xd0 -> (long) (byte) unsigned(1);
      case 0xd1 -> (long) (short) unsigned(2);
      case 0xd2 -> (long) (int) unsigned(4);
      case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> extension(1L << first - 0xd4);
      case 0xdc -> list(unsigned(2), depth);
      case 0xdd -> list(unsigned(4), depth);
      case 0xde -> map(unsigned(2), depth);
      case 0xdf -> map(unsigned(4), depth);
      default -> throw new MalformedException("byte " + first);
    };
  }

  /** The first item of an ordered container says how it is ordered, and is none of its items. */
  private boolean isOrderMark() {
    return at + 1 < limit && a[at] == (byte) 0xc7 && at + 2 < limit && a[at + 2] != (byte) 0xff;
  }

  private List<Object> list(long count, int depth) throws MalformedException {
    List<Object> items = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      boolean mark = i == 0 && isOrderMark();
      Object item = value(depth + 1);
      if (!mark) {
        items.add(item);
      }
    }
    return items;
  }

  private TreeMap<Object, Object> map(long count, int depth) throws MalformedException {
    TreeMap<Object, Object> items = new TreeMap<>(Cdt::compare);
    for (long i = 0; i < count; i++) {
      boolean mark = i == 0 && isOrderMark();
      Object key = value(depth + 1);
      Object item = value(depth + 1);
      if (!mark) {
        items.put(key, item);
      }
    }
    return items;
  }

  /** Strings and blobs start with their particle type. */
  private Object typed(long length) throws MalformedException {
    byte[] bytes = bytes(length);
    if (bytes.length == 0) {
      throw new MalformedException("a text without its type");
    }
    return switch (bytes[0]) {
      case Particle.STRING -> Bytes.binName(bytes, 1, bytes.length - 1);
      case Particle.GEOJSON -> new Opaque(9, bytes);
      case Particle.BLOB -> Arrays.copyOfRange(bytes, 1, bytes.length);
      default -> new Opaque(7, bytes);
    };
  }

  private Object extension(long length) throws MalformedException {
    int type = (int) unsigned(1);
    byte[] bytes = bytes(length);
    if (type == 0xff && bytes.length == 1) {
      return bytes[0] == 0 ? Special.WILDCARD : Special.INFINITY;
    }
    return new Opaque(10, bytes);
  }

  private byte[] bytes(long length) throws MalformedException {
    need(length);
    byte[] bytes = Arrays.copyOfRange(a, at, at + (int) length);
    at += (int) length;
    return bytes;
  }

  private long unsigned(int width) throws MalformedException {
    need(width);
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << 8 | a[at++] & 0xff;
    }
    return value;
  }

  private void need(long count) throws MalformedException {
    if (count > limit - at) {
      throw new MalformedException("cut off");
    }
  }

  /**
   * The server's order of values of all types: nil, booleans, integers, strings, lists, maps,
   * blobs, floats, GeoJSON, extensions.
   */
  static int compare(Object x, Object y) {
    if (x == Special.WILDCARD || y == Special.WILDCARD) {
      return 0;
    }
    int order = Integer.compare(order(x), order(y));
    if (order != 0) {
      return order;
    }
    if (x instanceof Boolean truth) {
      return truth.compareTo((Boolean) y);
    } else if (x instanceof Long number) {
      return number.compareTo((Long) y);
    } else if (x instanceof String text) {
      return text.compareTo((String) y);
    } else if (x instanceof List<?> list) {
      return compareLists(list, (List<?>) y);
    } else if (x instanceof TreeMap<?, ?> map) {
      return compareMaps(map, (TreeMap<?, ?>) y);
    } else if (x instanceof byte[] bytes) {
      return Arrays.compareUnsigned(bytes, (byte[]) y);
    } else if (x instanceof Double number) {
      return compareFloats(number, (Double) y);
    } else if (x instanceof Opaque opaque) {
      return Arrays.compareUnsigned(opaque.bytes(), ((Opaque) y).bytes());
    }
    return 0;
  }

  /** As the server does: zeros are equal, and what is not a number equals every float. */
  private static int compareFloats(double x, double y) {
    return x < y ? -1 : x > y ? 1 : 0;
  }

  private static int order(Object value) {
    if (value instanceof Special special) {
      return special == Special.NIL ? 0 : 11;
    } else if (value instanceof Boolean) {
      return 1;
    } else if (value instanceof Long) {
      return 2;
    } else if (value instanceof String) {
      return 3;
    } else if (value instanceof List) {
      return 5;
    } else if (value instanceof TreeMap) {
      return 6;
    } else if (value instanceof byte[]) {
      return 7;
    } else if (value instanceof Double) {
      return 8;
    }
    return ((Opaque) value).order();
  }

  private static int compareLists(List<?> x, List<?> y) {
    for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
      if (x.get(i) == Special.WILDCARD || y.get(i) == Special.WILDCARD) {
        // In a list it stands for all that follows only where it is last.
        continue;
      }
      int order = compare(x.get(i), y.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(x.size(), y.size());
  }

  private static int compareMaps(TreeMap<?, ?> x, TreeMap<?, ?> y) {
    int order = Integer.compare(x.size(), y.size());
    var xs = x.entrySet().iterator();
    var ys = y.entrySet().iterator();
    while (order == 0 && xs.hasNext()) {
      var a = xs.next();
      var b = ys.next();
      order = compare(a.getKey(), b.getKey());
      order = order != 0 ? order : compare(a.getValue(), b.getValue());
    }
    return order;
  }
}
