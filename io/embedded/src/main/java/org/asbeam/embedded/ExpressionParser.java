package org.asbeam.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * Reads a packed expression: msgpack lists of an op code and its arguments ({@code exp.c} of the
 * server). Comparisons, logic, numbers, conditions, variables, the facts about a record, its key
 * and bins, patterns, and reads of lists and maps. GeoJSON, HyperLogLogs, bits, and whatever
 * changes a value are refused with code 4, as a server refuses what it doesn't know.
 */
final class ExpressionParser {
  private static final int MAX_DEPTH = 64;

  private static final int UNKNOWN = 0;
  private static final int EQUAL = 1;
  private static final int LESS_OR_EQUAL = 6;
  private static final int REGEX = 7;
  private static final int KEY = 80;
  private static final int BIN = 81;
  private static final int BIN_TYPE = 82;
  private static final int CONDITION = 123;
  private static final int VARIABLE = 124;
  private static final int LET = 125;
  private static final int QUOTE = 126;
  private static final int CALL = 127;

  /** The system of a call that is about lists and maps, and reads them. */
  private static final int CALL_CDT_READ = 0;

  /** An op on lists and maps that first steps into nested ones. */
  private static final int CDT_CONTEXT = 0xff;

  private final MessagePackReader in;
  private final Map<String, Expression> variables = new HashMap<>();
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
      case UNKNOWN -> {
        expectArguments(op, arguments, 0);
        yield Expression.UNKNOWN;
      }
      case EQUAL, 2, 3, 4, 5, LESS_OR_EQUAL -> comparison(op, arguments);
      case REGEX -> regex(arguments);
      case 16 -> decidedBy(false, booleans(arguments, 2));
      case 17 -> decidedBy(true, booleans(arguments, 2));
      case 18 -> {
        expectArguments(op, arguments, 1);
        yield not(booleans(arguments, 1).get(0));
      }
      case 19 -> exclusive(booleans(arguments, 2));
      case 64 -> digestModulo(arguments);
      case CONDITION -> condition(arguments);
      case VARIABLE -> variable(arguments);
      case LET -> let(arguments);
      case QUOTE -> quote(arguments);
      case CALL -> cdtRead(arguments);
      default -> recordFact(op, arguments);
    };
  }

  private Expression recordFact(int op, int arguments) throws RequestException {
    if (op >= Arithmetic.FIRST && op <= Arithmetic.LAST) {
      return Arithmetic.of(op, expressions(arguments));
    }
    if (op == KEY) {
      expectArguments(op, arguments, 1);
      return RecordFacts.key(Expression.Type.of(in.integer()));
    }
    if (op == BIN || op == BIN_TYPE) {
      return op == BIN ? bin(arguments) : binType(arguments);
    }
    Expression fact = RecordFacts.of(op);
    if (fact == null) {
      throw RequestException.parameter("expression op " + op + " is not known");
    }
    expectArguments(op, arguments, 0);
    return fact;
  }

  private List<Expression> expressions(int count) throws RequestException {
    List<Expression> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(expression());
    }
    return all;
  }

  private Expression comparison(int op, int arguments) throws RequestException {
    expectArguments(op, arguments, 2);
    Expression left = expression();
    Expression right = expression();
    // Maps are compared as they lie in the server's memory, which is not known here.
    if (left.type() != right.type() || left.type() == Expression.Type.MAP) {
      throw RequestException.parameter("a comparison of " + left.type() + " with " + right.type());
    }
    IntPredicate wanted = wanted(op);
    return new Expression(
        Expression.Type.BOOL,
        subject -> {
          Object a = left.value(subject);
          Object b = right.value(subject);
          if (a == null || b == null) {
            return null;
          }
          return a instanceof Double number
              ? compareFloats(op, number, (Double) b)
              : wanted.test(Cdt.compare(a, b));
        });
  }

  private static IntPredicate wanted(int op) {
    return switch (op) {
      case EQUAL -> order -> order == 0;
      case 2 -> order -> order != 0;
      case 3 -> order -> order > 0;
      case 4 -> order -> order >= 0;
      case 5 -> order -> order < 0;
      default -> order -> order <= 0;
    };
  }

  /** As C does: not a number is unequal to all, and both zeros are equal. */
  private static boolean compareFloats(int op, double a, double b) {
    return switch (op) {
      case EQUAL -> a == b;
      case 2 -> a != b;
      case 3 -> a > b;
      case 4 -> a >= b;
      case 5 -> a < b;
      default -> a <= b;
    };
  }

  /** Pairs of a condition and what it leads to, and what else. */
  private Expression condition(int arguments) throws RequestException {
    if (arguments < 3 || arguments % 2 == 0) {
      throw RequestException.parameter("a choice with " + arguments + " arguments");
    }
    List<Expression> all = expressions(arguments);
    Expression.Type type = null;
    for (int i = 0; i < arguments; i++) {
      Expression part = all.get(i);
      boolean isCondition = i % 2 == 0 && i < arguments - 1;
      if (isCondition && part.type() != Expression.Type.BOOL) {
        throw RequestException.parameter("a condition of type " + part.type());
      }
      if (!isCondition && part != Expression.UNKNOWN) {
        if (type != null && part.type() != type) {
          throw RequestException.parameter("a choice between types");
        }
        type = part.type();
      }
    }
    return new Expression(
        type == null ? Expression.Type.BOOL : type,
        subject -> {
          for (int i = 0; i < arguments - 1; i += 2) {
            Object decided = all.get(i).value(subject);
            if (decided == null) {
              return null;
            }
            if ((Boolean) decided) {
              return all.get(i + 1).value(subject);
            }
          }
          return all.get(arguments - 1).value(subject);
        });
  }

  private Expression variable(int arguments) throws RequestException {
    expectArguments(VARIABLE, arguments, 1);
    Expression value = variables.get(in.text());
    if (value == null) {
      throw RequestException.parameter("a variable that is not defined");
    }
    return value;
  }

  /** Pairs of a name and its value, and an expression that uses them. */
  private Expression let(int arguments) throws RequestException {
    if (arguments < 3 || arguments % 2 == 0) {
      throw RequestException.parameter("variables in " + arguments + " arguments");
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < arguments / 2; i++) {
      String name = in.text();
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || variables.containsKey(name)) {
        throw RequestException.parameter("a variable twice or of no name");
      }
      variables.put(name, expression());
      names.add(name);
    }
    Expression result = expression();
    variables.keySet().removeAll(names);
    return result;
  }

  private Expression quote(int arguments) throws RequestException {
    expectArguments(QUOTE, arguments, 1);
    if (!in.isList()) {
      throw RequestException.parameter("a quote of no list");
    }
    return Expression.constant(Expression.Type.LIST, in.data());
  }

  private Expression cdtRead(int arguments) throws RequestException {
    expectArguments(CALL, arguments, 4);
    Expression.Type type = Expression.Type.of(in.integer());
    if (in.integer() != CALL_CDT_READ || !in.isList()) {
      throw RequestException.parameter("a call that is not known");
    }
    CdtRead read = cdtOp();
    Expression container = expression();
    if (container.type() != Expression.Type.LIST && container.type() != Expression.Type.MAP) {
      throw RequestException.parameter("an op on lists or maps on " + container.type());
    }
    return new Expression(
        type,
        subject -> {
          Object value = container.value(subject);
          Object answer = value == null ? null : read.read(value, subject);
          return typeOf(answer) == type ? answer : null;
        });
  }

  private CdtRead cdtOp() throws RequestException {
    int count = in.listSize();
    int op = (int) in.integer();
    List<CdtRead.Step> path = new ArrayList<>();
    if (op == CDT_CONTEXT) {
      expectArguments(op, count, 3);
      if (!(in.data() instanceof List<?> steps) || steps.size() % 2 != 0 || !in.isList()) {
        throw RequestException.parameter("a path into a value that is none");
      }
      for (int i = 0; i < steps.size(); i += 2) {
        path.add(step(steps.get(i), steps.get(i + 1)));
      }
      count = in.listSize();
      op = (int) in.integer();
    }
    List<Expression> given = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      // A list is an expression, whose value is the argument; all else is one itself.
      given.add(in.isList() ? expression() : anyConstant());
    }
    return new CdtRead(op, given, path);
  }

  private Expression anyConstant() throws RequestException {
    Object value = in.data();
    Expression.Type type = typeOf(value);
    return Expression.constant(type == null ? Expression.Type.NIL : type, value);
  }

  private static CdtRead.Step step(Object type, Object value) throws RequestException {
    if (type instanceof Long number) {
      int code = (int) (long) number;
      if (code == 0x10 || code == 0x11 || code == 0x13 || code >= 0x20 && code <= 0x23) {
        return new CdtRead.Step(code, value);
      }
    }
    throw RequestException.parameter("a step into a value that is not known");
  }

  private static Expression.Type typeOf(Object value) {
    if (value instanceof Boolean) {
      return Expression.Type.BOOL;
    } else if (value instanceof Long) {
      return Expression.Type.INT;
    } else if (value instanceof Double) {
      return Expression.Type.FLOAT;
    } else if (value instanceof String) {
      return Expression.Type.STRING;
    } else if (value instanceof byte[]) {
      return Expression.Type.BLOB;
    } else if (value instanceof List) {
      return Expression.Type.LIST;
    }
    return value instanceof Map ? Expression.Type.MAP : null;
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
          boolean one = false;
          for (Expression argument : arguments) {
            Object value = argument.value(subject);
            if (value == null) {
              return null;
            }
            if ((Boolean) value && one) {
              return false;
            }
            one |= (Boolean) value;
          }
          return one;
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
    Pattern pattern = PosixPattern.compile(text, flags);
    return new Expression(
        Expression.Type.BOOL,
        subject -> {
          Object value = subjectText.value(subject);
          return value == null ? null : pattern.matcher(untilNul((String) value)).find();
        });
  }

  /** Patterns see C strings. */
  private static String untilNul(String text) {
    int nul = text.indexOf(0);
    return nul < 0 ? text : text.substring(0, nul);
  }

  private Expression bin(int arguments) throws RequestException {
    expectArguments(81, arguments, 2);
    Expression.Type type = Expression.Type.of(in.integer());
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
