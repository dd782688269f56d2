package org.asbeam.storage;

/**
 * Opens stores of a program's own, for jobs whose workers are its process: see {@link Stores#lend}.
 */
@FunctionalInterface
public interface StoreFactory {
  /**
   * Opens a folder, which need not exist. Called by several threads, and often: by the launcher and
   * by each worker. What is opened is closed by who asked for it.
   *
   * @param name what the program called the folder in {@link StoreLoan#location}
   */
  Store open(String name) throws StoreException;
}
