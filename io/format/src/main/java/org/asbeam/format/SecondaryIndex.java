package org.asbeam.format;

import java.io.Serializable;

/**
 * The definition of a secondary index, as a backup holds it.
 *
 * @param namespace the namespace it is on
 * @param set the set it is on, empty: all sets of the namespace
 * @param name its name, unique in the namespace
 * @param collection what of the bin is indexed
 * @param bin the bin's name; empty if an expression is indexed
 * @param valueType the type of the indexed values
 * @param context base64 of the packed context of a nested value, empty: none
 * @param expression base64 of the packed expression, empty: a bin is indexed
 */
public record SecondaryIndex(
    String namespace,
    String set,
    String name,
    Collection collection,
    String bin,
    ValueType valueType,
    String context,
    String expression)
    implements Serializable {

  /**
   * What of a bin is indexed, with its letter in ASB and its name in the server's info commands.
   */
  public enum Collection {
    VALUE('N', "default"),
    LIST('L', "list"),
    MAP_KEYS('K', "mapkeys"),
    MAP_VALUES('V', "mapvalues");

    private final char letter;
    private final String infoName;

    Collection(char letter, String infoName) {
      this.letter = letter;
      this.infoName = infoName;
    }

    public char letter() {
      return letter;
    }

    public String infoName() {
      return infoName;
    }
  }

  /** The type of the indexed values, with its letter in ASB and its name in info commands. */
  public enum ValueType {
    NUMERIC('N', "numeric"),
    STRING('S', "string"),
    GEO2DSPHERE('G', "geo2dsphere"),
    BLOB('B', "blob");

    private final char letter;
    private final String infoName;

    ValueType(char letter, String infoName) {
      this.letter = letter;
      this.infoName = infoName;
    }

    public char letter() {
      return letter;
    }

    public String infoName() {
      return infoName;
    }
  }

  /** Whether an expression is indexed; such a line makes a file of format 3.2. */
  public boolean isOnExpression() {
    return !expression.isEmpty();
  }
}
