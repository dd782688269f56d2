package org.asbeam.storage.testing;

import java.util.Map;

/** A storage server that runs as a child process of this JVM, on the loopback address. */
public interface StoreServer extends AutoCloseable {
  /** The URL at which the server is reached, such as {@code http://127.0.0.1:4321}. */
  String endpoint();

  /** The options of asbeam that reach the server, by their names without dashes. */
  Map<String, String> settings();

  /**
   * Makes a new bucket, or what the store has instead.
   *
   * @return the location of an empty folder in it, such as {@code s3://b-7f3a/x}
   * @throws IllegalStateException if the server refuses
   */
  String newFolder();

  /**
   * The same server, addressed through a proxy in front of it. Closing that view leaves the server
   * and the proxy alone.
   *
   * @throws IllegalArgumentException if the proxy stands in front of something else
   * @throws UnsupportedOperationException if the server does not speak HTTP
   */
  StoreServer through(FaultyProxy proxy);

  /** Kills the process, unless this is a view of a shared server or through a proxy. */
  @Override
  void close();
}
