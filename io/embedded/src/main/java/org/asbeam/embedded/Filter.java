package org.asbeam.embedded;

/**
 * A filter expression of a request: decides which records it is about. Three-valued as on a server:
 * what depends on a missing bin is unknown, and a record of which nothing is known is left out.
 */
final class Filter {
  private final Expression root;

  private Filter(Expression root) {
    this.root = root;
  }

  /** The filter of a request, or null if it has none. */
  static Filter of(Request request) throws RequestException {
    byte[] packed = request.filter();
    return packed == null ? null : parse(packed);
  }

  /**
   * @throws RequestException with code 4 if it is malformed, is not boolean, or uses what this node
   *     doesn't know
   */
  static Filter parse(byte[] packed) throws RequestException {
    Expression root = new ExpressionParser(packed).parse();
    if (root.type() != Expression.Type.BOOL) {
      throw RequestException.parameter("the filter is not boolean");
    }
    return new Filter(root);
  }

  /**
   * @param now milliseconds since 2010-01-01T00:00:00Z
   */
  boolean matches(byte[] row, long now) {
    return Boolean.TRUE.equals(root.value(new Subject(row, now)));
  }
}
