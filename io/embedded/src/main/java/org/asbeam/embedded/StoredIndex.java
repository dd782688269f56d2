package org.asbeam.embedded;

/**
 * The definition of a secondary index. The embedded node keeps definitions only: it answers no
 * queries by index.
 *
 * @param namespace the namespace it is on
 * @param set the set it is on; empty: all
 * @param name its name, unique in the namespace
 * @param bin the bin's name; empty if an expression is indexed
 * @param type {@code numeric}, {@code string}, {@code blob}, or {@code geo2dsphere}
 * @param collection {@code default}, {@code list}, {@code mapkeys}, or {@code mapvalues}
 * @param context base64 of the packed context; empty: none
 * @param expression base64 of the packed expression; empty: a bin is indexed
 */
public record StoredIndex(
    String namespace,
    String set,
    String name,
    String bin,
    String type,
    String collection,
    String context,
    String expression) {

  /** Whether both index the same, whatever their names. */
  boolean indexesTheSameAs(StoredIndex other) {
    return withName(other.name).equals(other);
  }

  private StoredIndex withName(String newName) {
    return new StoredIndex(namespace, set, newName, bin, type, collection, context, expression);
  }
}
