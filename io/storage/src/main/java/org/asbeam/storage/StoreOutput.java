package org.asbeam.storage;

import java.io.Closeable;

/**
 * A file being written. It ends in exactly one of two ways: {@link #commit}, or {@link #close}
 * without it, which gives the file up and leaves nothing under its name.
 */
public interface StoreOutput extends Closeable {
  /** The file's name, relative to the store. */
  String name();

  void write(byte[] bytes, int offset, int count) throws StoreException;

  /** The bytes written so far. */
  long position();

  /** Ends the file: after this it is whole and durable under its name. */
  void commit() throws StoreException;

  /** Gives the file up, unless it was committed. Quiet, and may be called again. */
  @Override
  void close();
}
