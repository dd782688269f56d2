package org.asbeam.embedded;

/**
 * Writes and deletes records, by the rules and in the order of checks of the server ({@code
 * write.c}, {@code delete.c}).
 */
final class WriteService {
  private static final int MAX_GENERATION = 0xffff;

  /**
   * Executes a write or delete and adds its answer.
   *
   * @param seen gets the record as it was before, for answers that refuse
   */
  int execute(Namespace namespace, Request request, Reply reply, int index, byte[][] seen)
      throws RequestException {
    Partition partition = namespace.partitionOf(request.digest());
    boolean delete = request.info2(Protocol.INFO2_DELETE);
    if (!delete) {
      namespace.rules().check(request);
      if (namespace.stopWrites()) {
        throw new RequestException(ResultCode.OUT_OF_SPACE, "stop-writes");
      }
      checkOps(request);
      // Before the lock, for it looks at all partitions.
      namespace
          .rules()
          .checkQuota(namespace, request.set(), partition.get(request.digest()) == null);
    } else if (request.info2(Protocol.INFO2_DURABLE_DELETE)) {
      throw new RequestException(ResultCode.ENTERPRISE_ONLY, "durable delete");
    }
    // One lock from reading to writing: commands on one record come one after the other.
    synchronized (partition) {
      byte[] old = partition.get(request.digest());
      if (old != null && !namespace.isLive(old)) {
        old = null;
      }
      seen[0] = old;
      return delete
          ? delete(namespace, partition, request, old, reply, index)
          : write(namespace, partition, request, old, reply, index);
    }
  }

  private static int delete(
      Namespace namespace, Partition partition, Request request, byte[] old, Reply reply, int index)
      throws RequestException {
    if (old == null) {
      throw new RequestException(ResultCode.NOT_FOUND, "no such record");
    }
    checkGeneration(request, Row.generation(old));
    RecordService.checkFilter(namespace, old, request);
    RecordService.checkKey(old, request);
    partition.remove(request.digest());
    reply.code(ResultCode.OK, index);
    return ResultCode.OK;
  }

  private static int write(
      Namespace namespace, Partition partition, Request request, byte[] old, Reply reply, int index)
      throws RequestException {
    checkExistence(request, old != null);
    int oldGeneration = old == null ? 0 : Row.generation(old);
    checkGeneration(request, oldGeneration);
    if (old != null) {
      RecordService.checkSet(old, request);
      RecordService.checkFilter(namespace, old, request);
      RecordService.checkKey(old, request);
    }
    byte[] key = old == null ? null : Row.key(old);
    if (key == null && request.has(Protocol.FIELD_KEY)) {
      key = storedKey(request.field(Protocol.FIELD_KEY));
    }
    int voidTime = voidTime(namespace, request, old);
    int generation = oldGeneration == MAX_GENERATION ? 1 : oldGeneration + 1;

    boolean replace =
        request.info3(Protocol.INFO3_CREATE_OR_REPLACE)
            || request.info3(Protocol.INFO3_REPLACE_ONLY);
    Bins bins = old == null || replace ? new Bins() : Bins.of(old);
    reply.row(0, ResultCode.OK, generation, voidTime, index);
    int rowAt = reply.size();
    OpRunner runner = new OpRunner(bins, request, reply);
    for (Op op : request.ops()) {
      runner.run(op);
    }
    if (bins.count() == 0) {
      if (old == null) {
        throw new RequestException(ResultCode.NOT_FOUND, "a record without bins");
      }
      partition.remove(request.digest());
      reply.patchGone(rowAt - Protocol.HEADER);
      return ResultCode.OK;
    }
    byte[] row =
        Row.of(
            namespace.nameBytes(),
            request.digest(),
            request.set(),
            key,
            generation,
            voidTime,
            namespace.epoch().milliseconds(),
            bins);
    if (row.length > namespace.options().maxRecordSize()) {
      throw new RequestException(ResultCode.RECORD_TOO_BIG, "the record is too big");
    }
    if (old == null) {
      namespace.registerSet(request.set());
    }
    partition.put(row);
    return ResultCode.OK;
  }

  private static byte[] storedKey(byte[] key) throws RequestException {
    if (key.length == 0) {
      throw RequestException.parameter("an empty user key");
    }
    if (key[0] == Particle.INTEGER && key.length != 9) {
      throw new RequestException(
          ResultCode.UNSUPPORTED_FEATURE, "an integer key of " + (key.length - 1) + " bytes");
    }
    return key;
  }

  private static void checkExistence(Request request, boolean exists) throws RequestException {
    if (!exists && mustExist(request)) {
      throw new RequestException(ResultCode.NOT_FOUND, "no such record");
    }
    if (exists && request.info2(Protocol.INFO2_CREATE_ONLY)) {
      throw new RequestException(ResultCode.RECORD_EXISTS, "the record exists");
    }
  }

  private static boolean mustExist(Request request) {
    if (request.info3(Protocol.INFO3_UPDATE_ONLY) || request.info3(Protocol.INFO3_REPLACE_ONLY)) {
      return true;
    }
    for (Op op : request.ops()) {
      if (op.code() == Protocol.OP_TOUCH) {
        return true;
      }
    }
    return false;
  }

  private static void checkGeneration(Request request, int generation) throws RequestException {
    int wanted = request.generation() & MAX_GENERATION;
    boolean refused =
        request.info2(Protocol.INFO2_GENERATION)
            ? wanted != generation
            : request.info2(Protocol.INFO2_GENERATION_GT) && wanted <= generation;
    if (refused) {
      throw new RequestException(ResultCode.GENERATION, "generation " + generation);
    }
  }

  private static int voidTime(Namespace namespace, Request request, byte[] old)
      throws RequestException {
    NamespaceOptions options = namespace.options();
    int ttl = request.ttl();
    if (ttl == Protocol.TTL_KEEP && old != null) {
      return (int) Row.voidTime(old);
    }
    if (ttl == Protocol.TTL_NEVER) {
      return 0;
    }
    if (ttl == Protocol.TTL_DEFAULT || ttl == Protocol.TTL_KEEP) {
      ttl = options.defaultTtl();
    }
    if (ttl == 0) {
      return 0;
    }
    if (Integer.compareUnsigned(ttl, Protocol.MAX_TTL) > 0) {
      throw RequestException.parameter("a time to live beyond ten years");
    }
    if (options.refusesTtl()) {
      throw new RequestException(ResultCode.FORBIDDEN, "a time to live with nsup-period 0");
    }
    return (int) (namespace.epoch().seconds() + ttl);
  }

  /** What can be refused without a look at the record. */
  private static void checkOps(Request request) throws RequestException {
    if (request.ops().isEmpty()) {
      throw RequestException.parameter("a write without ops");
    }
    boolean replace =
        request.info3(Protocol.INFO3_CREATE_OR_REPLACE)
            || request.info3(Protocol.INFO3_REPLACE_ONLY);
    boolean reads = false;
    boolean readsAll = false;
    for (Op op : request.ops()) {
      if (!op.isKnown()) {
        throw new RequestException(ResultCode.UNSUPPORTED_FEATURE, "op " + op.code());
      }
      if (op.name().length() > Protocol.MAX_BIN_NAME) {
        throw new RequestException(ResultCode.BIN_NAME, "a bin's name is too long");
      }
      if (replace && !worksOnReplace(op)) {
        throw RequestException.parameter("op " + op.code() + " in a replace");
      }
      if (op.isReadAll(request.info1())) {
        if (readsAll || request.info2(Protocol.INFO2_RESPOND_ALL_OPS)) {
          throw RequestException.parameter("reads all bins and answers other ops");
        }
        readsAll = true;
      }
      reads |= op.code() == Protocol.OP_READ;
    }
    if (reads && !request.info1(Protocol.INFO1_READ)
        || request.info1(Protocol.INFO1_GET_ALL) && !readsAll) {
      throw RequestException.parameter("read ops and read flags don't fit");
    }
  }

  private static boolean worksOnReplace(Op op) {
    boolean removes =
        op.code() == Protocol.OP_WRITE && op.value().type() == Particle.NULL
            || op.code() == Protocol.OP_DELETE_ALL;
    return !removes && !op.isModify() && op.code() != Protocol.OP_TOUCH;
  }
}
