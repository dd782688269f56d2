package org.asbeam.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.IntPredicate;

/** Answers scans: partition scans and primary-index queries, which are the same thing. */
final class ScanService {
  /** How long a send may take if the request doesn't say. */
  private static final long DEFAULT_SOCKET_TIMEOUT_MILLIS = 10_000;

  private final Membership membership;
  private final int node;
  private final Jobs jobs;
  private final boolean faithfulFrames;

  /**
   * @param faithfulFrames whether to hold rows back as a server does: four buffers of 1 MiB, whose
   *     partitions interleave; else rows go out early
   */
  ScanService(Membership membership, int node, Jobs jobs, boolean faithfulFrames) {
    this.membership = membership;
    this.node = node;
    this.jobs = jobs;
    this.faithfulFrames = faithfulFrames;
  }

  /**
   * @param hangUp closes the connection: what a server does when the client doesn't read for longer
   *     than it said it might
   */
  void execute(
      Request request, Namespace namespace, Strikes strikes, OutputStream out, Runnable hangUp)
      throws IOException, ConnectionFault {
    ScanRequest scan;
    Job job;
    OutputStream timed;
    try {
      Fault fault = strikes.onRow(request, 0);
      int code = fault == null ? Strikes.PROCEED : strikes.apply(fault);
      if (code != Strikes.PROCEED) {
        throw new RequestException(code, "injected fault");
      }
      scan = ScanRequest.of(request, namespace);
      timed =
          TimedOutput.of(
              out,
              request.number(Protocol.FIELD_SOCKET_TIMEOUT, 4, DEFAULT_SOCKET_TIMEOUT_MILLIS),
              hangUp);
      job = newJob(scan, request);
      if (!scan.shortQuery()) {
        jobs.add(job);
      }
    } catch (RequestException e) {
      // Before the start, an error is a lone message that doesn't say it is the last one.
      Reply refusal = new Reply(Protocol.HEADER);
      refusal.code(e.resultCode(), 0);
      refusal.send(out);
      return;
    }
    String end = "abandoned-response-error";
    try {
      end = new ScanRun(scan, request, job, strikes, timed, faithfulFrames).run(servable(scan));
    } finally {
      job.finish(end);
    }
  }

  private static Job newJob(ScanRequest scan, Request request) {
    int cursors = request.fieldLength(Protocol.FIELD_DIGESTS) / Protocol.DIGEST;
    String set = Bytes.utf8(scan.set(), 0, scan.set().length);
    return new Job(
        scan.id(),
        scan.namespace().name(),
        set,
        scan.pids().length - cursors,
        cursors,
        scan.recordsPerSecond());
  }

  /** Asked anew for each partition: ownership may change while a scan runs. */
  private IntPredicate servable(ScanRequest scan) {
    String name = scan.namespace().name();
    return pid ->
        membership.state().ownership().get(name).holds(node, pid)
            && !scan.namespace().unavailable().contains(pid);
  }
}
