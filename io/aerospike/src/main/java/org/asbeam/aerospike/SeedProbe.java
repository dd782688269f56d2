package org.asbeam.aerospike;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.asbeam.aerospike.ClusterException.Kind;

/**
 * Asks each seed for its name before the client does, so that what people do wrong gets an error
 * that says so, and fast. The client alone says "Failed to connect" to all of it, gives up if one
 * of several seeds is unknown, and runs out of memory on the answer of a web server, whose first
 * bytes it takes for a length.
 */
final class SeedProbe {
  private static final byte[] REQUEST = "node\nbuild\n".getBytes(StandardCharsets.US_ASCII);

  /** Protocol version 2, type 1 (info): the first bytes of every info message. */
  private static final long INFO_HEADER = 0x0201L << 48;

  /** A reply to two short commands is far below this; more is not Aerospike. */
  private static final int MAX_REPLY = 64 * 1024;

  /** A server in reach answers in milliseconds; only if none does, the rest of the time is used. */
  private static final int FIRST_TIMEOUT_MILLIS = 3000;

  private SeedProbe() {}

  /**
   * The seeds that answer as Aerospike servers do.
   *
   * @throws ClusterException if there is none, saying why
   */
  static List<SeedHost> answering(ConnectionSpec spec) throws ClusterException {
    List<SeedHost> seeds = SeedHost.parse(spec.seeds(), spec.defaultPort());
    List<SeedHost> answering = new ArrayList<>();
    int timeout = Math.min(spec.connectTimeoutMillis(), FIRST_TIMEOUT_MILLIS);
    ClusterException problem = probe(seeds, timeout, answering);
    if (answering.isEmpty()
        && problem.kind() == Kind.UNREACHABLE
        && timeout < spec.connectTimeoutMillis()) {
      problem = probe(seeds, spec.connectTimeoutMillis(), answering);
    }
    if (answering.isEmpty()) {
      throw problem;
    }
    return answering;
  }

  /** Asks all seeds; the problem that says most, if there is any. */
  private static ClusterException probe(
      List<SeedHost> seeds, int timeoutMillis, List<SeedHost> answering) {
    ClusterException worst = null;
    for (SeedHost seed : seeds) {
      try {
        ask(seed, timeoutMillis);
        answering.add(seed);
      } catch (ClusterException e) {
        if (worst == null || telling(e) > telling(worst)) {
          worst = e;
        }
      }
    }
    return worst;
  }

  /** A seed that answers something says most; among others the first one is as good as any. */
  private static int telling(ClusterException problem) {
    return switch (problem.kind()) {
      case NO_SUCH_HOST -> 0;
      case REFUSED -> 1;
      case UNREACHABLE -> 2;
      default -> 3;
    };
  }

  private static void ask(SeedHost seed, int timeoutMillis) throws ClusterException {
    InetSocketAddress address = new InetSocketAddress(seed.name(), seed.port());
    if (address.isUnresolved()) {
      throw new ClusterException(
          Kind.NO_SUCH_HOST,
          "the host name '" + seed.name() + "' is unknown; check it, and the DNS");
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      ask(seed, socket);
    } catch (ConnectException e) {
      throw new ClusterException(
          Kind.REFUSED,
          "nothing listens at " + seed + "; check host and port, and that the server is up",
          e);
    } catch (SocketTimeoutException e) {
      throw new ClusterException(
          Kind.UNREACHABLE,
          seed + " gave no answer in time; check the address, and the firewalls in between",
          e);
    } catch (ClusterException e) {
      throw e;
    } catch (IOException e) {
      throw new ClusterException(Kind.UNREACHABLE, seed + " can't be reached: " + oneLine(e), e);
    }
  }

  private static void ask(SeedHost seed, Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            ByteBuffer.allocate(8 + REQUEST.length)
                .putLong(INFO_HEADER | REQUEST.length)
                .put(REQUEST)
                .array());
    byte[] body;
    try {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      long size = in.readLong() ^ INFO_HEADER;
      if (size < 0 || size > MAX_REPLY) {
        throw notAerospike(seed, null);
      }
      body = new byte[(int) size];
      in.readFully(body);
    } catch (SocketTimeoutException | ClusterException e) {
      throw e;
    } catch (IOException e) {
      throw notAerospike(seed, e);
    }
    if (new String(body, StandardCharsets.UTF_8).contains("\tERROR:80")) {
      throw new ClusterException(
          Kind.ACCESS_DENIED, "the cluster at " + seed + " asks for a user, and none was given");
    }
  }

  private static ClusterException notAerospike(SeedHost seed, IOException cause) {
    return new ClusterException(
        Kind.NOT_AEROSPIKE,
        "what listens at "
            + seed
            + " does not speak Aerospike's protocol; check the port (is it a TLS port?)",
        cause);
  }

  static String oneLine(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return message.strip().replaceAll("\\s*\\R\\s*", " | ");
  }
}
