package org.asbeam.aerospike;

import java.io.Serializable;

/**
 * How to reach a cluster: a value that travels with a job and is the key under which clients are
 * shared. Start from {@link #of} and change parts by the {@code with} methods: more parts will
 * come.
 *
 * @param seeds {@code host[:tls-name][:port],...}; one that answers is enough
 * @param defaultPort the port of seeds that name none
 * @param connectTimeoutMillis how long a seed may take to answer when the client starts; asbackup's
 *     {@code --client-timeout}
 * @param tendIntervalMillis how often the partition map is looked at, at least 250
 * @param maxConnectionsPerNode scans and batches of this JVM on one node at the same time
 * @param clusterName the name that every node must have, empty: any
 * @param servicesAlternate whether to use the nodes' alternate addresses
 */
public record ConnectionSpec(
    String seeds,
    int defaultPort,
    int connectTimeoutMillis,
    int tendIntervalMillis,
    int maxConnectionsPerNode,
    String clusterName,
    boolean servicesAlternate)
    implements Serializable {
  /** The port of Aerospike's service when nothing else is configured. */
  public static final int DEFAULT_PORT = 3000;

  /** {@code --client-timeout} of asbackup and absctl. */
  public static final int DEFAULT_CONNECT_TIMEOUT_MILLIS = 30_000;

  /** The least that the Java client accepts. */
  private static final int MIN_TEND_INTERVAL_MILLIS = 250;

  /**
   * @throws IllegalArgumentException if a part is out of its range or the seeds can't be read
   */
  public ConnectionSpec {
    SeedHost.parse(seeds, defaultPort);
    if (defaultPort < 1 || defaultPort > 65535) {
      throw new IllegalArgumentException("the port " + defaultPort + " is not within 1 to 65535");
    }
    if (connectTimeoutMillis < 1) {
      throw new IllegalArgumentException(
          "a connect timeout of " + connectTimeoutMillis + " ms is not positive");
    }
    if (tendIntervalMillis < MIN_TEND_INTERVAL_MILLIS) {
      throw new IllegalArgumentException(
          "a tend interval of " + tendIntervalMillis + " ms is under 250 ms");
    }
    if (maxConnectionsPerNode < 1) {
      throw new IllegalArgumentException(
          "a limit of " + maxConnectionsPerNode + " connections per node is not positive");
    }
  }

  /** The seeds with a default for everything else. */
  public static ConnectionSpec of(String seeds) {
    return new ConnectionSpec(
        seeds, DEFAULT_PORT, DEFAULT_CONNECT_TIMEOUT_MILLIS, 1000, 256, "", false);
  }

  public ConnectionSpec withDefaultPort(int port) {
    return new ConnectionSpec(
        seeds,
        port,
        connectTimeoutMillis,
        tendIntervalMillis,
        maxConnectionsPerNode,
        clusterName,
        servicesAlternate);
  }

  public ConnectionSpec withConnectTimeoutMillis(int millis) {
    return new ConnectionSpec(
        seeds,
        defaultPort,
        millis,
        tendIntervalMillis,
        maxConnectionsPerNode,
        clusterName,
        servicesAlternate);
  }

  public ConnectionSpec withTendIntervalMillis(int millis) {
    return new ConnectionSpec(
        seeds,
        defaultPort,
        connectTimeoutMillis,
        millis,
        maxConnectionsPerNode,
        clusterName,
        servicesAlternate);
  }

  public ConnectionSpec withMaxConnectionsPerNode(int connections) {
    return new ConnectionSpec(
        seeds,
        defaultPort,
        connectTimeoutMillis,
        tendIntervalMillis,
        connections,
        clusterName,
        servicesAlternate);
  }

  public ConnectionSpec withClusterName(String name) {
    return new ConnectionSpec(
        seeds,
        defaultPort,
        connectTimeoutMillis,
        tendIntervalMillis,
        maxConnectionsPerNode,
        name,
        servicesAlternate);
  }

  public ConnectionSpec withServicesAlternate(boolean alternate) {
    return new ConnectionSpec(
        seeds,
        defaultPort,
        connectTimeoutMillis,
        tendIntervalMillis,
        maxConnectionsPerNode,
        clusterName,
        alternate);
  }
}
