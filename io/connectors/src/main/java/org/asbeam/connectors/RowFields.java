package org.asbeam.connectors;

import java.io.Serializable;

/**
 * Which fields of a row are no bins but say what the record is. A name that is empty: rows have no
 * such field. Start from {@link #NONE} or {@link #ofKey} and change parts by the {@code with}
 * methods.
 *
 * @param key the field with the user key: a string, an integer, a float or bytes
 * @param set the field with the name of the set, a string
 * @param expiration the field with the time when the record expires, a {@code DATETIME}; null:
 *     never
 */
public record RowFields(String key, String set, String expiration) implements Serializable {
  /** Rows of bins only. */
  public static final RowFields NONE = new RowFields("", "", "");

  /**
   * @throws IllegalArgumentException if two of them are one field
   */
  public RowFields {
    if (same(key, set) || same(key, expiration) || same(set, expiration)) {
      throw new IllegalArgumentException(
          "one field can't be two of the key '"
              + key
              + "', the set '"
              + set
              + "' and the expiration '"
              + expiration
              + "'");
    }
  }

  private static boolean same(String one, String other) {
    return !one.isEmpty() && one.equals(other);
  }

  /** Rows with a field for the user key. */
  public static RowFields ofKey(String name) {
    return NONE.withKey(name);
  }

  public RowFields withKey(String name) {
    return new RowFields(name, set, expiration);
  }

  public RowFields withSet(String name) {
    return new RowFields(key, name, expiration);
  }

  public RowFields withExpiration(String name) {
    return new RowFields(key, set, name);
  }

  /** Whether a field is a bin. */
  boolean isBin(String name) {
    return !name.equals(key) && !name.equals(set) && !name.equals(expiration);
  }
}
