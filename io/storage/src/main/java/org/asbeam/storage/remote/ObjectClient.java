package org.asbeam.storage.remote;

import java.io.Closeable;
import java.time.Duration;
import java.util.Optional;

/**
 * One bucket of an object store, as its SDK reaches it: the few requests that {@link ObjectStore}
 * makes a store of. A kind of store is a class of this.
 *
 * <p>Every method is one request, or hardly more, and tries nothing again: that, time limits and
 * the translation of errors by {@link #explain} are the caller's. So methods throw whatever the SDK
 * throws. Keys are as they are stored, and must not be changed by any decoding. Safe for use by
 * several threads.
 */
public interface ObjectClient extends Closeable {
  /**
   * What lies directly below a prefix, with {@code /} as the delimiter; one page of it.
   *
   * @param prefix empty, or ending in {@code /}
   * @param page what the page before gave; empty for the first one
   */
  ObjectPage list(String prefix, String page) throws Exception;

  /**
   * What is known of an object without reading it.
   *
   * @return empty if there is none
   */
  Optional<ObjectInfo> info(String key) throws Exception;

  /**
   * Reads an object from a position to its end.
   *
   * @param position 0 to its size, the latter excepted
   * @param version what {@link ObjectInfo#version} of an earlier answer said: another content is an
   *     error then; empty: any
   */
  ObjectBody read(String key, long position, String version) throws Exception;

  /**
   * Writes a small object by one request.
   *
   * @param count the first bytes of the array that count
   */
  void put(ObjectWrite write, byte[] bytes, int count) throws Exception;

  /** Starts an object that is written in parts. */
  ObjectUpload upload(ObjectWrite write) throws Exception;

  /** Deletes an object. Where there is none it may fail as {@link Problem.Kind#NOT_FOUND}. */
  void delete(String key) throws Exception;

  /** What an error of any of these methods means. */
  Problem explain(Throwable error);

  /** What the store takes at once, and how patient to be with it; the same at every call. */
  ObjectLimits limits();

  /** Takes objects out of an archive; empty if there is none. */
  default Optional<ObjectArchive> archive() {
    return Optional.empty();
  }

  /** How objects are taken out of an archive. */
  interface ObjectArchive {
    /** Whether it was said how; see {@link org.asbeam.storage.Archive#mayRequest}. */
    boolean mayRequest();

    /** Asks for it; quiet if that was done before. */
    void request(String key) throws Exception;

    /** See {@link org.asbeam.storage.Archive#expectation}. */
    String expectation();

    Duration pollInterval();
  }

  @Override
  void close();
}
