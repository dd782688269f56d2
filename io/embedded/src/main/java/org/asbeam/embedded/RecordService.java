package org.asbeam.embedded;

import java.util.Arrays;
import java.util.Map;

/** Executes commands on one record: a message of their own or a row of a batch. */
final class RecordService {
  private final Map<String, Namespace> namespaces;
  private final WriteService writes = new WriteService();

  RecordService(Map<String, Namespace> namespaces) {
    this.namespaces = namespaces;
  }

  /**
   * Executes a command and adds the one row of its answer.
   *
   * @param index the row's number in its batch, else 0
   * @return the answer's result code
   */
  int execute(Request request, Reply reply, int index) {
    int start = reply.size();
    byte[][] seen = new byte[1][];
    try {
      return answer(request, reply, index, seen);
    } catch (RequestException e) {
      reply.truncate(start);
      // What is refused because of the record as it is says how it is.
      int generation = seen[0] == null ? 0 : Row.generation(seen[0]);
      int voidTime = seen[0] == null ? 0 : (int) Row.voidTime(seen[0]);
      reply.row(0, e.resultCode(), generation, voidTime, index);
      return e.resultCode();
    }
  }

  private int answer(Request request, Reply reply, int index, byte[][] seen)
      throws RequestException {
    Namespace namespace = namespaces.get(request.namespace());
    if (namespace == null) {
      throw new RequestException(ResultCode.NAMESPACE, "no namespace " + request.namespace());
    }
    if (namespace.unavailable().contains(Namespace.partitionOf(request.digest(), 0))) {
      throw new RequestException(ResultCode.UNAVAILABLE, "the partition is unavailable");
    }
    if (request.has(Protocol.FIELD_TRANSACTION)) {
      throw new RequestException(ResultCode.ENTERPRISE_ONLY, "transactions");
    }
    if (request.fieldLength(Protocol.FIELD_SET) > Protocol.MAX_SET_NAME) {
      throw RequestException.parameter("a set's name is too long");
    }
    if (request.info2(Protocol.INFO2_WRITE)) {
      return writes.execute(namespace, request, reply, index, seen);
    }
    if (request.info1(Protocol.INFO1_READ)) {
      return read(namespace, request, reply, index, seen);
    }
    throw RequestException.parameter("neither a read nor a write");
  }

  private static int read(
      Namespace namespace, Request request, Reply reply, int index, byte[][] seen)
      throws RequestException {
    boolean withoutBins = request.info1(Protocol.INFO1_NO_BINS);
    boolean all = request.info1(Protocol.INFO1_GET_ALL);
    if (!withoutBins && !all && request.ops().isEmpty()) {
      throw RequestException.parameter("a read of no bins");
    }
    byte[] row = namespace.partitionOf(request.digest()).get(request.digest());
    if (row == null || !namespace.isLive(row)) {
      throw new RequestException(ResultCode.NOT_FOUND, "no such record");
    }
    seen[0] = row;
    if (request.set().length > 0) {
      checkSet(row, request);
    }
    checkFilter(namespace, row, request);
    checkKey(row, request);
    reply.row(0, ResultCode.OK, Row.generation(row), (int) Row.voidTime(row), index);
    if (withoutBins) {
      return ResultCode.OK;
    }
    if (all) {
      reply.allBins(row);
      return ResultCode.OK;
    }
    Bins bins = Bins.of(row);
    for (Op op : request.ops()) {
      if (op.code() != Protocol.OP_READ) {
        throw unsupported(op);
      }
      Particle value = bins.get(op.name());
      if (value != null || request.info2(Protocol.INFO2_RESPOND_ALL_OPS)) {
        reply.op(op.code(), op.name(), value);
      }
    }
    return ResultCode.OK;
  }

  static RequestException unsupported(Op op) {
    return op.isKnown()
        ? RequestException.parameter("op " + op.code() + " in a read")
        : new RequestException(ResultCode.UNSUPPORTED_FEATURE, "op " + op.code());
  }

  static void checkSet(byte[] row, Request request) throws RequestException {
    if (!Row.isInSet(row, request.set())) {
      throw RequestException.parameter("the record is in another set");
    }
  }

  static void checkKey(byte[] row, Request request) throws RequestException {
    if (request.has(Protocol.FIELD_KEY)) {
      byte[] stored = Row.key(row);
      if (stored != null && !Arrays.equals(stored, request.field(Protocol.FIELD_KEY))) {
        throw new RequestException(ResultCode.KEY_MISMATCH, "another user key is stored");
      }
    }
  }

  static void checkFilter(Namespace namespace, byte[] row, Request request)
      throws RequestException {
    Filter filter = Filter.of(request);
    if (filter != null && !filter.matches(row, namespace.epoch().milliseconds())) {
      throw new RequestException(ResultCode.FILTERED_OUT, "filtered out");
    }
  }
}
