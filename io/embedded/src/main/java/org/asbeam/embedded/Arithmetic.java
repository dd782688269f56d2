package org.asbeam.embedded;

import java.util.List;

/** Numbers within expressions, with the wrap-around and the corner cases of the server's C. */
final class Arithmetic {
  static final int FIRST = 20;
  static final int LAST = 51;

  private static final int ADD = 20;
  private static final int SUBTRACT = 21;
  private static final int MULTIPLY = 22;
  private static final int DIVIDE = 23;
  private static final int POWER = 24;
  private static final int LOGARITHM = 25;
  private static final int MODULO = 26;
  private static final int ABSOLUTE = 27;
  private static final int FLOOR = 28;
  private static final int CEILING = 29;
  private static final int TO_INT = 30;
  private static final int TO_FLOAT = 31;
  private static final int AND = 32;
  private static final int OR = 33;
  private static final int XOR = 34;
  private static final int NOT = 35;
  private static final int SHIFT_LEFT = 36;
  private static final int SHIFT_RIGHT = 37;
  private static final int SHIFT_RIGHT_SIGNED = 38;
  private static final int COUNT_BITS = 39;
  private static final int SCAN_LEFT = 40;
  private static final int SCAN_RIGHT = 41;
  private static final int MINIMUM = 50;
  private static final int MAXIMUM = 51;

  private Arithmetic() {}

  /**
   * @throws RequestException with code 4 if the op isn't known or its arguments don't fit
   */
  static Expression of(int op, List<Expression> arguments) throws RequestException {
    Expression.Type type = check(op, arguments);
    boolean floats = arguments.get(0).type() == Expression.Type.FLOAT;
    return new Expression(
        type,
        subject -> {
          Object[] values = new Object[arguments.size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).value(subject);
            if (values[i] == null) {
              return null;
            }
          }
          return floats ? floats(op, values) : integers(op, values);
        });
  }

  private static Expression.Type check(int op, List<Expression> arguments) throws RequestException {
    Expression.Type first = arguments.isEmpty() ? null : arguments.get(0).type();
    boolean all = arguments.stream().allMatch(argument -> argument.type() == first);
    boolean ints = all && first == Expression.Type.INT;
    boolean floats = all && first == Expression.Type.FLOAT;
    int count = arguments.size();
    boolean fits =
        switch (op) {
          case ADD, SUBTRACT, MULTIPLY, DIVIDE, MINIMUM, MAXIMUM -> ints || floats;
          case POWER, LOGARITHM -> floats && count == 2;
          case MODULO, SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_SIGNED -> ints && count == 2;
          case ABSOLUTE -> (ints || floats) && count == 1;
          case FLOOR, CEILING, TO_INT -> floats && count == 1;
          case TO_FLOAT, NOT, COUNT_BITS -> ints && count == 1;
          case AND, OR, XOR -> ints;
          case SCAN_LEFT, SCAN_RIGHT ->
              count == 2
                  && first == Expression.Type.INT
                  && arguments.get(1).type() == Expression.Type.BOOL;
          default -> false;
        };
    if (!fits) {
      throw RequestException.parameter("op " + op + " on other numbers than it takes");
    }
    return op == TO_INT ? Expression.Type.INT : op == TO_FLOAT ? Expression.Type.FLOAT : first;
  }

  private static Object floats(int op, Object[] values) {
    double result = (Double) values[0];
    switch (op) {
      case SUBTRACT -> {
        if (values.length == 1) {
          return 0.0 - result;
        }
      }
      case DIVIDE -> {
        return quotient(values);
      }
      case POWER -> {
        return Math.pow(result, (Double) values[1]);
      }
      case LOGARITHM -> {
        return Math.log(result) / Math.log((Double) values[1]);
      }
      case ABSOLUTE -> {
        return Math.abs(result);
      }
      case FLOOR -> {
        return Math.floor(result);
      }
      case CEILING -> {
        return Math.ceil(result);
      }
      case TO_INT -> {
        return toInt(result);
      }
      default -> {}
    }
    for (int i = 1; i < values.length; i++) {
      double next = (Double) values[i];
      result =
          switch (op) {
            case ADD -> result + next;
            case SUBTRACT -> result - next;
            case MULTIPLY -> result * next;
            case MINIMUM -> result > next ? next : result;
            default -> result < next ? next : result;
          };
    }
    return result;
  }

  private static double quotient(Object[] values) {
    double product = 1;
    for (int i = 1; i < values.length; i++) {
      product *= (Double) values[i];
    }
    return values.length == 1 ? 1 / (Double) values[0] : (Double) values[0] / product;
  }

  /** What x86 makes of a number that no integer can be. */
  private static long toInt(double number) {
    boolean fits = number >= -0x1p63 && number < 0x1p63;
    return fits ? (long) number : Long.MIN_VALUE;
  }

  private static Object integers(int op, Object[] values) {
    long result = (Long) values[0];
    switch (op) {
      case SUBTRACT -> {
        if (values.length == 1) {
          return -result;
        }
      }
      case DIVIDE -> {
        return wholeQuotient(values);
      }
      case MODULO -> {
        long divisor = (Long) values[1];
        return divisor == 0 ? null : (Object) (result % divisor);
      }
      case ABSOLUTE -> {
        return Math.abs(result);
      }
      case TO_FLOAT -> {
        return (double) result;
      }
      case NOT -> {
        return ~result;
      }
      case SHIFT_LEFT -> {
        return result << (Long) values[1];
      }
      case SHIFT_RIGHT -> {
        return result >>> (Long) values[1];
      }
      case SHIFT_RIGHT_SIGNED -> {
        return result >> (Long) values[1];
      }
      case COUNT_BITS -> {
        return (long) Long.bitCount(result);
      }
      case SCAN_LEFT -> {
        int zeros = Long.numberOfLeadingZeros((Boolean) values[1] ? result : ~result);
        return zeros == 64 ? -1L : (long) zeros;
      }
      case SCAN_RIGHT -> {
        return 63L - Long.numberOfTrailingZeros((Boolean) values[1] ? result : ~result);
      }
      default -> {}
    }
    for (int i = 1; i < values.length; i++) {
      long next = (Long) values[i];
      result =
          switch (op) {
            case ADD -> result + next;
            case SUBTRACT -> result - next;
            case MULTIPLY -> result * next;
            case AND -> result & next;
            case OR -> result | next;
            case XOR -> result ^ next;
            case MINIMUM -> Math.min(result, next);
            default -> Math.max(result, next);
          };
    }
    return result;
  }

  private static Object wholeQuotient(Object[] values) {
    long product = 1;
    for (int i = 1; i < values.length; i++) {
      product *= (Long) values[i];
    }
    long dividend = values.length == 1 ? 1 : (Long) values[0];
    long divisor = values.length == 1 ? (Long) values[0] : product;
    return divisor == 0 ? null : (Object) (dividend / divisor);
  }
}
