package org.asbeam.storage.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A reverse proxy for HTTP/1.1 that does to requests what rules say. It listens on the loopback
 * address and serves only servers there. The Host header stays as it came, because signatures of
 * requests cover it; a Location header that names the server is made to name the proxy.
 */
public final class FaultyProxy implements AutoCloseable {
  private static final int LONGEST_CUT_EXPONENT = 20;

  private final InetSocketAddress upstream;
  private final ServerSocket listener;
  private final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();
  private final ProxyCounts requests = new ProxyCounts();
  private final ProxyCounts faults = new ProxyCounts();
  private volatile Installed rules = new Installed(request -> Fault.PASS, new AtomicLong());
  private volatile boolean closed;

  private record Installed(FaultRules rules, AtomicLong next) {}

  private FaultyProxy(InetSocketAddress upstream) throws IOException {
    this.upstream = upstream;
    listener = new ServerSocket(0, 256, ServerProcess.loopback());
    Thread thread = new Thread(this::accept, "faulty proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Starts a proxy, which passes everything on until it has rules.
   *
   * @param upstream host and port of a server, or a URL that begins with them
   * @throws IllegalArgumentException if that is not a loopback address
   */
  public static FaultyProxy start(String upstream) {
    URI uri = URI.create(upstream.contains("://") ? upstream : "http://" + upstream);
    if (uri.getHost() == null || uri.getPort() < 0) {
      throw new IllegalArgumentException("No host and port: " + upstream);
    }
    try {
      InetAddress host = InetAddress.getByName(uri.getHost());
      if (!host.isLoopbackAddress()) {
        throw new IllegalArgumentException("Not a loopback address: " + upstream);
      }
      return new FaultyProxy(new InetSocketAddress(host, uri.getPort()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen for " + upstream, e);
    }
  }

  /**
   * Rules that hit requests at random. What happens to request number n depends on the seed and n
   * only.
   *
   * @param errors the share of requests, from 0 to 1, that fail in one of four ways, each as often:
   *     an internal error, a connection dropped before the request takes effect or after it, or a
   *     response that is cut after at most a megabyte
   * @param throttles the share of requests that are told to come slower
   */
  public static FaultRules randomly(Dialect dialect, long seed, double errors, double throttles) {
    if (errors < 0 || throttles < 0 || errors + throttles > 1) {
      throw new IllegalArgumentException("Not shares: " + errors + ", " + throttles);
    }
    return request -> {
      // Mixed twice: the first numbers of neighbouring seeds are alike otherwise.
      long mixed = new SplittableRandom(seed ^ request.number() * 0x9E3779B97F4A7C15L).nextLong();
      SplittableRandom random = new SplittableRandom(mixed);
      double draw = random.nextDouble();
      if (draw < throttles) {
        return dialect.throttled();
      }
      if (draw >= throttles + errors) {
        return Fault.PASS;
      }
      return switch (random.nextInt(4)) {
        case 0 -> dialect.broken();
        case 1 -> Fault.dropRequest();
        case 2 -> Fault.dropResponse();
          // Half of the cuts hit bodies of a kilobyte: lists and errors are that short.
        default -> Fault.cutResponseAfter((1L << random.nextInt(LONGEST_CUT_EXPONENT + 1)) - 1);
      };
    };
  }

  /**
   * Rules that refuse each delete in the words of the store. Of a request that deletes many objects
   * at once, S3 and Google Cloud Storage answer the whole with success and refuse each object.
   */
  public static FaultRules denyDeletes(Dialect dialect) {
    return dialect::deniedDelete;
  }

  /** Sets the rules for the requests from now on, whose numbers begin with 0 again. */
  public void rules(FaultRules newRules) {
    rules = new Installed(newRules, new AtomicLong());
  }

  /** Host and port of the proxy. */
  public String authority() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** The URL of the proxy, without a path. */
  public String endpoint() {
    return "http://" + authority();
  }

  /** How many requests came, by method. */
  public Map<String, Long> requests() {
    return requests.copy();
  }

  /** How many requests came. */
  public long requestCount() {
    return sum(requests);
  }

  /** How many faults happened, by kind: {@code status 503}, {@code drop response} and so on. */
  public Map<String, Long> faults() {
    return faults.copy();
  }

  /** How many faults happened. */
  public long faultCount() {
    return sum(faults);
  }

  /** Sets all counts to 0. */
  public void resetCounts() {
    requests.clear();
    faults.clear();
  }

  /** Resets all connections and stops listening. */
  @Override
  public void close() {
    closed = true;
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The proxy cannot be closed", e);
    } finally {
      connections.forEach(ProxyConnection::reset);
    }
  }

  /**
   * The given URL with the proxy's authority.
   *
   * @throws IllegalArgumentException if the proxy stands in front of another authority
   */
  String inFrontOf(String url) {
    URI uri = URI.create(url);
    if (!uri.getScheme().equals("http") || !uri.getAuthority().equals(upstreamAuthority())) {
      throw new IllegalArgumentException(
          "The proxy stands in front of " + upstreamAuthority() + ", not of " + url);
    }
    return endpoint() + uri.getRawPath();
  }

  String upstreamAuthority() {
    return upstream.getAddress().getHostAddress() + ":" + upstream.getPort();
  }

  Socket connect() throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(upstream, 10_000);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Counts a request and decides what happens to it. */
  Fault decide(HttpHead head, String body) {
    Installed now = rules;
    requests.add(head.word(0));
    Fault fault =
        now.rules()
            .decide(
                new ProxyRequest(
                    now.next().getAndIncrement(), head.word(0), head.word(1), head.byName(), body));
    if (fault == null) {
      throw new IllegalStateException("The rules decided on nothing");
    }
    return fault;
  }

  void happened(Fault fault) {
    faults.add(fault.label());
  }

  void ended(ProxyConnection connection) {
    connections.remove(connection);
  }

  private static long sum(ProxyCounts counts) {
    return counts.copy().values().stream().mapToLong(Long::longValue).sum();
  }

  private void accept() {
    while (!closed) {
      try {
        ProxyConnection connection = new ProxyConnection(this, listener.accept());
        connections.add(connection);
        if (closed) {
          connection.reset();
        }
        Thread thread = new Thread(connection, "faulty proxy connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        if (!closed) {
          System.err.println("The faulty proxy cannot accept a connection: " + e);
        }
      }
    }
  }
}
