package org.asbeam.aerospike;

import com.aerospike.client.AerospikeException;
import com.aerospike.client.ResultCode;
import com.aerospike.client.cluster.Node;
import com.aerospike.client.cluster.Partitions;
import com.aerospike.client.policy.Policy;
import java.io.IOException;
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
  /** Doubles up to 16 times this: between a busy key and a node that is being replaced. */
  private static final long BACKOFF_MILLIS = 100;

  /** The server answers a batch at the request's timeout; the client waits a little longer. */
  private static final int ANSWER_SLACK_MILLIS = 1000;

  private final ClusterClient client;
  private final WriteSpec spec;
  private final WriteTally tally;
  private final BooleanSupplier stop;
  private final LongSupplier unixSeconds;
  private final Policy policy;

  /**
   * @param stop looked at before each attempt and during delays; then {@link #send} returns
   */
  BatchSender(
      ClusterClient client,
      WriteSpec spec,
      WriteTally tally,
      BooleanSupplier stop,
      LongSupplier unixSeconds) {
    this.client = client;
    this.spec = spec;
    this.tally = tally;
    this.stop = stop;
    this.unixSeconds = unixSeconds;
    this.policy =
        RawCommand.policy(
            client.connectTimeoutMillis(), spec.requestTimeoutMillis() + ANSWER_SLACK_MILLIS);
  }

  /**
   * Sends a batch; what is left in it then was stopped.
   *
   * @throws RecordWriteException for the first row refused for good, if the spec does not ignore it
   * @throws ClusterException if the batch was refused, or nothing helped for the stall timeout
   */
  void send(RowBatch batch, FrameReader frames) throws IOException {
    Attempt attempt = new Attempt(batch);
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
    private int limit = Integer.MAX_VALUE;
    private int attempts;
    private long lastProgress = System.nanoTime();
    private int lastCode;
    private String lastFailure = "";
    private Throwable lastCause;

    /** All rows that were sent have their result; others wait because the request was cut. */
    private boolean onlyCut;

    private boolean[] keep = new boolean[0];

    Attempt(RowBatch batch) {
      this.batch = batch;
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
        failed(ResultCode.INVALID_NODE_ERROR, e.getMessage(), e);
        return;
      }
      int sent = batch.prepare(limit, unixSeconds.getAsLong(), spec.extraTtlSeconds());
      BatchCommand command = new BatchCommand(client.cluster(), node, policy, batch, sent, frames);
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
      int left = settle(sent, doubt, node);
      refuse(node, code, sent);
      onlyCut = code == ResultCode.OK && left == 0;
    }

    /** Fails if the answer to the whole batch makes another attempt pointless. */
    private void refuse(Node node, int code, int sent) throws ClusterException {
      if (code == ResultCode.BATCH_MAX_REQUESTS_EXCEEDED) {
        // The server's batch-max-requests is below our batch size: smaller ones will do.
        limit = Math.max(1, sent / 2);
      } else if (code != ResultCode.OK && !ClusterErrors.isTransient(code)) {
        throw ClusterErrors.permanent(
            "writing to namespace '" + spec.namespace() + "' on node " + node,
            code,
            ClusterErrors.describe(code),
            lastCause);
      }
    }

    /** Counts what is settled and keeps the other rows; returns how many sent ones are kept. */
    private int settle(int sent, boolean doubt, Node node) throws RecordWriteException {
      RecordWriteException refused = null;
      int left = 0;
      int inserted = 0;
      int lost = 0;
      resetKeep();
      for (int i = 0; i < batch.rows(); i++) {
        int code = i < sent ? batch.result(i) : RowBatch.NO_RESULT;
        keep[i] = false;
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
            failed(code, "node " + node + " answered " + ClusterErrors.describe(code), null);
          }
        } else if (code == ResultCode.GENERATION_ERROR && spec.checkGeneration()) {
          tally.add(batch.isDoubtful(i) ? Fate.RETRIED_IN_DOUBT : Fate.FRESHER, 1);
        } else if (code == ResultCode.KEY_EXISTS_ERROR
            && spec.exists() == WriteSpec.Exists.CREATE_ONLY) {
          tally.add(batch.isDoubtful(i) ? Fate.RETRIED_IN_DOUBT : Fate.EXISTED, 1);
        } else if (spec.ignoreRecordErrors() && ClusterErrors.isRecordRefused(code)) {
          tally.refused(Fate.IGNORED, code);
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
      return left;
    }

    void progressed() {
      attempts = 0;
      lastProgress = System.nanoTime();
    }

    void delay() throws IOException {
      if (System.nanoTime() - lastProgress > spec.stallTimeout().toNanos()) {
        throw new ClusterException(
            lastCode == ResultCode.SERVER_MEM_ERROR ? Kind.STOP_WRITES : Kind.TRANSIENT,
            batch.rows()
                + (batch.rows() == 1 ? " record" : " records")
                + " could not be written to namespace '"
                + spec.namespace()
                + "' for "
                + spec.stallTimeout().toSeconds()
                + " s: "
                + lastFailure
                + (lastCode == ResultCode.SERVER_MEM_ERROR
                    ? "; the namespace stops writes: give it space or memory"
                    : "; check the nodes, then restore again"),
            lastCause);
      }
      attempts++;
      tally.retries(batch.rows());
      Pause.until(System.nanoTime() + Pause.backoffNanos(BACKOFF_MILLIS, attempts), stop);
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
