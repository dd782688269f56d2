package org.asbeam.embedded;

import java.util.Arrays;
import java.util.function.ToLongFunction;

/** What a filter can ask about a record. */
final class RecordFacts {
  private static final long NEVER = -1;

  private RecordFacts() {}

  /** The fact with an op code and without arguments, or null. */
  static Expression of(int op) {
    return switch (op) {
      case 65, 73, 74 -> integer(RecordFacts::size);
      case 66 -> integer(s -> nanos(Row.lastUpdate(s.row())));
      case 67 -> integer(s -> s.now() - Row.lastUpdate(s.row()));
      case 68 -> integer(RecordFacts::voidTime);
      case 69 -> integer(RecordFacts::ttl);
      case 70 -> new Expression(Expression.Type.STRING, RecordFacts::setName);
      case 71 -> new Expression(Expression.Type.BOOL, s -> Row.key(s.row()) != null);
      case 72 -> Expression.constant(Expression.Type.BOOL, false);
      default -> null;
    };
  }

  private static Expression integer(ToLongFunction<Subject> fact) {
    return new Expression(Expression.Type.INT, fact::applyAsLong);
  }

  /** Rounded up to 16 bytes, as records lie on a device. */
  private static long size(Subject subject) {
    return (subject.row().length + 15L) & ~15L;
  }

  private static long nanos(long milliseconds) {
    return (milliseconds + Epoch.UNIX_SECONDS * 1000) * 1_000_000;
  }

  private static long voidTime(Subject subject) {
    long voidTime = Row.voidTime(subject.row());
    return voidTime == 0 ? NEVER : nanos(voidTime * 1000);
  }

  private static long ttl(Subject subject) {
    long voidTime = Row.voidTime(subject.row());
    return voidTime == 0 ? NEVER : Math.max(0, voidTime - subject.now() / 1000);
  }

  private static String setName(Subject subject) {
    byte[] set = Row.set(subject.row());
    return Bytes.binName(set, 0, set.length);
  }

  /** The user key that is stored; unknown if there is none or one of another type. */
  static Expression key(Expression.Type type) throws RequestException {
    int particleType =
        switch (type) {
          case INT -> Particle.INTEGER;
          case STRING -> Particle.STRING;
          case BLOB -> Particle.BLOB;
          default -> throw RequestException.parameter("a key of type " + type);
        };
    return new Expression(
        type,
        subject -> {
          byte[] key = Row.key(subject.row());
          if (key == null || key.length == 0 || key[0] != particleType) {
            return null;
          }
          return switch (particleType) {
            case Particle.INTEGER -> key.length == 9 ? (Object) Bytes.i64(key, 1) : null;
            case Particle.STRING -> Bytes.binName(key, 1, key.length - 1);
            default -> Arrays.copyOfRange(key, 1, key.length);
          };
        });
  }

  /** The value of a bin; unknown if the bin is not there or of another type. */
  static Expression bin(Expression.Type type, byte[] name) throws RequestException {
    return switch (type) {
      case BOOL -> bin(type, Particle.BOOL, name, (row, at, length) -> row[at] != 0);
      case INT -> bin(type, Particle.INTEGER, name, (row, at, length) -> Bytes.i64(row, at));
      case FLOAT ->
          bin(
              type,
              Particle.FLOAT,
              name,
              (row, at, length) -> Double.longBitsToDouble(Bytes.i64(row, at)));
      case STRING -> bin(type, Particle.STRING, name, Bytes::binName);
      case BLOB ->
          bin(
              type,
              Particle.BLOB,
              name,
              (row, at, length) -> Arrays.copyOfRange(row, at, at + length));
      case LIST -> bin(type, Particle.LIST, name, Cdt::ofBin);
      case MAP -> bin(type, Particle.MAP, name, Cdt::ofBin);
      case NIL -> throw RequestException.parameter("a bin of no type");
    };
  }

  private interface Decoder {
    Object decode(byte[] row, int at, int length);
  }

  private static Expression bin(
      Expression.Type type, int particleType, byte[] name, Decoder decoder) {
    return new Expression(
        type,
        subject -> {
          byte[] row = subject.row();
          int at = Row.findOp(row, name);
          return at < 0 || Row.opType(row, at) != particleType
              ? null
              : decoder.decode(row, Row.opValueOffset(row, at), Row.opValueLength(row, at));
        });
  }
}
