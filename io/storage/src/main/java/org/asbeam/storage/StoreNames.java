package org.asbeam.storage;

/** Checks names that may come from files of others, before a store makes paths of them. */
public final class StoreNames {
  private StoreNames() {}

  /**
   * Checks the name of a file: parts between {@code /}, none of them empty, {@code .} or {@code
   * ..}.
   *
   * @return the name
   * @throws StoreException of kind OTHER if it could lead out of the store
   */
  public static String file(Store store, String name) throws StoreException {
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\0') >= 0) {
        throw new StoreException(
            StoreException.Kind.OTHER,
            store.location(),
            "'" + name + "' is no name of a file in this folder",
            null);
      }
    }
    return name;
  }

  /** As {@link #file}, but the empty name is the store's top folder. */
  public static String folder(Store store, String name) throws StoreException {
    return name.isEmpty() ? name : file(store, name);
  }
}
