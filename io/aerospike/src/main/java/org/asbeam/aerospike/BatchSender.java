package org.asbeam.aerospike;

import com.aerospike.client.AerospikeException;
import com.aerospike.client.ResultCode;
import com.aerospike.client.cluster.Node;
import com.aerospike.client.cluster.Partitions;
import com.aerospike.client.policy.Policy;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.aerospike.WriteTally.Fate;

/**
 * Sends batches until each of their rows is written or refused for good: rows that failed in a way
 * that passes are sent again, alone, after a growing delay. Safe for use by several threads, with a
 * batch each.
 */
final class BatchSender {
  /** The server answers a request at its timeout; the client waits a little longer. */
  private static final int ANSWER_SLACK_MILLIS = 1000;

  private final ClusterClient client;
  private final WriteSpec spec;
  private final boolean rejects;
  private final RefusalWatch watch;
  private final WriteTally tally;
  private final BooleanSupplier stop;
  private final LongSupplier unixSeconds;
  private final Policy policy;

  /** A node said that batches are disabled by its configuration. */
  private volatile boolean batchesDisabled;

  /**
   * @param rejects whether rows that are refused for good are handed over instead of ending the
   *     work
   * @param stop looked at before each attempt and during delays; then {@link #send} returns
   */
  BatchSender(
      ClusterClient client,
      WriteSpec spec,
      boolean rejects,
      RefusalWatch watch,
      WriteTally tally,
      BooleanSupplier stop,
      LongSupplier unixSeconds) {
    this.client = client;
    this.spec = spec;
    this.rejects = rejects;
    this.watch = watch;
    this.tally = tally;
    this.stop = stop;
    this.unixSeconds = unixSeconds;
    long silence = spec.silenceMillis() + ANSWER_SLACK_MILLIS;
    this.policy =
        RawCommand.policy(
            client.connectTimeoutMillis(), (int) Math.min(silence, Integer.MAX_VALUE));
  }

  /**
   * Sends a batch; what is left in it then was stopped.
   *
   * @param rejected gets the rows that were refused for good and are to be handed over; they are
   *     counted by who hands them over
   * @throws RecordWriteException for the first row refused for good, if it is neither ignored nor
   *     handed over
   * @throws ClusterException if the batch was refused, or nothing helped for the stall timeout
   */
  void send(RowBatch batch, FrameReader frames, List<RejectedRow> rejected) throws IOException {
    Attempt attempt = new Attempt(batch, rejected);
    while (!stop.getAsBoolean() && attempt.dropExpired() > 0) {
      int before = batch.rows();
      attempt.run(frames);
      if (batch.rows() < before) {
        attempt.progressed();
      }
      if (batch.rows() > 0 && !attempt.onlyCut) {
        attempt.delay();
      }
    }
  }

  /** The master of the first row's partition, or any node: a node passes on what isn't its own. */
  private Node target(RowBatch batch) throws ClusterException {
    Partitions map = client.partitions(spec.namespace());
    int partition = batch.partition(0);
    for (var replica : map.replicas) {
      Node node = replica.get(partition);
      if (node != null && node.isActive()) {
        return node;
      }
    }
    return client.nodes().get(0);
  }

  private final class Attempt {
    private final RowBatch batch;
    private final List<RejectedRow> rejected;
    private int limit = Integer.MAX_VALUE;

    /** Counts towards the retry policy's limit. */
    private int retries;

    /** Requests without an answer since the last one that counts as a retry. */
    private int unanswered;

    /** Attempts without progress, for the delay. */
    private int attempts;

    private long lastProgress = System.nanoTime();
    private NodeWindow window;
    private int lastCode;
    private boolean lastWasUnanswered;
    private String lastFailure = "";
    private Throwable lastCause;

    /** All rows that were sent have their result; others wait because the request was cut. */
    private boolean onlyCut;

    private boolean overloaded;
    private boolean[] keep = new boolean[0];

    Attempt(RowBatch batch, List<RejectedRow> rejected) {
      this.batch = batch;
      this.rejected = rejected;
    }

    /** Drops rows whose time to live is over; returns how many are left. */
    int dropExpired() {
      long now = unixSeconds.getAsLong();
      int expired = 0;
      resetKeep();
      for (int i = 0; i < batch.rows(); i++) {
        keep[i] = !batch.isExpired(i, now, spec.extraTtlSeconds());
        expired += keep[i] ? 0 : 1;
      }
      if (expired > 0) {
        tally.add(Fate.EXPIRED, expired);
        batch.retain(keep);
      }
      return batch.rows();
    }

    void run(FrameReader frames) throws IOException {
      Node node;
      try {
        node = target(batch);
      } catch (ClusterException e) {
        if (!e.isTransient()) {
          throw e;
        }
        onlyCut = false;
        window = null;
        lastWasUnanswered = false;
        failed(ResultCode.INVALID_NODE_ERROR, e.getMessage(), e);
        return;
      }
      window = client.window(node, NodeWindow.Use.WRITE);
      long pass = window.enter(stop);
      if (pass == NodeWindow.STOPPED) {
        onlyCut = true;
        return;
      }
      NodeWindow.Outcome outcome = NodeWindow.Outcome.NEUTRAL;
      try {
        int before = batch.rows();
        int code = request(node, frames);
        if (batch.rows() < before) {
          window.progressed();
          outcome = NodeWindow.Outcome.SUCCESS;
        }
        if (overloaded || ClusterErrors.isOverload(code)) {
          outcome = NodeWindow.Outcome.OVERLOAD;
        }
      } finally {
        window.leave(pass, outcome);
      }
    }

    /** Sends as much as fits into a request; returns the code of the whole request. */
    private int request(Node node, FrameReader frames) throws IOException {
      // Waiting for a place may have taken long.
      dropExpired();
      boolean single = !spec.batchWrites() || batchesDisabled || !node.hasBatchAny();
      long now = unixSeconds.getAsLong();
      int sent =
          single
              ? batch.prepareSingles(limit, now, spec.extraTtlSeconds())
              : batch.prepare(limit, now, spec.extraTtlSeconds());
      overloaded = false;
      if (sent == 0) {
        onlyCut = true;
        return ResultCode.OK;
      }
      RawCommand command =
          single
              ? new SingleCommand(client.cluster(), node, policy, batch, sent, frames)
              : new BatchCommand(client.cluster(), node, policy, batch, sent, frames);
      int code = ResultCode.OK;
      try {
        command.run();
      } catch (ProtocolViolation e) {
        settle(sent, true, node);
        throw new ClusterException(
            Kind.PROTOCOL,
            "node " + node + " sent results that can't be trusted: " + e.getMessage(),
            e);
      } catch (AerospikeException e) {
        code = e.getResultCode();
        failed(code, "node " + node + " failed (" + ClusterErrors.describe(e) + ")", e);
      }
      boolean doubt =
          command.wasSent()
              && (command.serverCode() == ResultCode.OK
                  || command.serverCode() == ResultCode.TIMEOUT);
      lastWasUnanswered = code != ResultCode.OK && command.serverCode() == ResultCode.OK;
      int left = settle(sent, doubt, node);
      refuse(node, code, sent);
      onlyCut = code == ResultCode.OK && left == 0;
      return code;
    }

    /** Fails if the answer to the whole batch makes another attempt pointless. */
    private void refuse(Node node, int code, int sent) throws ClusterException {
      if (code == ResultCode.BATCH_MAX_REQUESTS_EXCEEDED) {
        // The server's batch-max-requests is below our batch size: smaller ones will do.
        limit = Math.max(1, sent / 2);
      } else if (code == ResultCode.BATCH_DISABLED) {
        batchesDisabled = true;
      } else if (code != ResultCode.OK && !ClusterErrors.isTransient(code)) {
        throw ClusterErrors.permanent(
            "writing to namespace '" + spec.namespace() + "' on node " + node,
            code,
            ClusterErrors.describe(code),
            lastCause);
      }
    }

    /** Counts what is settled and keeps the other rows; returns how many sent ones are kept. */
    private int settle(int sent, boolean doubt, Node node) throws IOException {
      RecordWriteException refused = null;
      boolean allRefused = false;
      int left = 0;
      int inserted = 0;
      int lost = 0;
      resetKeep();
      for (int i = 0; i < batch.rows(); i++) {
        int code = i < sent ? batch.result(i) : RowBatch.NO_RESULT;
        keep[i] = false;
        if (i < sent && watch.isOpen()) {
          allRefused |= watch(code);
        }
        if (code == ResultCode.OK) {
          inserted++;
        } else if (i >= sent) {
          keep[i] = true;
        } else if (code == RowBatch.NO_RESULT || ClusterErrors.isTransient(code)) {
          keep[i] = true;
          left++;
          if (code == ResultCode.TIMEOUT || code == RowBatch.NO_RESULT && doubt) {
            batch.doubt(i);
            lost++;
          }
          if (code != RowBatch.NO_RESULT) {
            overloaded |= ClusterErrors.isOverload(code);
            failed(code, "node " + node + " answered " + ClusterErrors.describe(code), null);
          }
        } else if (code == ResultCode.GENERATION_ERROR && spec.checkGeneration()) {
          tally.add(batch.isDoubtful(i) ? Fate.RETRIED_IN_DOUBT : Fate.FRESHER, 1);
        } else if (code == ResultCode.KEY_EXISTS_ERROR
            && spec.exists() == WriteSpec.Exists.CREATE_ONLY) {
          tally.add(batch.isDoubtful(i) ? Fate.RETRIED_IN_DOUBT : Fate.EXISTED, 1);
        } else if (spec.ignoreRecordErrors() && ClusterErrors.isIgnorable(code)) {
          tally.refused(Fate.IGNORED, code);
        } else if (rejects && ClusterErrors.isRecordRefused(code)) {
          rejected.add(new RejectedRow(batch.row(i), code, RecordWriteException.reason(code)));
        } else {
          tally.refused(Fate.FAILED, code);
          if (refused == null) {
            refused =
                new RecordWriteException(spec.namespace(), batch.set(i), batch.digest(i), code);
          }
        }
      }
      tally.add(Fate.INSERTED, inserted);
      tally.inDoubt(lost);
      batch.retain(keep);
      if (refused != null) {
        throw refused;
      }
      if (allRefused) {
        throw TargetCheck.allRefused(client, spec.namespace(), watch.code());
      }
      return left;
    }

    /** Whether this is one refusal too many. */
    private boolean watch(int code) {
      if (ClusterErrors.isRecordRefused(code) || code == ResultCode.SERVER_MEM_ERROR) {
        return watch.refused(code);
      }
      if (code != RowBatch.NO_RESULT && !ClusterErrors.isTransient(code)) {
        watch.accepted();
      }
      return false;
    }

    void progressed() {
      attempts = 0;
      lastProgress = System.nanoTime();
    }

    void delay() throws IOException {
      failIfStalled();
      tally.retries(batch.rows());
      if (lastCode == ResultCode.BATCH_DISABLED) {
        lastCode = ResultCode.OK;
        return;
      }
      if (lastWasUnanswered && unanswered < spec.maxRetries()) {
        // The node's window makes it wait.
        unanswered++;
        return;
      }
      unanswered = 0;
      if (lastCode != ResultCode.BATCH_MAX_REQUESTS_EXCEEDED && retries++ >= most()) {
        throw new ClusterException(
            Kind.RETRIES_EXHAUSTED,
            left()
                + " could not be written to namespace '"
                + spec.namespace()
                + "' with "
                + most()
                + (most() == 1 ? " retry: " : " retries: ")
                + lastFailure
                + "; allow more retries or a longer delay between them, then restore again",
            lastCause);
      }
      attempts++;
      // No longer than the stall timeout: then it is time for a last attempt.
      long left = lastProgress + spec.stallTimeout().toNanos() - System.nanoTime();
      long pause = Math.min(spec.retryPolicy().delayNanos(attempts), Math.max(0, left));
      Pause.until(System.nanoTime() + pause, stop);
    }

    private int most() {
      return spec.retryPolicy().maxRetries();
    }

    private void failIfStalled() throws ClusterException {
      long since = lastProgress;
      if (window != null && window.lastSuccess() - since > 0) {
        // Others of our batches get through to a node that is slow.
        since = window.lastSuccess();
      }
      if (System.nanoTime() - since <= spec.stallTimeout().toNanos()) {
        return;
      }
      throw new ClusterException(
          lastCode == ResultCode.SERVER_MEM_ERROR ? Kind.STOP_WRITES : Kind.TRANSIENT,
          left()
              + " could not be written to namespace '"
              + spec.namespace()
              + "' for "
              + spec.stallTimeout().toSeconds()
              + " s: "
              + lastFailure
              + advice(),
          lastCause);
    }

    private String left() {
      return batch.rows() + (batch.rows() == 1 ? " record" : " records");
    }

    private String advice() {
      if (lastCode == ResultCode.SERVER_MEM_ERROR) {
        return "; the namespace stops writes: give it space or memory, then restore again";
      }
      return lastCode == ResultCode.DEVICE_OVERLOAD
          ? "; the devices can't keep up: restore with fewer batches on their way or a limit on"
              + " records per second, or wait longer with a larger stall timeout"
          : "; check the nodes, then restore again";
    }

    private void failed(int code, String what, Throwable cause) {
      lastCode = code;
      lastFailure = what;
      lastCause = cause;
    }

    private void resetKeep() {
      if (keep.length < batch.rows()) {
        keep = new boolean[batch.rows()];
      }
    }
  }

  /** The clock of this machine. */
  static long now() {
    return TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
  }
}
