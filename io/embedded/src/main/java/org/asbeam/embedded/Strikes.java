package org.asbeam.embedded;

import java.io.IOException;

/** Where a connection's requests meet the injected faults of its node. */
final class Strikes {
  /** What {@link #onCommand} answers when the request is to be executed. */
  static final int PROCEED = -1;

  private final Faults faults;
  private final int node;
  private final Pauses pauses;
  private boolean dropReply;

  /** How a connection waits: until a time has passed or the connection ends. */
  interface Pauses {
    /** Waits; a negative time waits for the connection's end. */
    void pause(long milliseconds) throws IOException;
  }

  Strikes(Faults faults, int node, Pauses pauses) {
    this.faults = faults;
    this.node = node;
    this.pauses = pauses;
  }

  /**
   * Applies the fault that strikes a command on one record.
   *
   * @return the result code to answer instead of executing it, or {@link #PROCEED}
   */
  int onCommand(Request request) throws IOException, ConnectionFault {
    if (faults.isEmpty() || request.digest() == null) {
      return PROCEED;
    }
    boolean write = request.info2(Protocol.INFO2_WRITE);
    Fault fault =
        faults.strikeRecord(
            write ? Fault.Target.WRITE : Fault.Target.READ,
            node,
            request.namespace(),
            setName(request),
            request.digest());
    return fault == null ? PROCEED : apply(fault);
  }

  /** Applies the fault that strikes a whole request: a batch or info commands. */
  int onRequest(Fault.Target kind) throws IOException, ConnectionFault {
    Fault fault = faults.isEmpty() ? null : faults.strike(kind, node, null, null);
    return fault == null ? PROCEED : apply(fault);
  }

  /** The fault that strikes a scan before a row, or null; the scan applies it itself. */
  Fault onRow(Request request, long rows) {
    return faults.isEmpty()
        ? null
        : faults.strikeScan(node, request.namespace(), setName(request), rows);
  }

  /** The fault that strikes a scan as it comes to a partition, or null. */
  Fault onPartition(Request request, int pid) {
    return faults.isEmpty()
        ? null
        : faults.strikePartition(node, request.namespace(), setName(request), pid);
  }

  int apply(Fault fault) throws IOException, ConnectionFault {
    switch (fault.action()) {
      case RESULT_CODE -> {
        return fault.resultCode();
      }
      case DROP_CONNECTION -> throw new ConnectionFault(false);
      case DROP_MID_FRAME -> throw new ConnectionFault(true);
      case DROP_REPLY -> dropReply = true;
      case DELAY -> pauses.pause(fault.delay().toMillis());
      case FREEZE -> pauses.pause(-1);
    }
    return PROCEED;
  }

  void pause(long milliseconds) throws IOException {
    pauses.pause(milliseconds);
  }

  /** Ends the connection if a fault wants the answer lost. */
  void beforeReply() throws ConnectionFault {
    if (dropReply) {
      throw new ConnectionFault(false);
    }
  }

  private static String setName(Request request) {
    byte[] set = request.set();
    return Bytes.utf8(set, 0, set.length);
  }
}
