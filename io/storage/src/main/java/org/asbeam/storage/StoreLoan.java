package org.asbeam.storage;

/**
 * Stores that a program lends to the jobs of its process, until this is closed: then locations of
 * it are unknown. What is open goes on.
 */
public interface StoreLoan extends AutoCloseable {
  /**
   * The location by which a job names a folder of these stores: a text that says where it is, and
   * nothing else. Only this process can open it.
   *
   * @param name what the {@link StoreFactory} calls the folder
   */
  String location(String name);

  @Override
  void close();
}
