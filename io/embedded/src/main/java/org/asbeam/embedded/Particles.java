package org.asbeam.embedded;

/** What the server takes as a bin's value from a client ({@code as_particle} of the server). */
final class Particles {
  private static final int HLL_HEADER = 11;

  private Particles() {}

  /**
   * The value as it is stored.
   *
   * @throws RequestException if a server would refuse it
   */
  static Particle accept(Particle value) throws RequestException {
    return switch (value.type()) {
      case Particle.INTEGER -> integer(value);
      case Particle.FLOAT -> ofLength(value, 8);
      case Particle.BOOL -> ofLength(value, 1);
      case Particle.STRING, Particle.BLOB, 7, 8, 9, 10, 11, 12, Particle.VECTOR -> value;
      case Particle.HLL -> hll(value);
      case Particle.MAP, Particle.LIST -> collection(value);
      case Particle.GEOJSON -> geo(value);
      default -> throw RequestException.parameter("particle type " + value.type());
    };
  }

  /** Short integers are filled up with zeros, not with the sign. */
  private static Particle integer(Particle value) throws RequestException {
    int length = value.length();
    if (length == 8) {
      return value;
    }
    if (length != 1 && length != 2 && length != 4) {
      throw RequestException.parameter("an integer of " + length + " bytes");
    }
    byte[] full = new byte[8];
    System.arraycopy(value.source(), value.offset(), full, 8 - length, length);
    return Particle.of(Particle.INTEGER, full);
  }

  private static Particle ofLength(Particle value, int length) throws RequestException {
    if (value.length() != length) {
      throw RequestException.parameter(
          "particle type " + value.type() + " of " + value.length() + " bytes");
    }
    return value;
  }

  private static Particle hll(Particle value) throws RequestException {
    if (value.length() < HLL_HEADER) {
      throw RequestException.parameter("an HLL of " + value.length() + " bytes");
    }
    return value;
  }

  private static Particle collection(Particle value) throws RequestException {
    byte[] a = value.source();
    int at = value.offset();
    int end = at + value.length();
    boolean rightKind =
        at < end
            && (value.type() == Particle.MAP
                ? MessagePack.isMap(a[at])
                : MessagePack.isList(a[at]));
    if (!rightKind || MessagePack.skip(a, at, end) != end) {
      throw new RequestException(ResultCode.UNKNOWN, "a list or map that is no msgpack");
    }
    return value;
  }

  /** Flags, a count of cells, the cells, and JSON. The cells are kept as the client sent them. */
  private static Particle geo(Particle value) throws RequestException {
    int at = value.offset();
    if (value.length() >= 3) {
      int json = 3 + 8 * Bytes.u16(value.source(), at + 1);
      if (json < value.length() && value.source()[at + json] == '{') {
        return value;
      }
    }
    throw new RequestException(ResultCode.GEO_INVALID, "no GeoJSON object");
  }
}
