package org.asbeam.aerospike;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;

/**
 * How to reach a cluster: a value that travels with a job and is the key under which clients are
 * shared. It holds no secrets, only references to them, which a {@link SecretSource} resolves where
 * the client is made. Start from {@link #of} and change parts by the {@code with} methods: more
 * parts will come.
 *
 * @param seeds {@code host[:tls-name][:port],...}, an IPv6 address in brackets; one that answers is
 *     enough. Empty only if {@code existing} is not.
 * @param defaultPort the port of seeds that name none
 * @param connectTimeoutMillis how long a seed may take to answer when the client starts; asbackup's
 *     {@code --client-timeout}
 * @param tendIntervalMillis how often the partition map is looked at, at least 250
 * @param maxConnectionsPerNode scans and batches of this JVM on one node at the same time
 * @param clusterName the name that every node must have, empty: any
 * @param servicesAlternate whether to use the nodes' alternate addresses
 * @param user the name of the user, empty: the cluster has no users, or {@code authMode} is PKI
 * @param password a reference to the user's password, empty: the empty password
 * @param authMode how the user logs in
 * @param tls whether and how connections are encrypted
 * @param idleTimeoutMillis after how long an unused connection is closed, 0: as the client has it;
 *     the client counts in seconds, so this is rounded up to them. {@code --client-idle-timeout}
 * @param loginTimeoutMillis how long a node may take for a login; {@code --client-login-timeout}
 * @param preferRacks racks to read from while they have the record, the best first; empty: any
 * @param minConnectionsPerNode connections that are open to each node before there is work; never
 *     more than {@code maxConnectionsPerNode}; {@code --warm-up}
 * @param existing the id of a client that this program lends by {@link ClusterClients#lend}; empty:
 *     a client of our own
 * @param info how patiently nodes are asked by info commands
 */
public record ConnectionSpec(
    String seeds,
    int defaultPort,
    int connectTimeoutMillis,
    int tendIntervalMillis,
    int maxConnectionsPerNode,
    String clusterName,
    boolean servicesAlternate,
    String user,
    String password,
    AuthMode authMode,
    TlsSpec tls,
    int idleTimeoutMillis,
    int loginTimeoutMillis,
    List<Integer> preferRacks,
    int minConnectionsPerNode,
    String existing,
    InfoPatience info)
    implements Serializable {
  /** The port of Aerospike's service when nothing else is configured. */
  public static final int DEFAULT_PORT = 3000;

  /** {@code --client-timeout} of asbackup and absctl. */
  public static final int DEFAULT_CONNECT_TIMEOUT_MILLIS = 30_000;

  /** {@code --client-idle-timeout} of asbackup and absctl. */
  public static final int DEFAULT_IDLE_TIMEOUT_MILLIS = 60_000;

  /** {@code --client-login-timeout} of asbackup and absctl. */
  public static final int DEFAULT_LOGIN_TIMEOUT_MILLIS = 10_000;

  /** The least that the Java client accepts. */
  private static final int MIN_TEND_INTERVAL_MILLIS = 250;

  /** Servers take 63 bytes; what is longer is no name. */
  private static final int MAX_USER = 255;

  /** The largest rack id that a server takes. */
  private static final int MAX_RACK = 1_000_000;

  /**
   * @throws IllegalArgumentException if a part is out of its range or the seeds can't be read
   */
  public ConnectionSpec {
    preferRacks = List.copyOf(preferRacks);
    if (existing.isEmpty()) {
      SeedHost.parse(seeds, defaultPort);
    } else if (!seeds.isEmpty()) {
      throw new IllegalArgumentException(
          "seeds '" + seeds + "' beside the client '" + existing + "', which has its own");
    }
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
    if (minConnectionsPerNode < 0) {
      throw new IllegalArgumentException(
          "a warm-up of " + minConnectionsPerNode + " connections per node is negative");
    }
    if (idleTimeoutMillis < 0) {
      throw new IllegalArgumentException(
          "an idle timeout of " + idleTimeoutMillis + " ms is negative");
    }
    if (loginTimeoutMillis < 1) {
      throw new IllegalArgumentException(
          "a login timeout of " + loginTimeoutMillis + " ms is not positive");
    }
    if (user.length() > MAX_USER) {
      throw new IllegalArgumentException(
          "a user's name of " + user.length() + " characters is longer than any server takes");
    }
    for (int rack : preferRacks) {
      if (rack < 0 || rack > MAX_RACK) {
        throw new IllegalArgumentException("the rack " + rack + " is not within 0 to " + MAX_RACK);
      }
    }
  }

  /** The seeds with a default for everything else. */
  public static ConnectionSpec of(String seeds) {
    Builder builder = new Builder();
    builder.seeds = seeds;
    return builder.build();
  }

  /**
   * The client that this program lends under an id. Works only in this process; what has to do with
   * making a client is without meaning.
   */
  public static ConnectionSpec existing(String id) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("the id of a lent client is empty");
    }
    Builder builder = new Builder();
    builder.existing = id;
    return builder.build();
  }

  public ConnectionSpec withDefaultPort(int port) {
    return with(builder -> builder.defaultPort = port);
  }

  public ConnectionSpec withConnectTimeoutMillis(int millis) {
    return with(builder -> builder.connectTimeoutMillis = millis);
  }

  public ConnectionSpec withTendIntervalMillis(int millis) {
    return with(builder -> builder.tendIntervalMillis = millis);
  }

  public ConnectionSpec withMaxConnectionsPerNode(int connections) {
    return with(builder -> builder.maxConnectionsPerNode = connections);
  }

  public ConnectionSpec withClusterName(String name) {
    return with(builder -> builder.clusterName = name);
  }

  public ConnectionSpec withInfo(InfoPatience patience) {
    return with(builder -> builder.info = patience);
  }

  public ConnectionSpec withServicesAlternate(boolean alternate) {
    return with(builder -> builder.servicesAlternate = alternate);
  }

  /**
   * @param name the user's name
   * @param passwordReference for {@link SecretSource}, empty: the empty password
   */
  public ConnectionSpec withUser(String name, String passwordReference) {
    return with(
        builder -> {
          builder.user = name;
          builder.password = passwordReference;
        });
  }

  public ConnectionSpec withAuthMode(AuthMode mode) {
    return with(builder -> builder.authMode = mode);
  }

  public ConnectionSpec withTls(TlsSpec value) {
    return with(builder -> builder.tls = value);
  }

  public ConnectionSpec withIdleTimeoutMillis(int millis) {
    return with(builder -> builder.idleTimeoutMillis = millis);
  }

  public ConnectionSpec withLoginTimeoutMillis(int millis) {
    return with(builder -> builder.loginTimeoutMillis = millis);
  }

  public ConnectionSpec withPreferRacks(List<Integer> racks) {
    return with(builder -> builder.preferRacks = racks);
  }

  public ConnectionSpec withMinConnectionsPerNode(int connections) {
    return with(builder -> builder.minConnectionsPerNode = connections);
  }

  private ConnectionSpec with(Consumer<Builder> change) {
    Builder builder = new Builder(this);
    change.accept(builder);
    return builder.build();
  }

  /**
   * Looks for parts that contradict each other. Without files and secrets, so that a mistake is
   * found before a job starts; {@link ClusterClients#acquire} looks as well.
   *
   * @throws IllegalArgumentException saying which, and what to do
   */
  public void check() {
    if (authMode == AuthMode.EXTERNAL && user.isEmpty()) {
      throw new IllegalArgumentException("external authentication needs a user");
    }
    if (authMode == AuthMode.EXTERNAL && !tls.enabled()) {
      throw new IllegalArgumentException(
          "external authentication sends the password itself to the servers: turn on TLS");
    }
    if (authMode == AuthMode.PKI && !(tls.enabled() && !tls.certFile().isEmpty())) {
      throw new IllegalArgumentException(
          "PKI authentication is by the client's certificate: turn on TLS, and give the files of"
              + " the certificate and its key");
    }
    if (tls.enabled() && tls.certFile().isEmpty() != tls.keyFile().isEmpty()) {
      throw new IllegalArgumentException(
          tls.certFile().isEmpty()
              ? "a key file of the client without the file of its certificate; give both"
              : "a certificate file of the client without the file of its key; give both");
    }
  }

  /** The cluster's place, for messages. */
  String place() {
    return existing.isEmpty() ? seeds : "the lent client '" + existing + "'";
  }

  /** Whether a client logs in. */
  boolean logsIn() {
    return authMode == AuthMode.PKI || !user.isEmpty();
  }

  /** Without the reference to the password, which may be a secret in disguise ({@code b64:}). */
  @Override
  public String toString() {
    return "ConnectionSpec["
        + place()
        + ", defaultPort="
        + defaultPort
        + ", connectTimeoutMillis="
        + connectTimeoutMillis
        + ", tendIntervalMillis="
        + tendIntervalMillis
        + ", connectionsPerNode="
        + minConnectionsPerNode
        + ".."
        + maxConnectionsPerNode
        + ", clusterName="
        + clusterName
        + ", servicesAlternate="
        + servicesAlternate
        + ", user="
        + user
        + ", authMode="
        + authMode
        + ", tls="
        + tls
        + ", idleTimeoutMillis="
        + idleTimeoutMillis
        + ", loginTimeoutMillis="
        + loginTimeoutMillis
        + ", preferRacks="
        + preferRacks
        + "]";
  }

  /** The parts while they change. */
  private static final class Builder {
    private String seeds = "";
    private int defaultPort = DEFAULT_PORT;
    private int connectTimeoutMillis = DEFAULT_CONNECT_TIMEOUT_MILLIS;
    private int tendIntervalMillis = 1000;
    private int maxConnectionsPerNode = 256;
    private String clusterName = "";
    private boolean servicesAlternate;
    private String user = "";
    private String password = "";
    private AuthMode authMode = AuthMode.INTERNAL;
    private TlsSpec tls = TlsSpec.NONE;
    private int idleTimeoutMillis = DEFAULT_IDLE_TIMEOUT_MILLIS;
    private int loginTimeoutMillis = DEFAULT_LOGIN_TIMEOUT_MILLIS;
    private List<Integer> preferRacks = List.of();
    private int minConnectionsPerNode;
    private String existing = "";
    private InfoPatience info = InfoPatience.DEFAULT;

    private Builder() {}

    private Builder(ConnectionSpec spec) {
      seeds = spec.seeds;
      defaultPort = spec.defaultPort;
      connectTimeoutMillis = spec.connectTimeoutMillis;
      tendIntervalMillis = spec.tendIntervalMillis;
      maxConnectionsPerNode = spec.maxConnectionsPerNode;
      clusterName = spec.clusterName;
      servicesAlternate = spec.servicesAlternate;
      user = spec.user;
      password = spec.password;
      authMode = spec.authMode;
      tls = spec.tls;
      idleTimeoutMillis = spec.idleTimeoutMillis;
      loginTimeoutMillis = spec.loginTimeoutMillis;
      preferRacks = spec.preferRacks;
      minConnectionsPerNode = spec.minConnectionsPerNode;
      existing = spec.existing;
      info = spec.info;
    }

    private ConnectionSpec build() {
      return new ConnectionSpec(
          seeds,
          defaultPort,
          connectTimeoutMillis,
          tendIntervalMillis,
          maxConnectionsPerNode,
          clusterName,
          servicesAlternate,
          user,
          password,
          authMode,
          tls,
          idleTimeoutMillis,
          loginTimeoutMillis,
          preferRacks,
          minConnectionsPerNode,
          existing,
          info);
    }
  }
}
