package org.asbeam.aerospike;

import com.aerospike.client.AerospikeClient;
import com.aerospike.client.AerospikeException;
import com.aerospike.client.Host;
import com.aerospike.client.policy.ClientPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.asbeam.aerospike.ClusterException.Kind;

/**
 * The clients of this JVM, one per {@link ConnectionSpec}: counted, and closed when nobody has used
 * one for 30 seconds. Slices come and go by the hundred; a client takes a second to start.
 */
public final class ClusterClients {
  /** How long a client without users stays open. */
  static final long LINGER_MILLIS = 30_000;

  /**
   * Once the client stands, a node that doesn't answer must not hold up the others: the client
   * tends all nodes one after the other.
   */
  static final int LATER_CONNECT_TIMEOUT_MILLIS = 5_000;

  private static final Map<ConnectionSpec, Shared> CLIENTS = new HashMap<>();

  private ClusterClients() {}

  /**
   * A lease on the client for a cluster; makes the client if there is none.
   *
   * @throws ClusterException if the cluster can't be reached: of kind NO_SUCH_HOST, REFUSED,
   *     UNREACHABLE, NOT_AEROSPIKE, ACCESS_DENIED or UNSTABLE
   */
  public static ClusterClient acquire(ConnectionSpec spec) throws ClusterException {
    Shared shared;
    synchronized (CLIENTS) {
      shared = CLIENTS.computeIfAbsent(spec, Shared::new);
      shared.users++;
    }
    try {
      shared.connect();
      return new ClusterClient(shared);
    } catch (ClusterException | RuntimeException e) {
      shared.release();
      throw e;
    }
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

  /** A client with the number of its users; the number is guarded by the registry's lock. */
  static final class Shared {
    private final ConnectionSpec spec;
    private int users;
    private ScheduledFuture<?> linger;
    private AerospikeClient client;
    private final Map<String, NodeWindow> windows = new ConcurrentHashMap<>();

    private Shared(ConnectionSpec spec) {
      this.spec = spec;
    }

    ConnectionSpec spec() {
      return spec;
    }

    synchronized AerospikeClient client() {
      return client;
    }

    NodeWindow window(String node, NodeWindow.Use use) {
      return windows.computeIfAbsent(
          use + " " + node, key -> new NodeWindow(spec.maxConnectionsPerNode()));
    }

    private synchronized void connect() throws ClusterException {
      if (client != null) {
        return;
      }
      List<SeedHost> seeds = SeedProbe.answering(spec);
      Host[] hosts =
          seeds.stream()
              .map(seed -> new Host(seed.name(), emptyToNull(seed.tlsName()), seed.port()))
              .toArray(Host[]::new);
      try {
        client = new AerospikeClient(policy(spec), hosts);
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
        if (users > 0 || CLIENTS.get(spec) != this) {
          return;
        }
        CLIENTS.remove(spec);
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

  private static ClientPolicy policy(ConnectionSpec spec) {
    ClientPolicy policy = new ClientPolicy();
    policy.timeout = spec.connectTimeoutMillis();
    policy.tendInterval = spec.tendIntervalMillis();
    policy.maxConnsPerNode = spec.maxConnectionsPerNode();
    policy.clusterName = emptyToNull(spec.clusterName());
    policy.useServicesAlternate = spec.servicesAlternate();
    policy.appId = "asbeam";
    return policy;
  }

  private static String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
