package org.asbeam.embedded;

import java.util.Arrays;

/**
 * What a scan asks for, checked as the server checks it before it starts.
 *
 * @param namespace the namespace
 * @param set the set; empty: all records
 * @param cursors per partition id: null if not asked for, empty to start at its top, else the
 *     digest behind which to go on
 * @param pids the partitions asked for, in the order in which they were
 * @param filter which records, or null
 * @param bins the names of the bins wanted, or null for all
 * @param withoutBins whether only metadata is wanted
 * @param maxRecords 0: no limit
 * @param recordsPerSecond 0: no limit
 * @param shortQuery whether the end comes in the last frame of rows
 * @param id the query's id
 */
record ScanRequest(
    Namespace namespace,
    byte[] set,
    byte[][] cursors,
    int[] pids,
    Filter filter,
    byte[][] bins,
    boolean withoutBins,
    long maxRecords,
    long recordsPerSecond,
    boolean shortQuery,
    long id) {
  /** The monitors of transactions: seen only by those who ask for their set. */
  private static final byte[] MONITOR_SET = Bytes.utf8("<ERO~MRT");

  /**
   * @throws RequestException with the code that the server answers before any row
   */
  static ScanRequest of(Request request, Namespace namespace) throws RequestException {
    if (!request.has(Protocol.FIELD_NAMESPACE)) {
      throw RequestException.parameter("a scan without a namespace");
    }
    if (namespace == null) {
      throw new RequestException(ResultCode.NAMESPACE, "no namespace " + request.namespace());
    }
    boolean list = request.has(Protocol.FIELD_PARTITIONS) || request.has(Protocol.FIELD_DIGESTS);
    if (!request.info3(Protocol.INFO3_PARTITION_DONE) || !list) {
      throw unsupported("a scan that names no partitions");
    }
    if (request.has(Protocol.FIELD_UDF_FILE) || request.has(Protocol.FIELD_UDF_OP)) {
      throw unsupported("a query with a UDF");
    }
    if (request.has(Protocol.FIELD_INDEX_RANGE) || request.has(Protocol.FIELD_INDEX_NAME)) {
      throw new RequestException(ResultCode.INDEX_NOT_FOUND, "queries by index");
    }
    byte[][] cursors = new byte[Protocol.PARTITIONS][];
    int[] pids = partitions(request, cursors);
    boolean shortQuery = request.info1(Protocol.INFO1_SHORT_QUERY);
    long perSecond = request.number(Protocol.FIELD_RECORDS_PER_SECOND, 4, 0);
    if (shortQuery && perSecond != 0) {
      throw RequestException.parameter("a short query with records per second");
    }
    return new ScanRequest(
        namespace,
        request.set(),
        cursors,
        pids,
        Filter.of(request),
        bins(request),
        request.info1(Protocol.INFO1_NO_BINS),
        request.number(Protocol.FIELD_MAX_RECORDS, 8, 0),
        perSecond,
        shortQuery,
        request.number(Protocol.FIELD_QUERY_ID, 8, 0));
  }

  private static RequestException unsupported(String what) {
    return new RequestException(ResultCode.UNSUPPORTED_FEATURE, what);
  }

  private static int[] partitions(Request request, byte[][] cursors) throws RequestException {
    byte[] full = request.field(Protocol.FIELD_PARTITIONS);
    byte[] digests = request.field(Protocol.FIELD_DIGESTS);
    if (full.length % 2 != 0 || digests.length % Protocol.DIGEST != 0) {
      throw RequestException.parameter("a list of partitions of a wrong size");
    }
    int[] pids = new int[full.length / 2 + digests.length / Protocol.DIGEST];
    if (pids.length > Protocol.PARTITIONS) {
      throw RequestException.parameter("more partitions than there are");
    }
    int count = 0;
    for (int at = 0; at < full.length; at += 2) {
      int pid = Bytes.u16LittleEndian(full, at);
      pids[count++] = claim(cursors, pid, Bytes.EMPTY);
    }
    for (int at = 0; at < digests.length; at += Protocol.DIGEST) {
      byte[] cursor = Arrays.copyOfRange(digests, at, at + Protocol.DIGEST);
      pids[count++] = claim(cursors, Namespace.partitionOf(cursor, 0), cursor);
    }
    return pids;
  }

  private static int claim(byte[][] cursors, int pid, byte[] cursor) throws RequestException {
    if (pid >= Protocol.PARTITIONS || cursors[pid] != null) {
      throw RequestException.parameter("partition " + pid + " twice or not at all");
    }
    cursors[pid] = cursor;
    return pid;
  }

  private static byte[][] bins(Request request) throws RequestException {
    if (request.ops().isEmpty()) {
      return null;
    }
    byte[][] names = new byte[request.ops().size()][];
    for (int i = 0; i < names.length; i++) {
      Op op = request.ops().get(i);
      if (op.code() != Protocol.OP_READ) {
        throw unsupported("op " + op.code() + " in a query");
      }
      names[i] = Bytes.binName(op.name());
    }
    return names;
  }

  /** The records of a partition that are asked for, in scan order. */
  byte[][] rows(int pid) {
    Partition partition = namespace.partition(pid);
    byte[] cursor = cursors[pid];
    return cursor.length == 0 ? partition.snapshot() : partition.snapshotBehind(cursor);
  }

  boolean wants(byte[] row, long now) {
    return namespace.isLive(row)
        && (set.length == 0 ? !Row.isInSet(row, MONITOR_SET) : Row.isInSet(row, set))
        && (filter == null || filter.matches(row, now));
  }
}
