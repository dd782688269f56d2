package org.asbeam.aerospike;

import com.aerospike.client.cluster.Cluster;
import com.aerospike.client.cluster.Node;
import com.aerospike.client.metrics.LatencyType;
import com.aerospike.client.policy.Policy;

/**
 * Sends the first rows of a {@link RowBatch} to a node as a request each, all over one connection
 * without waiting for answers in between, and puts down the answers: they come in the same order,
 * because a server takes the next request of a connection when it has answered the one before.
 */
final class SingleCommand extends RawCommand {
  private final RowBatch batch;
  private final int rows;
  private int answered;

  /**
   * @param rows as {@link RowBatch#prepareSingles} said
   */
  SingleCommand(
      Cluster cluster, Node node, Policy policy, RowBatch batch, int rows, FrameReader frames) {
    super(cluster, node, null, policy, batch.request(), frames);
    this.batch = batch;
    this.rows = rows;
  }

  @Override
  int row(byte[] buffer, int offset, int limit) {
    if (answered == rows) {
      throw new ProtocolViolation("more than " + rows + " answers to as many requests");
    }
    int end = BatchCommand.end(buffer, offset, limit);
    batch.result(answered++, buffer[offset + 5] & 0xff);
    return end;
  }

  @Override
  boolean isComplete() {
    return answered == rows;
  }

  @Override
  protected boolean isWrite() {
    return true;
  }

  @Override
  protected LatencyType getLatencyType() {
    return LatencyType.WRITE;
  }
}
