package org.asbeam.aerospike;

import com.aerospike.client.AerospikeClient;
import com.aerospike.client.AerospikeException;
import com.aerospike.client.Host;
import com.aerospike.client.policy.ClientPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.asbeam.aerospike.ClusterException.Kind;

/**
 * The clients of this JVM, one per {@link ConnectionSpec} and its secrets: counted, and closed when
 * nobody has used one for 5 seconds. Slices come and go by the hundred; a client takes a second to
 * start. Not longer: in a process that serves many jobs, each has classes of its own, which its
 * client holds.
 */
public final class ClusterClients {
  /** How long a client without users stays open. */
  static final long LINGER_MILLIS = 5_000;

  /**
   * Once the client stands, a node that doesn't answer must not hold up the others: the client
   * tends all nodes one after the other.
   */
  static final int LATER_CONNECT_TIMEOUT_MILLIS = 5_000;

  private static final Map<Key, Shared> CLIENTS = new HashMap<>();
  private static final Map<String, Shared> LENT = new HashMap<>();

  private ClusterClients() {}

  /**
   * A lease on the client for a cluster of a specification without references to secrets; makes the
   * client if there is none.
   *
   * @throws ClusterException as {@link #acquire(ConnectionSpec, SecretSource)}; of kind
   *     CONFIGURATION if there is a reference after all
   */
  public static ClusterClient acquire(ConnectionSpec spec) throws ClusterException {
    try {
      return acquire(spec, SecretSource.NONE);
    } catch (ClusterException e) {
      throw e;
    } catch (IOException e) {
      throw new ClusterException(Kind.CONFIGURATION, e.getMessage(), e);
    }
  }

  /**
   * A lease on the client for a cluster; makes the client if there is none. Leases share a client
   * if specification and secrets are the same, wherever the secrets came from.
   *
   * @throws ClusterException if the cluster can't be reached: of kind NO_SUCH_HOST, REFUSED,
   *     UNREACHABLE, NOT_AEROSPIKE, ACCESS_DENIED, TLS, CONFIGURATION, UNSUPPORTED or UNSTABLE
   * @throws IOException as the source throws it, if a secret can't be had
   */
  public static ClusterClient acquire(ConnectionSpec spec, SecretSource secrets)
      throws IOException {
    if (!spec.existing().isEmpty()) {
      return new ClusterClient(lent(spec));
    }
    try {
      spec.check();
    } catch (IllegalArgumentException e) {
      throw new ClusterException(Kind.CONFIGURATION, e.getMessage(), e);
    }
    Credentials credentials = Credentials.resolve(spec, secrets);
    Key key = new Key(spec, credentials.fingerprint());
    Shared shared;
    synchronized (CLIENTS) {
      shared = CLIENTS.computeIfAbsent(key, Shared::new);
      shared.users++;
    }
    try {
      shared.connect(credentials);
      return new ClusterClient(shared);
    } catch (ClusterException | RuntimeException e) {
      shared.release();
      throw e;
    }
  }

  /**
   * Lends a client that was made with the default limit of 100 connections per node.
   *
   * @see #lend(String, AerospikeClient, int)
   */
  public static Loan lend(String id, AerospikeClient client) {
    return lend(id, client, new ClientPolicy().maxConnsPerNode);
  }

  /**
   * Lends a client of the program to jobs of this process whose specification is {@link
   * ConnectionSpec#existing} with the same id. It is never closed here; the program closes it when
   * the jobs have ended.
   *
   * @param maxConnectionsPerNode what its policy says: jobs keep to it rather than fail by it
   * @return ends the loan: leases that are out go on, new ones are refused
   * @throws IllegalStateException if another client is lent under the id
   */
  public static Loan lend(String id, AerospikeClient client, int maxConnectionsPerNode) {
    ConnectionSpec spec =
        ConnectionSpec.existing(id).withMaxConnectionsPerNode(maxConnectionsPerNode);
    Shared shared = new Shared(spec, client);
    synchronized (LENT) {
      if (LENT.putIfAbsent(id, shared) != null) {
        throw new IllegalStateException("a client is lent as '" + id + "' already");
      }
    }
    return () -> {
      synchronized (LENT) {
        LENT.remove(id, shared);
      }
    };
  }

  /** A client that a program lends, until this is closed. */
  public interface Loan extends AutoCloseable {
    @Override
    void close();
  }

  private static Shared lent(ConnectionSpec spec) throws ClusterException {
    Shared shared;
    synchronized (LENT) {
      shared = LENT.get(spec.existing());
    }
    if (shared == null) {
      throw new ClusterException(
          Kind.CONFIGURATION,
          "this process lends no client '"
              + spec.existing()
              + "': a client that a program passes in works only in its own process; where workers"
              + " are others, name the cluster by its hosts");
    }
    if (!shared.client().isConnected()) {
      throw new ClusterException(
          Kind.UNREACHABLE,
          spec.place() + " is closed or reaches no node; lend one that is connected");
    }
    return shared;
  }

  /** Closes the clients that nobody uses now, without waiting for their linger time. */
  public static void closeIdle() {
    List<Shared> idle = new ArrayList<>();
    synchronized (CLIENTS) {
      CLIENTS.values().removeIf(shared -> shared.users == 0 && idle.add(shared));
    }
    idle.forEach(Shared::close);
  }

  /** How many clients are open, used or lingering. */
  static int open() {
    synchronized (CLIENTS) {
      return CLIENTS.size();
    }
  }

  /**
   * What clients are shared by.
   *
   * @param fingerprint of the secrets: the same reference may stand for others elsewhere
   */
  private record Key(ConnectionSpec spec, String fingerprint) {}

  /** A client with the number of its users; the number is guarded by the registry's lock. */
  static final class Shared {
    private final Key key;
    private final boolean ours;
    private int users;
    private ScheduledFuture<?> linger;
    private AerospikeClient client;
    private final Map<String, NodeWindow> windows = new ConcurrentHashMap<>();

    private Shared(Key key) {
      this.key = key;
      ours = true;
    }

    /** A lent client: not in the registry. */
    private Shared(ConnectionSpec spec, AerospikeClient lent) {
      key = new Key(spec, "");
      ours = false;
      client = lent;
    }

    ConnectionSpec spec() {
      return key.spec;
    }

    synchronized AerospikeClient client() {
      return client;
    }

    NodeWindow window(String node, NodeWindow.Use use) {
      return windows.computeIfAbsent(
          use + " " + node, name -> new NodeWindow(spec().maxConnectionsPerNode()));
    }

    private synchronized void connect(Credentials credentials) throws ClusterException {
      if (client != null) {
        return;
      }
      ConnectionSpec spec = key.spec;
      TlsContext tls = TlsContext.of(spec.tls(), credentials);
      List<SeedHost> seeds = new SeedProbe(spec, credentials, tls).answering();
      Host[] hosts =
          seeds.stream()
              .map(seed -> new Host(seed.name(), tls == null ? null : tls.name(seed), seed.port()))
              .toArray(Host[]::new);
      try {
        client = new AerospikeClient(policy(spec, credentials, tls), hosts);
      } catch (AerospikeException e) {
        throw new ClusterException(
            Kind.UNSTABLE,
            "the Aerospike server at "
                + seeds.get(0)
                + " answers but can't be used: "
                + SeedProbe.oneLine(e),
            e);
      }
      client.getCluster().connectTimeout =
          Math.min(spec.connectTimeoutMillis(), LATER_CONNECT_TIMEOUT_MILLIS);
    }

    void release() {
      if (!ours) {
        return;
      }
      synchronized (CLIENTS) {
        users--;
        if (users > 0) {
          return;
        }
        if (linger != null) {
          linger.cancel(false);
        }
        linger = Timers.once(this::closeIfIdle, LINGER_MILLIS, TimeUnit.MILLISECONDS);
      }
    }

    private void closeIfIdle() {
      synchronized (CLIENTS) {
        if (users > 0 || CLIENTS.get(key) != this) {
          return;
        }
        CLIENTS.remove(key);
      }
      close();
    }

    private synchronized void close() {
      if (client != null) {
        client.close();
        client = null;
      }
    }
  }

  private static ClientPolicy policy(ConnectionSpec spec, Credentials credentials, TlsContext tls) {
    ClientPolicy policy = new ClientPolicy();
    policy.timeout = spec.connectTimeoutMillis();
    policy.tendInterval = spec.tendIntervalMillis();
    policy.maxConnsPerNode = spec.maxConnectionsPerNode();
    policy.clusterName = emptyToNull(spec.clusterName());
    policy.useServicesAlternate = spec.servicesAlternate();
    policy.appId = "asbeam";
    policy.minConnsPerNode = Math.min(spec.minConnectionsPerNode(), spec.maxConnectionsPerNode());
    policy.maxSocketIdle = (spec.idleTimeoutMillis() + 999) / 1000;
    policy.loginTimeout = spec.loginTimeoutMillis();
    policy.tlsPolicy = tls == null ? null : tls.policy();
    if (!spec.preferRacks().isEmpty()) {
      policy.rackAware = true;
      policy.rackIds = spec.preferRacks();
    }
    if (spec.logsIn()) {
      policy.authMode = com.aerospike.client.policy.AuthMode.valueOf(spec.authMode().name());
    }
    if (spec.logsIn() && spec.authMode() != AuthMode.PKI) {
      policy.user = spec.user();
      policy.password = credentials.password();
    }
    return policy;
  }

  private static String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
