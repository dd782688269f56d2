package org.asbeam.storage.journal;

import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;

/** What a store lets a run do with files that are in the way: not all credentials may delete. */
public enum Removal {
  /** Files can be deleted. */
  DELETES,
  /** Files can't be deleted, but another content can take their place. */
  OVERWRITES,
  /** What is written stays as it is. */
  NOTHING;

  /**
   * Tries it, with a file of the run's own.
   *
   * @param journal the run's, where the file stays if it can't be deleted
   * @throws StoreException of kind OTHER if the store lets two writers make one file: then runs
   *     can't be told apart, nor attempts of one
   */
  static Removal of(Store store, Journal journal) throws StoreException {
    String name = journal.folder() + "/probe.json";
    byte[] content = {'{', '}', '\n'};
    if (!store.putIfAbsent(name, content) || store.putIfAbsent(name, content)) {
      throw new StoreException(
          StoreException.Kind.OTHER,
          store.location(),
          "the store does not refuse to make a file that is there already (conditional writes), so"
              + " two runs could not be kept apart: back up to another store",
          null);
    }
    if (allows(() -> store.delete(name))) {
      return DELETES;
    }
    return allows(() -> store.put(name, content)) ? OVERWRITES : NOTHING;
  }

  private interface Change {
    void run() throws StoreException;
  }

  private static boolean allows(Change change) throws StoreException {
    try {
      change.run();
      return true;
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.DENIED) {
        return false;
      }
      throw e;
    }
  }
}
