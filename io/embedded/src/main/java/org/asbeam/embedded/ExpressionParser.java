package org.asbeam.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads a packed expression: msgpack lists of an op code and its arguments ({@code exp.c} of the
 * server). Comparisons, logic, the facts about a record and its scalar bins; all else is refused
 * with code 4, as a server refuses what it doesn't know.
 */
final class ExpressionParser {
  private static final int MAX_DEPTH = 64;

  private final MessagePackReader in;
  private int depth;

  ExpressionParser(byte[] packed) {
    in = new MessagePackReader(packed);
  }

  Expression parse() throws RequestException {
    Expression root = expression();
    in.expectEnd();
    return root;
  }

  private Expression expression() throws RequestException {
    if (!in.isList()) {
      return in.constant();
    }
    if (++depth > MAX_DEPTH) {
      throw RequestException.parameter("an expression nested too deep");
    }
    int arguments = in.listSize() - 1;
    Expression result = call((int) in.integer(), arguments);
    depth--;
    return result;
  }

  private Expression call(int op, int arguments) throws RequestException {
    return switch (op) {
      case 1 -> comparison(arguments, order -> order == 0);
      case 2 -> comparison(arguments, order -> order != 0);
      case 3 -> comparison(arguments, order -> order > 0);
      case 4 -> comparison(arguments, order -> order >= 0);
      case 5 -> comparison(arguments, order -> order < 0);
      case 6 -> comparison(arguments, order -> order <= 0);
      case 7 -> regex(arguments);
      case 16 -> decidedBy(false, booleans(arguments, 2));
      case 17 -> decidedBy(true, booleans(arguments, 2));
      case 18 -> not(booleans(arguments, 1).get(0));
      case 19 -> exclusive(booleans(arguments, 2));
      case 64 -> digestModulo(arguments);
      default -> recordFact(op, arguments);
    };
  }

  private Expression recordFact(int op, int arguments) throws RequestException {
    if (op == 81 || op == 82) {
      return op == 81 ? bin(arguments) : binType(arguments);
    }
    Expression fact = RecordFacts.of(op);
    if (fact == null) {
      throw RequestException.parameter("expression op " + op + " is not known");
    }
    expectArguments(op, arguments, 0);
    return fact;
  }

  private Expression comparison(int arguments, IntPredicate wanted) throws RequestException {
    expectArguments(1, arguments, 2);
    Expression left = expression();
    Expression right = expression();
    if (left.type() != right.type()) {
      throw RequestException.parameter("a comparison of " + left.type() + " with " + right.type());
    }
    return new Expression(
        Expression.Type.BOOL,
        subject -> {
          Object a = left.value(subject);
          Object b = right.value(subject);
          return a == null || b == null ? null : wanted.test(compare(a, b));
        });
  }

  private static int compare(Object a, Object b) {
    if (a instanceof Long number) {
      return number.compareTo((Long) b);
    } else if (a instanceof Double number) {
      return number.compareTo((Double) b);
    } else if (a instanceof String text) {
      return text.compareTo((String) b);
    } else if (a instanceof Boolean truth) {
      return truth.compareTo((Boolean) b);
    }
    return Arrays.compareUnsigned((byte[]) a, (byte[]) b);
  }

  private List<Expression> booleans(int arguments, int least) throws RequestException {
    if (arguments < least) {
      throw RequestException.parameter("logic with " + arguments + " arguments");
    }
    List<Expression> all = new ArrayList<>();
    for (int i = 0; i < arguments; i++) {
      Expression argument = expression();
      if (argument.type() != Expression.Type.BOOL) {
        throw RequestException.parameter("logic on " + argument.type());
      }
      all.add(argument);
    }
    return all;
  }

  /** OR is decided by one true argument, AND by one false. */
  private static Expression decidedBy(boolean decisive, List<Expression> arguments) {
    return new Expression(
        Expression.Type.BOOL,
        subject -> {
          boolean unknown = false;
          for (Expression argument : arguments) {
            Object value = argument.value(subject);
            if (value == null) {
              unknown = true;
            } else if ((Boolean) value == decisive) {
              return decisive;
            }
          }
          return unknown ? null : !decisive;
        });
  }

  private static Expression not(Expression argument) {
    return new Expression(
        Expression.Type.BOOL,
        subject -> {
          Object value = argument.value(subject);
          return value == null ? null : !(Boolean) value;
        });
  }

  /** Exactly one argument is true. */
  private static Expression exclusive(List<Expression> arguments) {
    return new Expression(
        Expression.Type.BOOL,
        subject -> {
          int trues = 0;
          for (Expression argument : arguments) {
            Object value = argument.value(subject);
            if (value == null) {
              return null;
            }
            trues += (Boolean) value ? 1 : 0;
          }
          return trues == 1;
        });
  }

  private Expression digestModulo(int arguments) throws RequestException {
    expectArguments(64, arguments, 1);
    long divisor = in.integer();
    if (divisor <= 0) {
      throw RequestException.parameter("digest modulo " + divisor);
    }
    return new Expression(
        Expression.Type.INT,
        subject -> {
          // The last four bytes, little-endian, unsigned.
          int at = Row.digestOffset(subject.row()) + 16;
          long number =
              Bytes.u16LittleEndian(subject.row(), at)
                  | (long) Bytes.u16LittleEndian(subject.row(), at + 2) << 16;
          return number % divisor;
        });
  }

  private Expression regex(int arguments) throws RequestException {
    expectArguments(7, arguments, 3);
    long flags = in.integer();
    String text = in.text();
    Expression subjectText = expression();
    if (subjectText.type() != Expression.Type.STRING) {
      throw RequestException.parameter("a pattern on " + subjectText.type());
    }
    Pattern pattern;
    try {
      // Flag 2 of POSIX regcomp: ignore case.
      pattern = Pattern.compile(text, (flags & 2) != 0 ? Pattern.CASE_INSENSITIVE : 0);
    } catch (PatternSyntaxException e) {
      throw RequestException.parameter("a pattern that is not understood");
    }
    return new Expression(
        Expression.Type.BOOL,
        subject -> {
          Object value = subjectText.value(subject);
          return value == null ? null : pattern.matcher((String) value).find();
        });
  }

  private Expression bin(int arguments) throws RequestException {
    expectArguments(81, arguments, 2);
    int type = (int) in.integer();
    byte[] name = Bytes.binName(in.text());
    return RecordFacts.bin(type, name);
  }

  private Expression binType(int arguments) throws RequestException {
    expectArguments(82, arguments, 1);
    byte[] name = Bytes.binName(in.text());
    return new Expression(
        Expression.Type.INT,
        subject -> {
          int at = Row.findOp(subject.row(), name);
          return at < 0 ? 0L : (long) Row.opType(subject.row(), at);
        });
  }

  private static void expectArguments(int op, int count, int expected) throws RequestException {
    if (count != expected) {
      throw RequestException.parameter(
          "expression op " + op + " with " + count + " arguments instead of " + expected);
    }
  }
}
