package org.asbeam.embedded;

/** Runs the ops of a write on the bins of its record, in their order. */
final class OpRunner {
  private final Bins bins;
  private final Request request;
  private final Reply reply;

  OpRunner(Bins bins, Request request, Reply reply) {
    this.bins = bins;
    this.request = request;
    this.reply = reply;
  }

  void run(Op op) throws RequestException {
    switch (op.code()) {
      case Protocol.OP_TOUCH -> {
        return;
      }
      case Protocol.OP_READ -> {
        read(op);
        return;
      }
      case Protocol.OP_WRITE -> write(op);
      case Protocol.OP_DELETE_ALL -> bins.clear();
      case Protocol.OP_INCR -> increment(op);
      default -> concatenate(op);
    }
    if (request.info2(Protocol.INFO2_RESPOND_ALL_OPS)) {
      reply.op(op.code(), op.name(), null);
    }
  }

  private void read(Op op) {
    if (op.isReadAll(request.info1())) {
      bins.asMap().forEach((name, value) -> reply.op(Protocol.OP_READ, name, value));
      return;
    }
    Particle value = bins.get(op.name());
    if (value != null || request.info2(Protocol.INFO2_RESPOND_ALL_OPS)) {
      reply.op(Protocol.OP_READ, op.name(), value);
    }
  }

  private void write(Op op) throws RequestException {
    if (op.value().type() == Particle.NULL) {
      bins.remove(op.name());
    } else {
      bins.put(op.name(), Particles.accept(op.value()));
    }
  }

  private void increment(Op op) throws RequestException {
    Particle by = Particles.accept(op.value());
    Particle old = bins.get(op.name());
    if (by.type() != Particle.INTEGER && by.type() != Particle.FLOAT
        || old != null && old.type() != by.type()) {
      throw incompatible(op);
    }
    if (old == null) {
      bins.put(op.name(), by);
      return;
    }
    long a = Bytes.i64(old.source(), old.offset());
    long b = Bytes.i64(by.source(), by.offset());
    long sum =
        by.type() == Particle.INTEGER
            ? a + b
            : Double.doubleToRawLongBits(Double.longBitsToDouble(a) + Double.longBitsToDouble(b));
    bins.put(op.name(), Particle.of(by.type(), Bytes.ofLong(sum)));
  }

  private void concatenate(Op op) throws RequestException {
    Particle more = Particles.accept(op.value());
    Particle old = bins.get(op.name());
    boolean isText = more.type() == Particle.STRING || isBlob(more.type());
    if (!isText || old != null && old.type() != more.type()) {
      throw incompatible(op);
    }
    if (old == null) {
      bins.put(op.name(), more);
      return;
    }
    boolean append = op.code() == Protocol.OP_APPEND;
    Particle first = append ? old : more;
    Particle second = append ? more : old;
    byte[] joined = new byte[first.length() + second.length()];
    System.arraycopy(first.source(), first.offset(), joined, 0, first.length());
    System.arraycopy(second.source(), second.offset(), joined, first.length(), second.length());
    bins.put(op.name(), Particle.of(more.type(), joined));
  }

  private static boolean isBlob(int type) {
    return type == Particle.BLOB || type >= 7 && type <= 12;
  }

  private static RequestException incompatible(Op op) {
    return new RequestException(
        ResultCode.INCOMPATIBLE_TYPE, "bin '" + op.name() + "' is of another type");
  }
}
