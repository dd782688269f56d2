package org.asbeam.aerospike;

import com.aerospike.client.cluster.Cluster;
import com.aerospike.client.cluster.Node;
import com.aerospike.client.policy.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import org.asbeam.format.RecordView;

/** One request for some partitions of one node, and the rows that come back. */
final class ScanCommand extends RawCommand {
  private static final int INFO3_PARTITION_DONE = 4;

  /**
   * The set of the monitors of multi-record transactions. The server hides it from scans of a whole
   * namespace; it is never part of a backup.
   */
  private static final byte[] MONITOR_SET =
      ScanFilter.MONITOR_SET.getBytes(StandardCharsets.US_ASCII);

  private final PartitionQueue queue;
  private final PartitionCursors cursors;
  private final RowHandler handler;
  private final BooleanSupplier stop;
  private final RecordView view;
  private final RecordBudget budget;
  private final Silence silence;
  private final Runnable progress;
  private long received;
  private long records;
  private boolean progressed;
  private int unavailable;
  private IOException handlerFailure;

  ScanCommand(
      Cluster cluster,
      Node node,
      String namespace,
      Policy policy,
      WireBuffer request,
      FrameReader frames,
      PartitionQueue queue,
      PartitionCursors cursors,
      RowHandler handler,
      BooleanSupplier stop,
      RecordView view,
      RecordBudget budget,
      Silence silence,
      Runnable progress) {
    super(cluster, node, namespace, policy, request, frames);
    this.queue = queue;
    this.cursors = cursors;
    this.handler = handler;
    this.stop = stop;
    this.view = view;
    this.budget = budget;
    this.silence = silence;
    this.progress = progress;
  }

  @Override
  void beforeRead() {
    if (silence != null) {
      silence.begin();
    }
  }

  @Override
  boolean waitsOn() {
    return silence != null && !stop.getAsBoolean() && silence.isWorthWaiting(progress);
  }

  @Override
  int row(byte[] buffer, int offset, int limit) {
    int code = buffer[offset + 5] & 0xff;
    if ((buffer[offset + 3] & INFO3_PARTITION_DONE) != 0) {
      return partitionDone(buffer, offset, limit, code);
    }
    if (code != 0) {
      throw failure(code);
    }
    if (stop.getAsBoolean()) {
      throw new Stopped();
    }
    view.wrap(buffer, offset, limit);
    int end = view.skipToEnd();
    view.rewind();
    int partition = view.partition();
    int digest = view.digestOffset();
    check(partition, buffer, digest);
    received++;
    if (!isMonitor(buffer)) {
      if (!budget.take()) {
        throw new Stopped();
      }
      deliver();
      records++;
    }
    cursors.advance(partition, buffer, digest);
    progressed = true;
    return end;
  }

  /** Records that the server sent. */
  long received() {
    return received;
  }

  /** Rows that the handler took. */
  long records() {
    return records;
  }

  /** Whether any cursor moved. */
  boolean progressed() {
    return progressed;
  }

  /** How many partitions the node said it can't serve. */
  int unavailable() {
    return unavailable;
  }

  /** What the handler threw, if that ended the request. */
  IOException handlerFailure() {
    return handlerFailure;
  }

  private void deliver() {
    boolean delivered = false;
    try {
      handler.row(view);
      delivered = true;
    } catch (IOException e) {
      handlerFailure = e;
      throw new Stopped();
    } finally {
      if (!delivered) {
        budget.giveBack();
      }
    }
  }

  private int partitionDone(byte[] buffer, int offset, int limit, int code) {
    // The generation of such a row is the partition's id. A server says nothing of the partitions
    // that it read to their end; one that says it with code 0 says nothing new.
    int partition =
        (buffer[offset + 6] & 0xff) << 24
            | (buffer[offset + 7] & 0xff) << 16
            | (buffer[offset + 8] & 0xff) << 8
            | buffer[offset + 9] & 0xff;
    if (buffer[offset + 18] != 0
        || buffer[offset + 19] != 0
        || buffer[offset + 20] != 0
        || buffer[offset + 21] != 0) {
      throw new ProtocolViolation("the end of partition " + partition + " carries data");
    }
    if (!queue.isAsked(partition)) {
      throw new ProtocolViolation("partition " + partition + " was not asked for");
    }
    if (code != 0) {
      queue.unavailable(partition);
      unavailable++;
    }
    return offset + WireBuffer.MESSAGE_LENGTH;
  }

  private void check(int partition, byte[] buffer, int digest) {
    if (!queue.isAsked(partition)) {
      throw new ProtocolViolation("a record of partition " + partition + ", not asked for");
    }
    if (!cursors.isNext(partition, buffer, digest)) {
      throw new ProtocolViolation(
          "record "
              + HexFormat.of().formatHex(buffer, digest, digest + RecordView.DIGEST_LENGTH)
              + " of partition "
              + partition
              + " comes out of descending order");
    }
  }

  private boolean isMonitor(byte[] buffer) {
    int set = view.setOffset();
    return view.setLength() == MONITOR_SET.length
        && buffer[set] == MONITOR_SET[0]
        && Arrays.equals(buffer, set, set + MONITOR_SET.length, MONITOR_SET, 0, MONITOR_SET.length);
  }

  /** Ends the reading of a reply; without a stack trace, for it says nothing. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super("stopped", null, false, false);
    }
  }
}
