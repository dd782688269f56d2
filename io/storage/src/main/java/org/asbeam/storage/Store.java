package org.asbeam.storage;

import java.io.Closeable;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A folder of files, the only thing that backup and restore know of a file system or an object
 * store. Names are relative to the folder, with {@code /} between their parts.
 *
 * <p>The contract, the same for every kind of store:
 *
 * <ul>
 *   <li>Every error is a {@link StoreException} that names the path and its {@linkplain
 *       StoreException.Kind kind}.
 *   <li>{@link #create} and {@link #putIfAbsent} are exclusive: of two callers for one name exactly
 *       one succeeds.
 *   <li>What {@link #put} and {@link #putIfAbsent} write is seen whole or not at all. A file of
 *       {@link #create} may be seen in parts until its output is closed, under its final name.
 *   <li>What was closed or put is durable when the call returns.
 *   <li>Deleting what isn't there succeeds.
 * </ul>
 *
 * <p>An instance belongs to one job's configuration; it is safe for use by several threads.
 */
public interface Store extends Closeable {
  /** The folder as a person writes it, for messages. */
  String location();

  /**
   * Starts a new file.
   *
   * @throws StoreException of kind EXISTS if there is one of that name
   */
  StoreOutput create(String name) throws StoreException;

  /**
   * Starts a file, of any size, that is seen under its name only when it is whole.
   *
   * @param replace whether one of that name makes way to it in that moment
   * @throws StoreException of kind EXISTS if there is one of that name and it is not to be
   *     replaced; if one comes up meanwhile, {@link StoreOutput#commit} throws it
   */
  StoreOutput createWhole(String name, boolean replace) throws StoreException;

  /**
   * Writes a small file unless there is one of that name.
   *
   * @return whether it was written; false: there is one, untouched
   */
  boolean putIfAbsent(String name, byte[] content) throws StoreException;

  /** Writes a small file, in place of one of that name if there is one. */
  void put(String name, byte[] content) throws StoreException;

  /**
   * The content of a small file.
   *
   * @throws StoreException of kind NOT_FOUND if there is none
   */
  byte[] get(String name) throws StoreException;

  /**
   * Opens a file afresh.
   *
   * @param position the byte to start with, 0 to the file's size
   * @return a stream whose {@code read} throws {@link StoreException}s; to be closed by the caller
   * @throws StoreException of kind NOT_FOUND if there is none
   */
  InputStream read(String name, long position) throws StoreException;

  /**
   * The bytes of a file.
   *
   * @throws StoreException of kind NOT_FOUND if there is none
   */
  long size(String name) throws StoreException;

  /**
   * The files and folders directly in a folder, sorted by name.
   *
   * @param folder a folder's name, empty for the top
   * @return empty if there is no such folder
   */
  List<StoredFile> list(String folder) throws StoreException;

  /** Deletes a file; quietly if there is none. */
  void delete(String name) throws StoreException;

  /** The bytes that a file can have at the most. */
  default long largestFile() {
    return Long.MAX_VALUE;
  }

  /** How files are taken out of an archive; empty if this kind of store has none. */
  default Optional<Archive> archive() {
    return Optional.empty();
  }

  @Override
  void close();
}
