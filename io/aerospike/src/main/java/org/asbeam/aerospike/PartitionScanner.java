package org.asbeam.aerospike;

import com.aerospike.client.AerospikeException;
import com.aerospike.client.ResultCode;
import com.aerospike.client.cluster.Node;
import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.format.MalformedRowException;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.RecordView;

/**
 * Reads partitions: hands each of their records to a {@link RowHandler}, as the bytes that the
 * server sent.
 *
 * <p>A record that is there, unchanged, from the start to the end of a scan is delivered exactly
 * once, whatever fails in between: each partition goes on after the last digest that the handler
 * took, on the next replica, after a growing delay. A partition counts as done only when a node
 * that owns all of it has sent its end. A scan that gets no further for the spec's stall timeout
 * fails; it never ends early in silence.
 *
 * <p>One request is on its way at a time: several scans, each with partitions of one node, use the
 * whole cluster. A scanner may be used again, by one thread at a time.
 */
public final class PartitionScanner {
  /** How often the stop flag is looked at while the server is silent. */
  private static final long WATCH_MILLIS = 250;

  /** A node may take a request's id for one in use while it changes its name; seldom twice. */
  private static final int MAX_PARAMETER_ERRORS = 3;

  private final ClusterClient client;
  private final ScanSpec spec;
  private final ScanRequest requests;
  private final FrameReader frames = new FrameReader();
  private final RecordView view = new RecordView();

  /**
   * @throws IllegalArgumentException if the spec's filter is not base64
   */
  public PartitionScanner(ClusterClient client, ScanSpec spec) {
    this.client = client;
    this.spec = spec;
    this.requests = new ScanRequest(spec);
  }

  /**
   * Reads what the cursors say is left; moves them as the handler takes records.
   *
   * @param stop ends the scan soon after it turns true, also while the server is silent; asked by
   *     several threads
   * @return how it ended: complete or stopped
   * @throws ClusterException of kind NO_SUCH_NAMESPACE, TRANSIENT (the stall timeout is over),
   *     PROTOCOL (rows that can't be trusted), ACCESS_DENIED, UNSUPPORTED
   * @throws IOException what the handler threw
   */
  public ScanOutcome scan(PartitionCursors cursors, RowHandler handler, BooleanSupplier stop)
      throws IOException {
    return new Run(cursors, handler, stop).run();
  }

  private final class Run {
    private final PartitionCursors cursors;
    private final RowHandler handler;
    private final BooleanSupplier stop;
    private final PartitionQueue queue;
    private long records;
    private int sent;
    private int retries;
    private int parameterErrors;
    private long lastProgress = System.nanoTime();
    private String lastFailure = "no node of the cluster's map owns them";
    private Throwable lastCause;

    Run(PartitionCursors cursors, RowHandler handler, BooleanSupplier stop) {
      this.cursors = cursors;
      this.handler = handler;
      this.stop = stop;
      this.queue =
          new PartitionQueue(
              cursors, spec.partitionsPerRequest(), client.spec().tendIntervalMillis());
    }

    ScanOutcome run() throws IOException {
      while (!queue.isEmpty()) {
        if (stop.getAsBoolean()) {
          return outcome(false);
        }
        failIfStalled();
        Node node = queue.choose(client.partitions(spec.namespace()));
        if (node == null) {
          Pause.until(queue.nextTime(), stop);
        } else if (!request(node)) {
          return outcome(false);
        }
      }
      return outcome(true);
    }

    private ScanOutcome outcome(boolean complete) {
      return new ScanOutcome(complete, records, sent, retries);
    }

    /** Sends one request; false: stopped. */
    private boolean request(Node node) throws IOException {
      WireBuffer bytes = requests.write(queue.request(), queue.requested(), cursors);
      // Half of it: when one node falls silent, another replica gets its chance.
      long silence = Math.max(1, spec.stallTimeout().toMillis() / 2);
      ScanCommand command =
          new ScanCommand(
              client.cluster(),
              node,
              spec.namespace(),
              RawCommand.policy(
                  client.connectTimeoutMillis(), (int) Math.min(silence, Integer.MAX_VALUE)),
              bytes,
              frames,
              queue,
              cursors,
              handler,
              stop,
              view);
      ScheduledFuture<?> watch =
          Timers.every(
              () -> {
                if (stop.getAsBoolean()) {
                  command.abort();
                }
              },
              WATCH_MILLIS,
              TimeUnit.MILLISECONDS);
      sent++;
      try {
        command.run();
        retries += command.unavailable();
        if (command.unavailable() > 0) {
          lastFailure = "node " + node + " can't serve them (11 Partition unavailable)";
        }
        if (queue.finish() || command.progressed()) {
          progress();
        }
        return true;
      } catch (ScanCommand.Stopped e) {
        if (command.handlerFailure() != null) {
          throw command.handlerFailure();
        }
        return false;
      } catch (ProtocolViolation | MalformedRowException e) {
        throw new ClusterException(
            Kind.PROTOCOL,
            "node " + node + " sent data that can't be trusted: " + e.getMessage(),
            e);
      } catch (AerospikeException e) {
        if (stop.getAsBoolean()) {
          return false;
        }
        failed(node, command, e);
        return true;
      } finally {
        watch.cancel(false);
        records += command.records();
      }
    }

    private void failed(Node node, ScanCommand command, AerospikeException e)
        throws ClusterException {
      int code = e.getResultCode();
      boolean retriable =
          ClusterErrors.isTransientForScan(code)
              || code == ResultCode.PARAMETER_ERROR && ++parameterErrors < MAX_PARAMETER_ERRORS;
      if (!retriable) {
        throw ClusterErrors.permanent(
            "the scan of namespace '" + spec.namespace() + "' on node " + node,
            code,
            ClusterErrors.describe(e),
            e);
      }
      if (command.progressed()) {
        progress();
      }
      retries++;
      lastFailure = "node " + node + " failed (" + ClusterErrors.describe(e) + ")";
      lastCause = e;
      queue.fail(command.progressed());
    }

    private void progress() {
      lastProgress = System.nanoTime();
      parameterErrors = 0;
    }

    private void failIfStalled() throws ClusterException {
      if (System.nanoTime() - lastProgress < spec.stallTimeout().toNanos()) {
        return;
      }
      PartitionSet left = cursors.remaining();
      throw new ClusterException(
          Kind.TRANSIENT,
          "the scan of namespace '"
              + spec.namespace()
              + "' got nothing of "
              + left.size()
              + (left.size() == 1 ? " partition" : " partitions")
              + " ("
              + left
              + ") for "
              + spec.stallTimeout().toSeconds()
              + " s: "
              + lastFailure
              + "; check the nodes, then resume",
          lastCause);
    }
  }
}
