package org.asbeam.format;

import java.io.Serializable;
import java.util.BitSet;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * An immutable set of partition ids, 0 to 4095.
 *
 * <p>Its text form lists ids and inclusive ranges in ascending order: {@code 0-15,17,4095}; the
 * empty set is the empty text. (The option {@code --partition-list} of the command line has another
 * form, {@code begin-count}.)
 */
public final class PartitionSet implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final PartitionSet ALL = range(0, Partitions.COUNT);
  private static final PartitionSet NONE = range(0, 0);

  private final BitSet ids;

  private PartitionSet(BitSet ids) {
    this.ids = ids;
  }

  public static PartitionSet all() {
    return ALL;
  }

  public static PartitionSet none() {
    return NONE;
  }

  /** The partitions from {@code begin}, {@code count} of them. */
  public static PartitionSet range(int begin, int count) {
    if (begin < 0 || count < 0 || begin + count > Partitions.COUNT) {
      throw new IllegalArgumentException(
          "partitions " + begin + " to " + (begin + count - 1) + " are not within 0 to 4095");
    }
    BitSet ids = new BitSet(Partitions.COUNT);
    ids.set(begin, begin + count);
    return new PartitionSet(ids);
  }

  /** The given partitions; one that is given twice counts once. */
  public static PartitionSet of(int... ids) {
    return of(IntStream.of(ids));
  }

  /** The given partitions; one that is given twice counts once. */
  public static PartitionSet of(IntStream ids) {
    BitSet set = new BitSet(Partitions.COUNT);
    ids.forEach(id -> set.set(checked(id)));
    return new PartitionSet(set);
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if it isn't one
   */
  public static PartitionSet parse(String text) {
    BitSet ids = new BitSet(Partitions.COUNT);
    if (!text.isEmpty()) {
      for (String part : text.split(",", -1)) {
        int dash = part.indexOf('-');
        int first = parseId(dash < 0 ? part : part.substring(0, dash), text);
        int last = dash < 0 ? first : parseId(part.substring(dash + 1), text);
        if (last < first) {
          throw new IllegalArgumentException("not a set of partitions: '" + text + "'");
        }
        ids.set(first, last + 1);
      }
    }
    return new PartitionSet(ids);
  }

  public boolean contains(int id) {
    return ids.get(id);
  }

  public boolean containsAll(PartitionSet other) {
    return other.minus(this).isEmpty();
  }

  public int size() {
    return ids.cardinality();
  }

  public boolean isEmpty() {
    return ids.isEmpty();
  }

  /** The ids in ascending order. */
  public IntStream stream() {
    return ids.stream();
  }

  public void forEach(IntConsumer action) {
    ids.stream().forEach(action);
  }

  public PartitionSet plus(PartitionSet other) {
    BitSet result = (BitSet) ids.clone();
    result.or(other.ids);
    return new PartitionSet(result);
  }

  public PartitionSet minus(PartitionSet other) {
    BitSet result = (BitSet) ids.clone();
    result.andNot(other.ids);
    return new PartitionSet(result);
  }

  public PartitionSet and(PartitionSet other) {
    BitSet result = (BitSet) ids.clone();
    result.and(other.ids);
    return new PartitionSet(result);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PartitionSet set && ids.equals(set.ids);
  }

  @Override
  public int hashCode() {
    return ids.hashCode();
  }

  /** The text form, which {@link #parse} reads. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int first = ids.nextSetBit(0); first >= 0; ) {
      int end = ids.nextClearBit(first);
      if (!text.isEmpty()) {
        text.append(',');
      }
      text.append(first);
      if (end - first > 1) {
        text.append('-').append(end - 1);
      }
      first = ids.nextSetBit(end);
    }
    return text.toString();
  }

  private static int parseId(String digits, String text) {
    try {
      return checked(Integer.parseInt(digits));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a set of partitions: '" + text + "'", e);
    }
  }

  private static int checked(int id) {
    if (id < 0 || id >= Partitions.COUNT) {
      throw new IllegalArgumentException("partition " + id + " is not within 0 to 4095");
    }
    return id;
  }
}
