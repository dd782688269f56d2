package org.asbeam.storage.remote;

/**
 * An object that is being written in parts. Nothing is seen of it until it is complete. Every
 * method may be called again after it failed, with the same arguments, and must then do what is
 * left to do.
 */
public interface ObjectUpload {
  /**
   * Sends a part. Called by several threads at once for different parts, up to {@link
   * ObjectClient#partsAtOnce}.
   *
   * @param number from 1
   * @param count the first bytes of the array that count
   * @param last whether no part comes after it
   */
  void part(int number, byte[] bytes, int count, boolean last) throws Exception;

  /**
   * Makes an object of the parts.
   *
   * @param parts how many there are, at least 1
   * @param size the bytes of them all
   */
  void complete(int parts, long size) throws Exception;

  /** Gives it up, and frees what the store holds of it. */
  void abort() throws Exception;
}
