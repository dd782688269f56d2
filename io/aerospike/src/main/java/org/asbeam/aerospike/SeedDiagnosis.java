package org.asbeam.aerospike;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.asbeam.aerospike.ClusterException.Kind;

/**
 * Finds out why no client came about: asks each seed for its name, as the client does, and says
 * what happens. Only used after a failure, so that a working connection costs nothing more.
 */
final class SeedDiagnosis {
  private static final byte[] REQUEST = "node\nbuild\n".getBytes(StandardCharsets.US_ASCII);

  /** Protocol version 2, type 1 (info): the first bytes of every info message. */
  private static final long INFO_HEADER = 0x0201L << 48;

  /** A reply to two short commands is far below this; more is not Aerospike. */
  private static final int MAX_REPLY = 64 * 1024;

  private SeedDiagnosis() {}

  /** The error to throw when the client could not be made; {@code failure} is the client's own. */
  static ClusterException explain(ConnectionSpec spec, RuntimeException failure) {
    List<SeedHost> hosts = SeedHost.parse(spec.seeds(), spec.defaultPort());
    ClusterException first = null;
    for (SeedHost host : hosts) {
      ClusterException problem = probe(host, Math.min(spec.connectTimeoutMillis(), 3000), failure);
      // A seed that answers says most; among those that don't, the first one is as good as any.
      if (first == null || rank(problem) > rank(first)) {
        first = problem;
      }
    }
    return first;
  }

  private static int rank(ClusterException problem) {
    return switch (problem.kind()) {
      case NO_SUCH_HOST -> 0;
      case UNREACHABLE -> 1;
      case REFUSED -> 2;
      default -> 3;
    };
  }

  private static ClusterException probe(
      SeedHost host, int timeoutMillis, RuntimeException failure) {
    InetSocketAddress address = new InetSocketAddress(host.name(), host.port());
    if (address.isUnresolved()) {
      return new ClusterException(
          Kind.NO_SUCH_HOST,
          "the host name '" + host.name() + "' is unknown; check --host and the DNS",
          failure);
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      return ask(host, socket, failure);
    } catch (ConnectException e) {
      return new ClusterException(
          Kind.REFUSED,
          "nothing listens at " + host + "; check host and port, and that the server is up",
          failure);
    } catch (SocketTimeoutException e) {
      return new ClusterException(
          Kind.UNREACHABLE,
          host + " gave no answer in time; check the address and the firewalls in between",
          failure);
    } catch (IOException e) {
      return new ClusterException(
          Kind.UNREACHABLE, host + " can't be reached: " + e.getMessage(), failure);
    }
  }

  private static ClusterException ask(SeedHost host, Socket socket, RuntimeException failure) {
    String reply;
    try {
      byte[] request =
          ByteBuffer.allocate(8 + REQUEST.length)
              .putLong(INFO_HEADER | REQUEST.length)
              .put(REQUEST)
              .array();
      socket.getOutputStream().write(request);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      long size = in.readLong() ^ INFO_HEADER;
      if (size < 0 || size > MAX_REPLY) {
        return notAerospike(host, failure);
      }
      byte[] body = new byte[(int) size];
      in.readFully(body);
      reply = new String(body, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return notAerospike(host, failure);
    }
    if (reply.contains("ERROR:80")) {
      return new ClusterException(
          Kind.ACCESS_DENIED, "the cluster at " + host + " asks for a user", failure);
    }
    return new ClusterException(
        Kind.UNSTABLE,
        "the Aerospike server at " + host + " answers but can't be used: " + oneLine(failure),
        failure);
  }

  private static ClusterException notAerospike(SeedHost host, RuntimeException failure) {
    return new ClusterException(
        Kind.NOT_AEROSPIKE,
        "what listens at "
            + host
            + " does not speak Aerospike's protocol; check the port (is it a TLS port?)",
        failure);
  }

  static String oneLine(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return message.strip().replaceAll("\\s*\\R\\s*", " | ");
  }
}
