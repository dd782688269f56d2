package org.asbeam.embedded;

import java.util.Arrays;

/** Reads the msgpack of expressions: small integers, lists, texts and constants. */
final class MessagePackReader {
  private final byte[] a;
  private int at;

  MessagePackReader(byte[] packed) {
    a = packed;
  }

  void expectEnd() throws RequestException {
    if (at != a.length) {
      throw RequestException.parameter("bytes behind the expression");
    }
  }

  boolean isList() throws RequestException {
    need(1);
    return MessagePack.isList(a[at]);
  }

  /** The number of a list's items, at least 1: the op code. */
  int listSize() throws RequestException {
    int first = u8();
    int size =
        first <= 0x9f ? first & 0x0f : (int) Math.min(unsigned(first == 0xdc ? 2 : 4), 1 << 20);
    if (size == 0) {
      throw RequestException.parameter("an empty list where an expression should be");
    }
    return size;
  }

  long integer() throws RequestException {
    int first = u8();
    if (first <= 0x7f) {
      return first;
    }
    if (first >= 0xe0) {
      return (byte) first;
    }
    return switch (first) {
      case 0xcc -> unsigned(1);
      case 0xcd -> unsigned(2);
      case 0xce -> unsigned(4);
      case 0xcf, 0xd3 -> unsigned(8);
      case 0xd0 -> (byte) unsigned(1);
      case 0xd1 -> (short) unsigned(2);
      case 0xd2 -> (int) unsigned(4);
      default -> throw RequestException.parameter("no integer in the expression");
    };
  }

  /** A name or a pattern: a string without a particle type. */
  String text() throws RequestException {
    byte[] bytes = bytes();
    return Bytes.binName(bytes, 0, bytes.length);
  }

  /** A whole value of data. */
  Object data() throws RequestException {
    try {
      Cdt.Parsed parsed = Cdt.parse(a, at, a.length);
      at = parsed.end();
      return parsed.value();
    } catch (Cdt.MalformedException e) {
      throw RequestException.parameter("a value in the expression: " + e.getMessage());
    }
  }

  Expression constant() throws RequestException {
    need(1);
    int first = Bytes.u8(a, at);
    if (first == 0xc0) {
      at++;
      return Expression.constant(Expression.Type.NIL, Cdt.Special.NIL);
    }
    if (MessagePack.isMap(a[at])) {
      return Expression.constant(Expression.Type.MAP, data());
    }
    if (first == 0xc2 || first == 0xc3) {
      at++;
      return Expression.constant(Expression.Type.BOOL, first == 0xc3);
    }
    if (first == 0xca || first == 0xcb) {
      at++;
      double value =
          first == 0xcb
              ? Double.longBitsToDouble(unsigned(8))
              : Float.intBitsToFloat((int) unsigned(4));
      return Expression.constant(Expression.Type.FLOAT, value);
    }
    boolean isText = first >= 0xa0 && first <= 0xbf || first >= 0xd9 && first <= 0xdb;
    boolean isBinary = first >= 0xc4 && first <= 0xc6;
    if (isText || isBinary) {
      return typed(bytes());
    }
    return Expression.constant(Expression.Type.INT, integer());
  }

  /** Strings and blobs start with their particle type. */
  private static Expression typed(byte[] bytes) throws RequestException {
    if (bytes.length > 0 && bytes[0] == Particle.STRING) {
      String text = Bytes.binName(bytes, 1, bytes.length - 1);
      return Expression.constant(Expression.Type.STRING, text);
    }
    if (bytes.length > 0 && bytes[0] == Particle.BLOB) {
      byte[] blob = Arrays.copyOfRange(bytes, 1, bytes.length);
      return Expression.constant(Expression.Type.BLOB, blob);
    }
    throw RequestException.parameter("a constant of an unknown type");
  }

  private byte[] bytes() throws RequestException {
    int first = u8();
    long length =
        switch (first) {
          case 0xc4, 0xd9 -> unsigned(1);
          case 0xc5, 0xda -> unsigned(2);
          case 0xc6, 0xdb -> unsigned(4);
          default -> {
            if (first < 0xa0 || first > 0xbf) {
              throw RequestException.parameter("no text in the expression");
            }
            yield first & 0x1f;
          }
        };
    need(length);
    byte[] bytes = Arrays.copyOfRange(a, at, at + (int) length);
    at += (int) length;
    return bytes;
  }

  private int u8() throws RequestException {
    return (int) unsigned(1);
  }

  private long unsigned(int width) throws RequestException {
    need(width);
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << 8 | a[at++] & 0xff;
    }
    return value;
  }

  private void need(long count) throws RequestException {
    if (count > a.length - at) {
      throw RequestException.parameter("a truncated expression");
    }
  }
}
