package org.asbeam.embedded;

import java.util.function.Function;

/** A part of a filter: a type that is known at once, and a value for each record. */
final class Expression {
  /** The types of the server's expression language that this node knows. */
  enum Type {
    NIL,
    BOOL,
    INT,
    FLOAT,
    STRING,
    BLOB,
    LIST,
    MAP;

    /**
     * A type by the server's number.
     *
     * @throws RequestException with code 4 if it is none that this node knows
     */
    static Type of(long code) throws RequestException {
      return switch ((int) Math.min(code, 100)) {
        case 1 -> BOOL;
        case 2 -> INT;
        case 3 -> STRING;
        case 4 -> LIST;
        case 5 -> MAP;
        case 6 -> BLOB;
        case 7 -> FLOAT;
        default -> throw RequestException.parameter("expression type " + code);
      };
    }
  }

  /** What is never known, of any type where a condition wants one. */
  static final Expression UNKNOWN = new Expression(Type.BOOL, subject -> null);

  private final Type type;
  private final Function<Subject, Object> function;

  Expression(Type type, Function<Subject, Object> function) {
    this.type = type;
    this.function = function;
  }

  static Expression constant(Type type, Object value) {
    return new Expression(type, new Constant(value));
  }

  /** The same for each record. */
  private record Constant(Object value) implements Function<Subject, Object> {
    @Override
    public Object apply(Subject subject) {
      return value;
    }
  }

  boolean isConstant() {
    return function instanceof Constant;
  }

  Type type() {
    return type;
  }

  /**
   * The value for a record: a {@link Boolean}, {@link Long}, {@link Double}, {@link String} of one
   * char per byte, {@code byte[]}, or a list or map as {@link Cdt} makes them; null: unknown.
   */
  Object value(Subject subject) {
    return function.apply(subject);
  }
}
