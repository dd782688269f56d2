package org.asbeam.embedded;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A read of a list or a map within an expression: the ops that select items by index, rank, key or
 * value. What the server says of several items at once in an order that depends on how it keeps
 * them is refused, as are ops that change a value.
 */
final class CdtRead {
  private static final int LIST_SIZE = 16;
  private static final int LIST_BY_INDEX = 19;
  private static final int LIST_BY_RANK = 21;
  private static final int LIST_BY_VALUE = 22;
  private static final int LIST_BY_VALUES = 23;
  private static final int LIST_BY_INDEXES = 24;
  private static final int LIST_BY_INTERVAL = 25;
  private static final int LIST_BY_RANKS = 26;
  private static final int MAP_SIZE = 96;
  private static final int MAP_BY_KEY = 97;
  private static final int MAP_BY_INDEX = 98;
  private static final int MAP_BY_RANK = 100;
  private static final int MAP_BY_VALUE = 102;
  private static final int MAP_BY_KEY_INTERVAL = 103;
  private static final int MAP_BY_INDEXES = 104;
  private static final int MAP_BY_INTERVAL = 105;
  private static final int MAP_BY_RANKS = 106;
  private static final int MAP_BY_KEYS = 107;
  private static final int MAP_BY_VALUES = 108;

  private static final int RETURN_INDEX = 1;
  private static final int RETURN_REVERSE_INDEX = 2;
  private static final int RETURN_RANK = 3;
  private static final int RETURN_REVERSE_RANK = 4;
  private static final int RETURN_COUNT = 5;
  private static final int RETURN_KEY = 6;
  private static final int RETURN_VALUE = 7;
  private static final int RETURN_EXISTS = 13;
  private static final int INVERTED = 0x10000;

  private static final int CONTEXT_MAP = 0x20;

  private final int op;
  private final List<Expression> arguments;
  private final int returnType;
  private final List<Step> path;

  /**
   * One step into nested values.
   *
   * @param type what the value says: of a list 0x10 its index, 0x11 its rank, 0x13 the item; of a
   *     map 0x20, 0x21, 0x22 its key, 0x23
   */
  record Step(int type, Object value) {}

  /**
   * @param arguments all behind the op code
   * @param path where in the value the op happens; empty: right there
   * @throws RequestException with code 4 if this node can't do it
   */
  CdtRead(int op, List<Expression> arguments, List<Step> path) throws RequestException {
    this.op = op;
    this.path = path;
    if (op == LIST_SIZE || op == MAP_SIZE) {
      expect(arguments.size() == 0);
      this.arguments = arguments;
      this.returnType = RETURN_COUNT;
      return;
    }
    expect(isKnown());
    expect(!arguments.isEmpty() && arguments.get(0).isConstant());
    expect(arguments.get(0).type() == Expression.Type.INT);
    this.returnType = (int) (long) (Long) arguments.get(0).value(null);
    this.arguments = arguments.subList(1, arguments.size());
    boolean interval =
        op == LIST_BY_INTERVAL
            || op == MAP_BY_INTERVAL
            || op == MAP_BY_KEY_INTERVAL
            || op == LIST_BY_INDEXES
            || op == MAP_BY_INDEXES
            || op == LIST_BY_RANKS
            || op == MAP_BY_RANKS;
    int count = this.arguments.size();
    expect(count == 1 || count == 2 && interval);
    expect(isAnswerable());
  }

  private boolean isKnown() {
    return op == LIST_BY_INDEX
        || op >= LIST_BY_RANK && op <= LIST_BY_RANKS
        || op == MAP_BY_KEY
        || op == MAP_BY_INDEX
        || op == MAP_BY_RANK
        || op >= MAP_BY_VALUE && op <= MAP_BY_VALUES;
  }

  private boolean isSingle() {
    return op == LIST_BY_INDEX
        || op == LIST_BY_RANK
        || op == MAP_BY_KEY
        || op == MAP_BY_INDEX
        || op == MAP_BY_RANK;
  }

  private boolean isMapOp() {
    return op >= MAP_SIZE;
  }

  private boolean isAnswerable() {
    int plain = returnType & ~INVERTED;
    if (plain == RETURN_COUNT || plain == RETURN_EXISTS) {
      return plain == RETURN_COUNT || returnType == plain;
    }
    if (returnType != plain) {
      return false;
    }
    boolean inOrder =
        isSingle() || op == LIST_BY_INDEXES || op == MAP_BY_INDEXES || op == MAP_BY_KEY_INTERVAL;
    return inOrder
        && switch (plain) {
          case RETURN_INDEX, RETURN_REVERSE_INDEX, RETURN_RANK, RETURN_REVERSE_RANK -> isSingle();
          case RETURN_KEY -> isMapOp();
          case RETURN_VALUE -> true;
          default -> false;
        };
  }

  private static void expect(boolean fine) throws RequestException {
    if (!fine) {
      throw RequestException.parameter("an op on lists or maps that is not known");
    }
  }

  /** The answer, or null: unknown. */
  Object read(Object container, Subject subject) {
    List<Object> given = new ArrayList<>();
    for (Expression argument : arguments) {
      Object value = argument.value(subject);
      if (value == null) {
        return null;
      }
      given.add(value);
    }
    Object target = container;
    for (Step step : path) {
      target = target == null ? null : stepInto(target, step);
    }
    Items items = Items.of(target);
    if (items == null || items.keys() == null == isMapOp()) {
      return null;
    }
    if (op == LIST_SIZE || op == MAP_SIZE) {
      return (long) items.size();
    }
    List<Integer> selected = select(items, given);
    return selected == null ? null : answer(items, selected);
  }

  private static Object stepInto(Object target, Step step) {
    Items items = Items.of(target);
    boolean ofMap = (step.type() & CONTEXT_MAP) != 0;
    if (items == null || items.keys() == null == ofMap) {
      return null;
    }
    List<Integer> found =
        switch (step.type() & 0x0f) {
          case 0 -> items.at(items.byIndex(), step.value(), 1);
          case 1 -> items.at(items.byRank(), step.value(), 1);
          case 2 -> ofMap ? items.where(items.keys(), step.value()) : List.of();
          default -> items.where(items.values(), step.value());
        };
    return found == null || found.isEmpty() ? null : items.values().get(found.get(0));
  }

  /** The items meant, by their index; null: the server takes it for a mistake. */
  private List<Integer> select(Items items, List<Object> given) {
    Object first = given.get(0);
    return switch (op) {
      case LIST_BY_INDEX -> oneOrMistake(items.at(items.byIndex(), first, 1));
      case LIST_BY_RANK -> oneOrMistake(items.at(items.byRank(), first, 1));
      case MAP_BY_INDEX -> oneOrMistake(items.at(items.byIndex(), first, 1));
      case MAP_BY_RANK -> oneOrMistake(items.at(items.byRank(), first, 1));
      case LIST_BY_VALUE, MAP_BY_VALUE -> items.where(items.values(), first);
      case MAP_BY_KEY -> items.where(items.keys(), first);
      case LIST_BY_VALUES, MAP_BY_VALUES -> items.whereAny(items.values(), first);
      case MAP_BY_KEYS -> items.whereAny(items.keys(), first);
      case LIST_BY_INDEXES, MAP_BY_INDEXES -> items.at(items.byIndex(), first, count(given));
      case LIST_BY_RANKS, MAP_BY_RANKS -> items.at(items.byRank(), first, count(given));
      case MAP_BY_KEY_INTERVAL -> items.within(items.keys(), first, end(given));
      default -> items.within(items.values(), first, end(given));
    };
  }

  private static List<Integer> oneOrMistake(List<Integer> found) {
    return found == null || found.isEmpty() ? null : found;
  }

  private static long count(List<Object> given) {
    return given.size() < 2 ? Long.MAX_VALUE : given.get(1) instanceof Long count ? count : 0;
  }

  private static Object end(List<Object> given) {
    return given.size() < 2 ? Cdt.Special.INFINITY : given.get(1);
  }

  private Object answer(Items items, List<Integer> selected) {
    boolean inverted = (returnType & INVERTED) != 0;
    long count = inverted ? items.size() - selected.size() : selected.size();
    int plain = returnType & ~INVERTED;
    if (plain == RETURN_COUNT) {
      return count;
    }
    if (plain == RETURN_EXISTS) {
      return count > 0;
    }
    if (!isSingle()) {
      List<Object> from = plain == RETURN_KEY ? items.keys() : items.values();
      return selected.stream().map(from::get).toList();
    }
    boolean found = !selected.isEmpty();
    int index = found ? selected.get(0) : -1;
    return switch (plain) {
      case RETURN_INDEX -> (long) index;
      case RETURN_REVERSE_INDEX -> found ? (long) items.size() - 1 - index : -1L;
      case RETURN_RANK -> (long) items.byRank().indexOf(index);
      case RETURN_REVERSE_RANK -> found ? items.size() - 1L - items.byRank().indexOf(index) : -1L;
      case RETURN_KEY -> found ? items.keys().get(index) : null;
      default -> found ? items.values().get(index) : null;
    };
  }

  /**
   * The items of a list or map.
   *
   * @param keys in their order; null: a list
   */
  private record Items(List<Object> keys, List<Object> values) {
    static Items of(Object container) {
      if (container instanceof List<?> list) {
        return new Items(null, new ArrayList<>(list));
      }
      if (container instanceof TreeMap<?, ?> map) {
        return new Items(new ArrayList<>(map.keySet()), new ArrayList<>(map.values()));
      }
      return null;
    }

    int size() {
      return values.size();
    }

    List<Integer> byIndex() {
      return IntStream.range(0, size()).boxed().toList();
    }

    /** Indexes in the order of their values; equal ones in the order of indexes. */
    List<Integer> byRank() {
      return IntStream.range(0, size())
          .boxed()
          .sorted(Comparator.comparing(values::get, Cdt::compare))
          .toList();
    }

    /** Some items of an order, from a place that may count from the end. */
    List<Integer> at(List<Integer> order, Object place, long count) {
      if (!(place instanceof Long start)) {
        return null;
      }
      long from = start < 0 ? start + size() : start;
      long to = count > size() - from ? size() : from + count;
      from = Math.max(0, from);
      return from >= to ? List.of() : order.subList((int) from, (int) to);
    }

    List<Integer> where(List<Object> of, Object value) {
      return byIndex().stream().filter(i -> Cdt.compare(of.get(i), value) == 0).toList();
    }

    List<Integer> whereAny(List<Object> of, Object wanted) {
      if (!(wanted instanceof List<?> list)) {
        return null;
      }
      return byIndex().stream()
          .filter(i -> list.stream().anyMatch(value -> Cdt.compare(of.get(i), value) == 0))
          .toList();
    }

    /** From the first, up to but without the second; nil as the first: from the start. */
    List<Integer> within(List<Object> of, Object from, Object to) {
      return byIndex().stream()
          .filter(i -> Cdt.compare(of.get(i), from) >= 0 && Cdt.compare(of.get(i), to) < 0)
          .toList();
    }
  }
}
