package org.asbeam.aerospike;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Which records a scan is about: those that every part of the filter takes. The server decides, by
 * its index alone unless the expression asks for a key or for bins.
 *
 * <p>The monitors of multi-record transactions (set {@code <ERO~MRT}) never are among them,
 * whatever the filter says.
 *
 * @param expression a packed filter expression as base64, the form of {@code --filter-exp}; empty:
 *     none
 * @param sets only records of these sets; empty: all sets, and the records in none. One set goes
 *     its own way to the server, which then reads it by its set index if it has one.
 * @param modifiedAfter only records that were last written then or later; null: whenever. The
 *     server's times have a resolution of one millisecond.
 * @param modifiedBefore only records that were last written before then; null: whenever
 * @param noTtlOnly only records that never expire
 */
public record ScanFilter(
    String expression,
    List<String> sets,
    Instant modifiedAfter,
    Instant modifiedBefore,
    boolean noTtlOnly)
    implements Serializable {
  /** All records. */
  public static final ScanFilter NONE = builder().build();

  /** The set of the monitors of multi-record transactions. */
  static final String MONITOR_SET = "<ERO~MRT";

  /** The server's limit for the name of a set. */
  private static final int MAX_SET_NAME = 63;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /**
   * @throws IllegalArgumentException if a part is no such thing: one line that says what and why
   */
  public ScanFilter {
    // Twice the same set is as good as once.
    sets = List.copyOf(new LinkedHashSet<>(sets));
    sets.forEach(ScanFilter::checkSet);
    decode(expression);
    nanos(modifiedAfter);
    nanos(modifiedBefore);
    if (modifiedAfter != null && modifiedBefore != null && !modifiedBefore.isAfter(modifiedAfter)) {
      throw new IllegalArgumentException(
          "no record was modified both after "
              + modifiedAfter
              + " and before "
              + modifiedBefore
              + ": the second must be later");
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Starts with this filter's parts. */
  public Builder toBuilder() {
    return new Builder()
        .expression(expression)
        .sets(sets)
        .modifiedAfter(modifiedAfter)
        .modifiedBefore(modifiedBefore)
        .noTtlOnly(noTtlOnly);
  }

  /** The one set that the request names; empty: none or several. */
  String setField() {
    return sets.size() == 1 ? sets.get(0) : "";
  }

  /** The packed expression of all parts but {@link #setField}; empty: there are none. */
  byte[] packed() {
    List<byte[]> parts = new ArrayList<>();
    // What the index knows comes first: it decides without reading the record.
    if (sets.size() > 1) {
      parts.add(PackedExpression.or(sets.stream().map(PackedExpression::setIs).toList()));
    }
    if (modifiedAfter != null) {
      parts.add(PackedExpression.lastUpdateAtLeast(nanos(modifiedAfter)));
    }
    if (modifiedBefore != null) {
      parts.add(PackedExpression.lastUpdateBelow(nanos(modifiedBefore)));
    }
    if (noTtlOnly) {
      parts.add(PackedExpression.neverExpires());
    }
    if (!expression.isEmpty()) {
      parts.add(decode(expression));
    }
    // A scan of a whole namespace leaves the monitors out by itself, by the server's own check of
    // each record. Where an expression is sent anyway, it says so as well.
    if (!parts.isEmpty() && sets.isEmpty()) {
      parts.add(0, PackedExpression.setIsNot(MONITOR_SET));
    }
    return parts.isEmpty() ? new byte[0] : PackedExpression.and(parts);
  }

  private static void checkSet(String set) {
    if (set.isEmpty()) {
      throw new IllegalArgumentException("the name of a set is empty");
    }
    if (set.equals(MONITOR_SET)) {
      throw new IllegalArgumentException(
          "the set '"
              + MONITOR_SET
              + "' holds the server's monitors of transactions, which are no data; leave it out");
    }
    int length = set.getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_SET_NAME) {
      throw new IllegalArgumentException(
          "the name of the set '" + set + "' has " + length + " bytes, over the server's 63");
    }
  }

  private static byte[] decode(String expression) {
    byte[] packed;
    try {
      packed = Base64.getDecoder().decode(expression.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the filter expression is not base64 (" + e.getMessage() + "): " + expression, e);
    }
    String fault = packed.length == 0 ? "" : PackedExpression.fault(packed);
    if (!fault.isEmpty()) {
      throw new IllegalArgumentException(
          "the filter expression is base64, but not of a packed expression: " + fault);
    }
    return packed;
  }

  /** Nanoseconds since the Unix epoch, as the server's expressions count. */
  private static long nanos(Instant time) {
    if (time == null) {
      return 0;
    }
    try {
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "the time " + time + " is beyond what the server can compare, years 1678 to 2261", e);
    }
  }

  /** Makes filters; what is not said filters nothing. */
  public static final class Builder {
    private String expression = "";
    private List<String> sets = List.of();
    private Instant modifiedAfter;
    private Instant modifiedBefore;
    private boolean noTtlOnly;

    private Builder() {}

    public Builder expression(String base64) {
      expression = base64;
      return this;
    }

    public Builder sets(List<String> names) {
      sets = names;
      return this;
    }

    public Builder sets(String... names) {
      return sets(List.of(names));
    }

    /** Inclusive; null: no such bound. */
    public Builder modifiedAfter(Instant time) {
      modifiedAfter = time;
      return this;
    }

    /** Exclusive; null: no such bound. */
    public Builder modifiedBefore(Instant time) {
      modifiedBefore = time;
      return this;
    }

    public Builder noTtlOnly(boolean only) {
      noTtlOnly = only;
      return this;
    }

    /**
     * @throws IllegalArgumentException as the constructor does
     */
    public ScanFilter build() {
      return new ScanFilter(expression, sets, modifiedAfter, modifiedBefore, noTtlOnly);
    }
  }
}
