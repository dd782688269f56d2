package org.asbeam.aerospike;

import com.aerospike.client.cluster.Cluster;
import com.aerospike.client.cluster.Node;
import com.aerospike.client.metrics.LatencyType;
import com.aerospike.client.policy.Policy;

/** Sends a {@link RowBatch} to a node and puts down what the node says of each row. */
final class BatchCommand extends RawCommand {
  private final RowBatch batch;
  private final int rows;

  BatchCommand(
      Cluster cluster, Node node, Policy policy, RowBatch batch, int rows, FrameReader frames) {
    super(cluster, node, null, policy, batch.request(), frames);
    this.batch = batch;
    this.rows = rows;
  }

  @Override
  int row(byte[] buffer, int offset, int limit) {
    int index = int32(buffer, offset + 14);
    if (index < 0 || index >= rows) {
      throw new ProtocolViolation("a result for row " + index + " of " + rows);
    }
    if (batch.result(index) != RowBatch.NO_RESULT) {
      throw new ProtocolViolation("a second result for row " + index);
    }
    int end = end(buffer, offset, limit);
    batch.result(index, buffer[offset + 5] & 0xff);
    return end;
  }

  /** Behind the fields and ops of a row: writes ask for none, but a server may echo its ops. */
  static int end(byte[] buffer, int offset, int limit) {
    int items = (buffer[offset + 18] & 0xff) << 8 | buffer[offset + 19] & 0xff;
    items += (buffer[offset + 20] & 0xff) << 8 | buffer[offset + 21] & 0xff;
    int at = offset + WireBuffer.MESSAGE_LENGTH;
    for (; items > 0; items--) {
      int size = limit - at < 4 ? -1 : int32(buffer, at);
      if (size < 0 || size > limit - at - 4) {
        throw new ProtocolViolation("a result that reaches beyond its message");
      }
      at += 4 + size;
    }
    return at;
  }

  private static int int32(byte[] buffer, int at) {
    return (buffer[at] & 0xff) << 24
        | (buffer[at + 1] & 0xff) << 16
        | (buffer[at + 2] & 0xff) << 8
        | buffer[at + 3] & 0xff;
  }

  @Override
  protected boolean isWrite() {
    return true;
  }

  @Override
  protected LatencyType getLatencyType() {
    return LatencyType.BATCH;
  }
}
