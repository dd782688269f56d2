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
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.asbeam.aerospike.ClusterException.Kind;

/**
 * Does with each seed what the client will do, before the client does: connects, encrypts, logs in
 * and asks for its name, so that what people do wrong gets an error that says so, and fast. The
 * client alone says "Failed to connect" to all of it, gives up if one of several seeds is unknown,
 * and runs out of memory on the answer of a web server, whose first bytes it takes for a length.
 */
final class SeedProbe {
  private static final String RACKS = "rack-ids";

  /** Protocol version 2, type 1 (info): the first bytes of every info message. */
  private static final long INFO_HEADER = 0x0201L << 48;

  /** A reply to a few short commands is far below this; more is not Aerospike. */
  private static final int MAX_REPLY = 64 * 1024;

  /** A server in reach answers in milliseconds; only if none does, the rest of the time is used. */
  private static final int FIRST_TIMEOUT_MILLIS = 3000;

  private final ConnectionSpec spec;
  private final TlsContext tls;
  private final Login login;

  /**
   * @param tls null: no TLS
   */
  SeedProbe(ConnectionSpec spec, Credentials credentials, TlsContext tls) {
    this.spec = spec;
    this.tls = tls;
    login = spec.logsIn() ? new Login(spec, credentials) : null;
  }

  /**
   * The seeds that answer as Aerospike servers do.
   *
   * @throws ClusterException if there is none, saying why
   */
  List<SeedHost> answering() throws ClusterException {
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
  private ClusterException probe(
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

  private void ask(SeedHost seed, int timeoutMillis) throws ClusterException {
    InetSocketAddress address = new InetSocketAddress(seed.name(), seed.port());
    if (address.isUnresolved()) {
      throw new ClusterException(
          Kind.NO_SUCH_HOST,
          "the host name '" + seed.name() + "' is unknown; check it, and the DNS");
    }
    try (Socket socket = tls == null ? new Socket() : tls.socket()) {
      socket.connect(address, timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      if (socket instanceof SSLSocket encrypted) {
        TlsFailures.handshake(seed, encrypted, tls);
      }
      if (login != null) {
        socket.setSoTimeout(spec.loginTimeoutMillis());
        login.on(seed, socket);
        socket.setSoTimeout(timeoutMillis);
      }
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
      throw broken(seed, address, timeoutMillis, e);
    }
  }

  /** Says what a connection was that ended before there was an answer to understand. */
  private ClusterException broken(
      SeedHost seed, InetSocketAddress address, int timeoutMillis, IOException e) {
    boolean encrypted = e instanceof NoAnswer && !tlsMayHaveEndedIt();
    if (tls != null && !encrypted) {
      boolean plain =
          !TlsFailures.isExplained(e)
              && !tls.wasAskedForCertificate()
              && speaksAerospike(address, timeoutMillis);
      return TlsFailures.explain(seed, tls, plain, e);
    }
    if (!encrypted && !(e instanceof NoAnswer)) {
      return new ClusterException(Kind.UNREACHABLE, seed + " can't be reached: " + oneLine(e), e);
    }
    if (tls == null && TlsFailures.speaksTls(address, timeoutMillis)) {
      return new ClusterException(
          Kind.NOT_AEROSPIKE,
          "the server at " + seed + " wants TLS; turn TLS on, or take the port without TLS",
          e);
    }
    return new ClusterException(
        Kind.NOT_AEROSPIKE,
        "what listens at " + seed + " does not speak Aerospike's protocol; check the port",
        e);
  }

  /** Whether a server may have gone because it got no certificate: it says so only afterwards. */
  private boolean tlsMayHaveEndedIt() {
    return tls != null && tls.wasAskedForCertificate();
  }

  private static boolean speaksAerospike(InetSocketAddress address, int timeoutMillis) {
    try (Socket socket = new Socket()) {
      socket.connect(address, timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      info(socket, "node");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void ask(SeedHost seed, Socket socket) throws IOException {
    boolean racks = !spec.preferRacks().isEmpty();
    String answer = racks ? info(socket, "node", "build", RACKS) : info(socket, "node", "build");
    if (answer.contains("\tERROR:" + ClusterErrors.NOT_AUTHENTICATED)) {
      throw new ClusterException(
          Kind.ACCESS_DENIED,
          login == null
              ? "the cluster at " + seed + " asks for a user, and none was given"
              : "the cluster at " + seed + " says that the user did not log in");
    }
    if (racks && answer.contains(RACKS + "\tERROR:")) {
      throw new ClusterException(
          Kind.UNSUPPORTED,
          "the cluster at " + seed + " has no racks (the community edition has none); prefer none");
    }
  }

  /** Sends commands; the lines that come back. */
  private static String info(Socket socket, String... commands) throws IOException {
    byte[] request = (String.join("\n", commands) + "\n").getBytes(StandardCharsets.US_ASCII);
    socket
        .getOutputStream()
        .write(
            ByteBuffer.allocate(8 + request.length)
                .putLong(INFO_HEADER | request.length)
                .put(request)
                .array());
    try {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      long size = in.readLong() ^ INFO_HEADER;
      if (size < 0 || size > MAX_REPLY) {
        throw new NoAnswer(null);
      }
      byte[] body = new byte[(int) size];
      in.readFully(body);
      return new String(body, StandardCharsets.UTF_8);
    } catch (SocketTimeoutException | SSLException | NoAnswer e) {
      throw e;
    } catch (IOException e) {
      throw new NoAnswer(e);
    }
  }

  /** What came back is no answer of an Aerospike server, or nothing came. */
  static final class NoAnswer extends IOException {
    private static final long serialVersionUID = 1L;

    NoAnswer(IOException cause) {
      super("no answer of an Aerospike server", cause);
    }
  }

  static String oneLine(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return message.strip().replaceAll("\\s*\\R\\s*", " | ");
  }
}
