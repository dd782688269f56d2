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
 * <p>The handler may take its time for a record, as a rate limit makes it do: the server waits, and
 * no clock of the scan but the total timeout runs.
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
  private final RecordBudget budget;
  private final ScanRequest requests;
  private final Racks racks;
  private final FrameReader frames = new FrameReader();
  private final RecordView view = new RecordView();

  /** A scanner with the spec's limit of records for itself. */
  public PartitionScanner(ClusterClient client, ScanSpec spec) {
    this(client, spec, RecordBudget.of(spec.maxRecords()));
  }

  /**
   * @param budget how many records it and others may deliver together; the spec's limit doesn't
   *     count then
   */
  public PartitionScanner(ClusterClient client, ScanSpec spec, RecordBudget budget) {
    this.client = client;
    this.spec = spec;
    this.budget = budget;
    this.requests = new ScanRequest(spec);
    boolean own = !spec.preferredRacks().isEmpty();
    this.racks =
        new Racks(spec.namespace(), own ? spec.preferredRacks() : client.spec().preferRacks());
  }

  /**
   * Reads what the cursors say is left; moves them as the handler takes records.
   *
   * @param stop ends the scan soon after it turns true, also while the server is silent; asked by
   *     several threads
   * @return how it ended: complete, at the limit of records, or stopped
   * @throws ClusterException of kind NO_SUCH_NAMESPACE, TRANSIENT (a timeout of the spec is over,
   *     or its retries are used up), PROTOCOL (rows that can't be trusted, a filter that the server
   *     refuses), ACCESS_DENIED, UNSUPPORTED
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
    private final ScanClock clock = new ScanClock(spec.retries());
    private long records;
    private int sent;
    private int retries;
    private int parameterErrors;
    private boolean anyAnswered;
    private NodeWindow.Outcome load = NodeWindow.Outcome.NEUTRAL;
    private String lastFailure = "no node of the cluster's map owns them";
    private Throwable lastCause;

    Run(PartitionCursors cursors, RowHandler handler, BooleanSupplier stop) {
      this.cursors = cursors;
      this.handler = handler;
      this.stop = () -> stop.getAsBoolean() || clock.isOver();
      this.queue =
          new PartitionQueue(
              cursors,
              spec.partitionsPerRequest(),
              racks,
              client.spec().tendIntervalMillis(),
              spec.retries().sleepBetweenRetries().toNanos());
    }

    ScanOutcome run() throws IOException {
      boolean goesOn = true;
      while (goesOn && !queue.isEmpty()) {
        if (budget.isEmpty()) {
          return new ScanOutcome(false, true, records, sent, retries);
        }
        failIfUsedUp();
        goesOn = !stop.getAsBoolean() && step();
      }
      if (!queue.isEmpty()) {
        failIfOver();
      }
      return new ScanOutcome(queue.isEmpty(), false, records, sent, retries);
    }

    /** Sends one request or waits for the time of the next; false: stopped. */
    private boolean step() throws IOException {
      Node node = queue.choose(client.partitions(spec.namespace()));
      if (node == null) {
        Pause.until(queue.nextTime(), stop);
        return true;
      }
      // What others wait for on this node is no failure of ours.
      long before = System.nanoTime();
      NodeWindow window = client.window(node, NodeWindow.Use.SCAN);
      long pass = window.enter(stop);
      clock.excuse(System.nanoTime() - before);
      if (pass == NodeWindow.STOPPED) {
        return false;
      }
      load = NodeWindow.Outcome.NEUTRAL;
      try {
        return request(node);
      } finally {
        window.leave(pass, load);
      }
    }

    private boolean request(Node node) throws IOException {
      long most = budget.isLimited() ? budget.left() : 0;
      if (budget.isEmpty()) {
        return true;
      }
      WireBuffer bytes = requests.write(queue.request(), queue.requested(), cursors, most);
      Silence silence = new Silence(node, requests.taskId(), clock.silenceMillis());
      ScanCommand command =
          new ScanCommand(
              client.cluster(),
              node,
              spec.namespace(),
              RawCommand.policy(client.connectTimeoutMillis(), clock.socketTimeoutMillis(silence)),
              bytes,
              frames,
              queue,
              cursors,
              handler,
              stop,
              view,
              budget,
              clock.isSilenceLimited() ? null : silence,
              clock::progress);
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
        answered(node, command, most);
        return true;
      } catch (ScanCommand.Stopped e) {
        if (command.handlerFailure() != null) {
          throw command.handlerFailure();
        }
        // Where the budget ended it, the next look says so.
        return budget.isEmpty();
      } catch (ProtocolViolation | MalformedRowException e) {
        throw new ClusterException(
            Kind.PROTOCOL,
            "node " + node + " sent data that can't be trusted: " + e.getMessage(),
            e);
      } catch (AerospikeException e) {
        if (stop.getAsBoolean()) {
          return false;
        }
        failed(node, command, silence, e);
        return true;
      } finally {
        watch.cancel(false);
        records += command.records();
        if (silence.worked()) {
          queue.shrink();
        }
      }
    }

    private void answered(Node node, ScanCommand command, long most) {
      anyAnswered = true;
      load = NodeWindow.Outcome.SUCCESS;
      retries += command.unavailable();
      if (command.unavailable() > 0) {
        lastFailure = "node " + node + " can't serve them (11 Partition unavailable)";
      }
      // A node that sent all that it may has not come to the end of its partitions.
      boolean finished = (most == 0 || command.received() < most) && queue.finish();
      if (finished || command.progressed()) {
        progress();
      }
    }

    private void failed(Node node, ScanCommand command, Silence silence, AerospikeException e)
        throws ClusterException {
      int code = e.getResultCode();
      boolean refused = code == ResultCode.PARAMETER_ERROR;
      if (refused && !anyAnswered && !spec.filter().expression().isEmpty()) {
        throw new ClusterException(
            Kind.PROTOCOL,
            "node "
                + node
                + " refuses the filter expression ("
                + ClusterErrors.describe(code)
                + "); it must be a boolean expression of operations that this server's version has",
            e);
      }
      boolean retriable =
          ClusterErrors.isTransientForScan(code)
              || refused && ++parameterErrors < MAX_PARAMETER_ERRORS;
      if (!retriable) {
        throw ClusterErrors.permanent(
            "the scan of namespace '" + spec.namespace() + "' on node " + node,
            code,
            ClusterErrors.describe(e),
            e);
      }
      // Too many queries at once are forbidden.
      if (ClusterErrors.isOverload(code) || code == ResultCode.FAIL_FORBIDDEN) {
        load = NodeWindow.Outcome.OVERLOAD;
      }
      if (command.progressed()) {
        progress();
      } else if (code == ResultCode.TIMEOUT && silence.isUnknown() && queue.shrink()) {
        // It may work or hang: with fewer partitions it has less to do until it must say something.
        clock.progress();
      }
      retries++;
      lastFailure = "node " + node + " failed (" + ClusterErrors.describe(e) + ")";
      lastCause = e;
      queue.fail(command.progressed());
      if (!command.progressed()) {
        // What else it should have been asked for need not fail as well.
        queue.avoid(node);
      }
    }

    private void progress() {
      clock.progress();
      parameterErrors = 0;
    }

    private void failIfUsedUp() throws ClusterException {
      int limit = spec.retries().maxRetries();
      int partition = limit == ScanRetries.UNLIMITED ? -1 : queue.failedMoreThan(limit);
      if (partition >= 0) {
        throw given(
            "asked for partition "
                + partition
                + " as often as wanted (1 time and "
                + limit
                + (limit == 1 ? " retry): " : " retries): ")
                + lastFailure);
      }
      failIfOver();
      if (clock.isStalled()) {
        PartitionSet left = cursors.remaining();
        throw given(
            "got nothing of "
                + left.size()
                + (left.size() == 1 ? " partition" : " partitions")
                + " ("
                + left
                + ") for "
                + spec.stallTimeout().toSeconds()
                + " s: "
                + lastFailure);
      }
    }

    private void failIfOver() throws ClusterException {
      if (clock.isOver()) {
        throw given(
            "is not done after the total timeout of "
                + spec.retries().totalTimeout().toMillis()
                + " ms; partitions left: "
                + cursors.remaining());
      }
    }

    private ClusterException given(String up) {
      return new ClusterException(
          Kind.TRANSIENT,
          "the scan of namespace '"
              + spec.namespace()
              + "' "
              + up
              + "; check the nodes, then resume",
          lastCause);
    }
  }
}
