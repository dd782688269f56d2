package org.asbeam.storage.testing;

/** The kinds of storage servers. */
public enum StoreKind {
  /** S3Proxy, in a JVM of its own. */
  S3("S3Proxy"),
  /** fake-gcs-server, a program. */
  GCS("fake-gcs-server"),
  /** Azurite, a program that runs on Node. */
  AZURE("Azurite"),
  /** Hadoop's MiniDFSCluster, in a JVM of its own. */
  HDFS("HDFS");

  private final String server;

  StoreKind(String server) {
    this.server = server;
  }

  /** The name of the server, for messages. */
  public String server() {
    return server;
  }
}
