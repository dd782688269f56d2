package org.asbeam.aerospike;

import com.aerospike.client.AerospikeException;
import com.aerospike.client.cluster.Cluster;
import com.aerospike.client.cluster.Connection;
import com.aerospike.client.cluster.Node;
import com.aerospike.client.command.SyncCommand;
import com.aerospike.client.metrics.LatencyType;
import com.aerospike.client.policy.Policy;
import java.io.IOException;

/**
 * A request to one node whose bytes are ready, and whose reply is read row by row. The client does
 * the rest: connection pool, login, TLS, circuit breaker, error counts.
 *
 * <p>This is not a {@code MultiCommand}: that one allocates a buffer of 1 MiB for each request,
 * doesn't tell rows where their message ends (a wrong length would be read from stale bytes), and
 * can't be stopped while the server is silent.
 *
 * <p>One attempt only; retries belong to those who know what is left to do.
 */
abstract class RawCommand extends SyncCommand {
  private static final int INFO3_LAST = 1;

  private final Node node;
  private final String namespace;
  private final WireBuffer request;
  private final FrameReader frames;
  private Connection connection;
  private boolean aborted;
  private boolean sent;
  private int serverCode;
  private RuntimeException violation;

  RawCommand(
      Cluster cluster,
      Node node,
      String namespace,
      Policy policy,
      WireBuffer request,
      FrameReader frames) {
    super(cluster, policy, policy.socketTimeout, policy.totalTimeout, namespace);
    this.node = node;
    this.namespace = namespace;
    this.request = request;
    this.frames = frames;
  }

  /** A policy of one attempt. */
  static Policy policy(int connectTimeoutMillis, int socketTimeoutMillis) {
    Policy policy = new Policy();
    policy.connectTimeout = connectTimeoutMillis;
    policy.socketTimeout = socketTimeoutMillis;
    policy.totalTimeout = 0;
    policy.maxRetries = 0;
    return policy;
  }

  /**
   * Takes a row, or whatever else starts like one.
   *
   * @return the offset behind it
   */
  abstract int row(byte[] buffer, int offset, int limit);

  /** Whether the reply is over though no row said to be the last one. */
  boolean isComplete() {
    return false;
  }

  /**
   * Sends the request and reads the reply to its end.
   *
   * @throws AerospikeException if the request failed: by the server's code or the client's
   * @throws ProtocolViolation or whatever {@link #row} threw: the connection is closed
   */
  final void run() {
    try {
      executeCommand();
    } catch (AerospikeException e) {
      if (serverCode != 0) {
        throw new AerospikeException(serverCode);
      }
      throw violation != null ? violation : e;
    }
  }

  /** Ends the request from another thread, even while the server is silent. */
  final synchronized void abort() {
    aborted = true;
    if (connection != null) {
      connection.close();
    }
  }

  @Override
  protected final void parseResult(Node node, Connection conn) throws IOException {
    if (!enter(conn)) {
      throw new AerospikeException.ScanTerminated();
    }
    try {
      do {
        beforeRead();
        frames.read(conn, this::waitsOn);
        if (node.areMetricsEnabled()) {
          node.addBytesIn(namespace, WireBuffer.PROTO_LENGTH + frames.limit() - frames.offset());
        }
      } while (!readMessage() && !isComplete());
    } catch (RuntimeException e) {
      // Any runtime exception that is none of the client's makes it close the connection, which
      // is what a half-read reply needs; run() gives the original back.
      violation = e;
      throw new IllegalStateException(e);
    } finally {
      leave();
    }
    if (serverCode != 0) {
      throw new AerospikeException(serverCode);
    }
  }

  /** Reads the rows of a message; true: it was the last one of the reply. */
  private boolean readMessage() {
    byte[] buffer = frames.buffer();
    int at = frames.offset();
    int limit = frames.limit();
    while (at < limit) {
      if (limit - at < WireBuffer.MESSAGE_LENGTH) {
        throw new ProtocolViolation("a row of " + (limit - at) + " bytes");
      }
      if ((buffer[at + 3] & INFO3_LAST) != 0) {
        serverCode = buffer[at + 5] & 0xff;
        return true;
      }
      at = row(buffer, at, limit);
    }
    return false;
  }

  /** Called before each message is waited for. */
  void beforeRead() {}

  /** Whether to wait on when nothing came for the policy's socket timeout. */
  boolean waitsOn() {
    return false;
  }

  /**
   * What to throw for a row that carries an error for the whole request. The server sends such
   * errors without saying that they are the last row, so the connection is not used again.
   */
  final RuntimeException failure(int code) {
    serverCode = code;
    return new IllegalStateException("the server answered " + code);
  }

  /** The server's code for the whole request; 0: none came. */
  final int serverCode() {
    return serverCode;
  }

  /** Whether the server may have got the request. */
  final boolean wasSent() {
    return sent;
  }

  private synchronized boolean enter(Connection conn) {
    connection = aborted ? null : conn;
    return !aborted;
  }

  private synchronized void leave() {
    connection = null;
  }

  @Override
  protected final Node getNode() {
    return node;
  }

  @Override
  protected final void writeBuffer() {
    sent = true;
    dataBuffer = request.bytes;
    dataOffset = request.length;
  }

  @Override
  protected final boolean prepareRetry(boolean timeout) {
    return true;
  }

  @Override
  protected final boolean isSingle() {
    return false;
  }

  @Override
  protected LatencyType getLatencyType() {
    return LatencyType.QUERY;
  }
}
