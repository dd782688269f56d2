package org.asbeam.embedded;

/**
 * An op of a request.
 *
 * @param code what to do
 * @param name the bin's name, one char per byte
 * @param value the value that comes with it
 */
record Op(int code, String name, Particle value) {
  private static final int HAS_LUT = 0x01;
  private static final int LUT_LENGTH = 8;

  /** The op at an offset; {@link #end} tells where it ends. */
  static Op parse(byte[] a, int at, int limit) throws RequestException {
    int end = end(a, at, limit);
    int nameLength = Bytes.u8(a, at + 7);
    int valueAt = at + 8 + nameLength + ((a[at + 6] & HAS_LUT) != 0 ? LUT_LENGTH : 0);
    if (valueAt > end) {
      throw RequestException.parameter("an op's name reaches beyond the op");
    }
    String name = Bytes.binName(a, at + 8, nameLength);
    return new Op(
        Bytes.u8(a, at + 4), name, new Particle(Bytes.u8(a, at + 5), a, valueAt, end - valueAt));
  }

  static int end(byte[] a, int at, int limit) throws RequestException {
    if (limit - at < 8) {
      throw RequestException.parameter("an op's header reaches beyond the message");
    }
    int size = Bytes.i32(a, at);
    if (size < 4 || size > limit - at - 4) {
      throw RequestException.parameter("an op of " + size + " bytes");
    }
    return at + 4 + size;
  }

  boolean isReadAll(int info1) {
    return code == Protocol.OP_READ && name.isEmpty() && (info1 & Protocol.INFO1_GET_ALL) != 0;
  }

  /** Whether it changes a bin that must be there already, or at least be of the right type. */
  boolean isModify() {
    return code == Protocol.OP_INCR || code == Protocol.OP_APPEND || code == Protocol.OP_PREPEND;
  }

  /** Whether this node knows the op at all: it has none of lists, maps, bits, HLLs, expressions. */
  boolean isKnown() {
    return switch (code) {
      case Protocol.OP_READ,
              Protocol.OP_WRITE,
              Protocol.OP_INCR,
              Protocol.OP_APPEND,
              Protocol.OP_PREPEND,
              Protocol.OP_TOUCH,
              Protocol.OP_DELETE_ALL ->
          true;
      default -> false;
    };
  }
}
