package org.asbeam.storage;

/**
 * Opens the stores of a kind; found by {@link java.util.ServiceLoader}, so that a store with an SDK
 * of its own is a module of its own.
 */
public interface StoreProvider {
  /**
   * Whether a location is of this kind: by its scheme, and for {@code https:} by its host.
   *
   * @param location as a person wrote it, {@code scheme:...}
   */
  boolean handles(String location);

  /** Whether it is asked only if no other provider handles a location. */
  default boolean isLastResort() {
    return false;
  }

  /**
   * Opens a folder, which need not exist. Must not need the network.
   *
   * @param location one that this provider handles
   * @throws StoreException of kind OTHER if the location or the settings can't be so
   */
  Store open(String location, StoreAccess access) throws StoreException;
}
