package org.asbeam.embedded;

import java.util.function.Function;

/** A part of a filter: a type that is known at once, and a value for each record. */
final class Expression {
  /** The types of the server's expression language that this node knows. */
  enum Type {
    BOOL,
    INT,
    FLOAT,
    STRING,
    BLOB
  }

  private final Type type;
  private final Function<Subject, Object> function;

  Expression(Type type, Function<Subject, Object> function) {
    this.type = type;
    this.function = function;
  }

  static Expression constant(Type type, Object value) {
    return new Expression(type, subject -> value);
  }

  Type type() {
    return type;
  }

  /**
   * The value for a record: a {@link Boolean}, {@link Long}, {@link Double}, {@link String} of one
   * char per byte, or {@code byte[]}; null: unknown.
   */
  Object value(Subject subject) {
    return function.apply(subject);
  }
}
