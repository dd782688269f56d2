package org.asbeam.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.IntPredicate;

/**
 * One run of a scan. Partitions are dealt to lanes, each with a buffer of its own, as a server
 * deals them to its threads: a partition's rows stay in order, and frames of several partitions
 * mix.
 */
final class ScanRun {
  /** The server sends a buffer when it exceeds this, and has four of them per query. */
  private static final int FAITHFUL_FRAME = 1 << 20;

  private static final int FAITHFUL_LANES = 4;
  private static final int EAGER_FRAME = 128 << 10;

  /** How many rows a lane yields before the next has its turn. */
  private static final int TURN = 64;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final ScanRequest scan;
  private final Request request;
  private final Job job;
  private final Strikes strikes;
  private final OutputStream out;
  private final int frameSize;
  private final Lane[] lanes;
  private final long startNanos = System.nanoTime();
  private final long now;
  private int nextPid;
  private long rows;
  private long filtered;
  private long bytes;
  private int endCode = ResultCode.OK;
  private boolean ended;

  private static final class Lane {
    final Reply reply;
    byte[][] rows = new byte[0][];
    int at;

    Lane(int frameSize) {
      reply = new Reply(frameSize + (frameSize >> 3));
    }
  }

  ScanRun(
      ScanRequest scan,
      Request request,
      Job job,
      Strikes strikes,
      OutputStream out,
      boolean faithful) {
    this.scan = scan;
    this.request = request;
    this.job = job;
    this.strikes = strikes;
    this.out = out;
    frameSize = faithful ? FAITHFUL_FRAME : EAGER_FRAME;
    lanes = new Lane[faithful ? FAITHFUL_LANES : 1];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = new Lane(Math.min(frameSize, EAGER_FRAME));
    }
    now = scan.namespace().epoch().milliseconds();
  }

  /**
   * Sends all rows and the end.
   *
   * @param servable which partitions this node can serve at the moment
   * @return how it ended, in the words of {@code query-show}
   */
  String run(IntPredicate servable) throws IOException, ConnectionFault {
    try {
      boolean busy = true;
      while (busy && !ended) {
        busy = false;
        for (Lane lane : lanes) {
          busy |= turn(lane, servable);
        }
      }
      finish();
    } catch (ConnectionFault fault) {
      if (fault.midFrame()) {
        lanes[0].reply.sendHalf(out);
      } else {
        flush();
      }
      throw fault;
    }
    return endCode == ResultCode.OK ? "ok" : "user-aborted";
  }

  private boolean turn(Lane lane, IntPredicate servable) throws IOException, ConnectionFault {
    for (int yielded = 0; yielded < TURN && !ended; ) {
      if (lane.at == lane.rows.length) {
        if (nextPid == scan.pids().length) {
          return false;
        }
        open(lane, scan.pids()[nextPid++], servable);
      } else {
        yielded += step(lane) ? 1 : 0;
      }
    }
    return !ended;
  }

  /** Starts the next partition on a lane, or reports that it is not served here. */
  private void open(Lane lane, int pid, IntPredicate servable) throws IOException, ConnectionFault {
    lane.at = 0;
    lane.rows = new byte[0][];
    Fault fault = strikes.onPartition(request, pid);
    int code = fault == null ? Strikes.PROCEED : strikes.apply(fault);
    if (code == Strikes.PROCEED && !servable.test(pid)) {
      code = ResultCode.UNAVAILABLE;
    }
    if (code != Strikes.PROCEED) {
      lane.reply.row(Protocol.INFO3_PARTITION_DONE, code, pid, 0, 0);
    } else if (!isFull()) {
      lane.rows = scan.rows(pid);
    }
  }

  private boolean isFull() {
    return scan.maxRecords() != 0 && rows >= scan.maxRecords();
  }

  /** Handles the next record of a lane; true: it was sent. */
  private boolean step(Lane lane) throws IOException, ConnectionFault {
    byte[] row = lane.rows[lane.at];
    if (isFull()) {
      lane.at = lane.rows.length;
      return false;
    }
    lane.at++;
    if (!scan.wants(row, now)) {
      job.filtered(++filtered);
      return false;
    }
    if (rows > 0) {
      strike(strikes.onRow(request, rows));
      if (ended) {
        return false;
      }
    }
    if (!write(lane.reply, row)) {
      return false;
    }
    rows++;
    if (lane.reply.size() >= frameSize) {
      send(lane);
      if (job.isAborted()) {
        end(ResultCode.QUERY_ABORTED);
      }
    }
    throttle();
    return true;
  }

  private boolean write(Reply reply, byte[] row) {
    if (scan.withoutBins()) {
      reply.scanRowWithoutBins(row);
      return true;
    }
    if (scan.bins() != null) {
      return reply.scanRow(row, scan.bins());
    }
    reply.scanRow(row);
    return true;
  }

  private void strike(Fault fault) throws IOException, ConnectionFault {
    if (fault != null) {
      if (fault.action() == Fault.Action.DELAY || fault.action() == Fault.Action.FREEZE) {
        flush();
      }
      int code = strikes.apply(fault);
      if (code != Strikes.PROCEED) {
        end(code);
      }
    }
  }

  private void end(int code) {
    ended = true;
    endCode = code;
  }

  private void throttle() throws IOException {
    if (scan.recordsPerSecond() != 0) {
      long due = startNanos + rows * NANOS_PER_SECOND / scan.recordsPerSecond();
      long early = (due - System.nanoTime()) / 1_000_000;
      if (early > 0) {
        if (lanes.length == 1) {
          flush();
        }
        strikes.pause(early);
      }
    }
  }

  private void send(Lane lane) throws IOException {
    bytes += lane.reply.size();
    lane.reply.send(out);
    job.progress(rows, bytes);
  }

  private void flush() throws IOException {
    for (Lane lane : lanes) {
      send(lane);
    }
  }

  /** A long query ends with a frame of its own, a short one inside its last frame. */
  private void finish() throws IOException {
    Reply last = lanes[lanes.length - 1].reply;
    if (scan.shortQuery()) {
      for (int i = 0; i < lanes.length - 1; i++) {
        send(lanes[i]);
      }
    } else {
      flush();
    }
    last.last(endCode);
    send(lanes[lanes.length - 1]);
  }
}
