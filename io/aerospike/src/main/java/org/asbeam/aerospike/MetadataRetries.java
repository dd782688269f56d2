package org.asbeam.aerospike;

import com.aerospike.client.cluster.Node;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.asbeam.aerospike.ClusterException.Kind;

/**
 * Sends commands again that failed in a way that passes: no node answers, or a node is busy. All
 * commands on indexes and UDFs have the same effect twice as once.
 */
final class MetadataRetries {
  private final ClusterClient client;
  private final MetadataSpec spec;
  private final BooleanSupplier stop;

  MetadataRetries(ClusterClient client, MetadataSpec spec, BooleanSupplier stop) {
    this.client = client;
    this.spec = spec;
    this.stop = stop;
  }

  /** Something to do on any node. */
  interface Task<T> {
    /**
     * @throws ClusterException transient: it is done again
     */
    T on(Node node) throws IOException;
  }

  /**
   * Does something until it does not fail in a way that passes.
   *
   * @throws ClusterException what is not transient; the last failure when the retries are used up
   *     or the stall timeout is over; of kind STOPPED
   */
  <T> T run(Task<T> task) throws IOException {
    long start = System.nanoTime();
    for (int retry = 1; ; retry++) {
      try {
        return task.on(client.nodes().get(0));
      } catch (ClusterException e) {
        if (!e.isTransient()) {
          throw e;
        }
        if (retry > spec.retryPolicy().maxRetries()) {
          throw new ClusterException(
              Kind.RETRIES_EXHAUSTED,
              e.getMessage() + "; allow more retries, or restore again later",
              e);
        }
        if (System.nanoTime() - start > spec.stallTimeout().toNanos()) {
          throw e;
        }
      }
      Pause.until(System.nanoTime() + spec.retryPolicy().delayNanos(retry), stop);
      if (stop.getAsBoolean()) {
        throw new ClusterException(Kind.STOPPED, "stopped while metadata was restored");
      }
    }
  }

  /** Sends a command; the answer may be an error, but none that passes. */
  String command(String command) throws IOException {
    return run(
        node -> {
          String answer = InfoClient.ask(client, node, command);
          if (InfoClient.isError(answer)
              && ClusterErrors.isTransient(InfoClient.errorCode(answer))) {
            // A node that can't agree with the others in time says so.
            InfoClient.successful(node, command, answer);
          }
          return answer;
        });
  }
}
