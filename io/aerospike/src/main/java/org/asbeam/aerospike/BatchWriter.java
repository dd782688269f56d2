package org.asbeam.aerospike;

import com.aerospike.client.ResultCode;
import com.aerospike.client.cluster.Node;
import com.aerospike.client.cluster.Partitions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.aerospike.WriteTally.Fate;
import org.asbeam.format.RecordView;

/**
 * Writes records in batches, several at once, each to the node that is the master of its records.
 *
 * <p>Particles go to the server as they are. {@link #write} copies the row into the request that
 * will be sent; it blocks while too many batches or bytes are on their way. Nothing that was
 * refused counts as written; everything given is in exactly one of {@link WriteCounts}' numbers.
 *
 * <p>Nodes that know no batch writes (servers before 6.0), or have them disabled, get each record
 * in a request of its own, many of them on their way; so do all nodes if the spec wants it.
 *
 * <p>Writes whose result was lost are sent again. That is safe, for the record has the same content
 * after one write or two; but with a check of the generation or with CREATE_ONLY the second one may
 * be refused because of the first, and nobody can tell whether somebody else's write was the
 * reason: such records are counted apart, as {@link WriteCounts#retriedInDoubt}.
 *
 * <p>Only after {@link #flush} has returned is everything that was given written. One thread
 * writes; {@link #counts} may be asked by any.
 *
 * <pre>{@code
 * try (BatchWriter writer = new BatchWriter(client, spec, stop)) {
 *   while (decoder.next() == RECORD) {
 *     writer.write(decoder.record());
 *   }
 *   writer.flush();
 *   return writer.counts();
 * }
 * }</pre>
 */
public final class BatchWriter implements AutoCloseable {
  /** A batch is sent when it has this many bytes, however few its records. */
  private static final int MAX_BATCH_BYTES = 1024 * 1024;

  private static final int FIRST_CAPACITY = 64 * 1024;

  /** The server refuses longer times to live: ten years. */
  private static final long MAX_TTL_SECONDS = 315_360_000L;

  private static final AtomicInteger THREADS = new AtomicInteger();

  private final ClusterClient client;
  private final WriteSpec spec;
  private final BooleanSupplier stop;
  private final LongSupplier unixSeconds;
  private final byte[] sourceNamespace;
  private final RowFilter filter;
  private final RejectHandler rejectHandler;
  private final Queue<Rejects> rejects = new ConcurrentLinkedQueue<>();
  private final RecordView rejectedRow = new RecordView();
  private final int maxBatchBytes;
  private final WriteTally tally = new WriteTally();
  private final BatchSender sender;
  private final InFlight inFlight;
  private final ExecutorService threads;
  private final Map<Node, RowBatch> open = new HashMap<>();
  private final Queue<RowBatch> idle = new ConcurrentLinkedQueue<>();
  private final Queue<FrameReader> readers = new ConcurrentLinkedQueue<>();
  private final AtomicReference<IOException> failure = new AtomicReference<>();
  private volatile boolean closed;
  private long openBytes;

  /**
   * A writer for which a record that is refused for good is an error, unless the spec ignores it.
   *
   * @param stop ends the work soon after it turns true; asked by several threads
   * @throws ClusterException of kind NO_SUCH_NAMESPACE
   */
  public BatchWriter(ClusterClient client, WriteSpec spec, BooleanSupplier stop)
      throws ClusterException {
    this(client, spec, null, new RefusalWatch(), stop);
  }

  /**
   * @param rejects takes the records that are refused for good, except those that the spec ignores;
   *     null: they are an error
   * @param watch notices that all records of the job are refused; shared by the job's writers
   * @param stop ends the work soon after it turns true; asked by several threads
   * @throws ClusterException of kind NO_SUCH_NAMESPACE
   */
  public BatchWriter(
      ClusterClient client,
      WriteSpec spec,
      RejectHandler rejects,
      RefusalWatch watch,
      BooleanSupplier stop)
      throws ClusterException {
    this(client, spec, rejects, watch, stop, BatchSender::now);
  }

  BatchWriter(
      ClusterClient client,
      WriteSpec spec,
      RejectHandler rejects,
      RefusalWatch watch,
      BooleanSupplier stop,
      LongSupplier unixSeconds)
      throws ClusterException {
    client.partitions(spec.namespace());
    this.client = client;
    this.spec = spec;
    this.stop = stop;
    this.unixSeconds = unixSeconds;
    this.sourceNamespace = spec.sourceNamespace().getBytes(StandardCharsets.UTF_8);
    this.filter = new RowFilter(spec.sets(), spec.bins());
    this.rejectHandler = rejects;
    this.maxBatchBytes = (int) Math.min(MAX_BATCH_BYTES, Math.max(1, spec.maxBytesInFlight() / 4));
    this.sender =
        new BatchSender(client, spec, rejects != null, watch, tally, this::isOver, unixSeconds);
    // The other half is for the batches that are being filled.
    this.inFlight = new InFlight(spec.maxAsyncBatches(), spec.maxBytesInFlight() / 2);
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "asbeam-writer-" + THREADS.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Gives a record to be written. The row is not needed after the call. Records that were refused
   * meanwhile are handed over by this thread.
   *
   * @throws ClusterException of kind WRONG_NAMESPACE if the row is of another than the source
   *     namespace, STOPPED, or what ended the writing of an earlier batch
   * @throws RecordWriteException for a record that was refused for good, this one or an earlier one
   */
  public void write(RecordView row) throws IOException {
    check();
    tally.given();
    if (!filter.selects(row) || filter.selectsBins() && !hasBin(row)) {
      tally.add(Fate.SKIPPED, 1);
      return;
    }
    checkNamespace(row);
    if (row.voidTime() != 0) {
      long ttl =
          RowBatch.timeToLive(row.voidTime(), unixSeconds.getAsLong(), spec.extraTtlSeconds());
      if (ttl <= 0) {
        tally.add(Fate.EXPIRED, 1);
        return;
      }
      if (ttl > MAX_TTL_SECONDS) {
        refuse(
            row,
            ResultCode.PARAMETER_ERROR,
            "it has " + ttl / 86400 + " days to live, servers take no more than ten years");
        return;
      }
    }
    long size = RowBatch.estimate(row, spec.namespace());
    if (size > WireBuffer.MAX_MESSAGE / 2) {
      refuse(row, ResultCode.RECORD_TOO_BIG, "it has " + size + " bytes");
      return;
    }
    add(row, size);
  }

  /**
   * Waits until everything given is written or refused.
   *
   * @throws IOException as {@link #write} does
   */
  public void flush() throws IOException {
    check();
    for (Node node : open.keySet().toArray(new Node[0])) {
      submit(node);
    }
    inFlight.awaitNone(this::check);
    check();
  }

  /** What became of the records so far. */
  public WriteCounts counts() {
    return tally.counts();
  }

  /**
   * Ends the work. What was not flushed may not be written, and counts as unfinished. Waits for the
   * batches that are on their way, but sends none again.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    threads.shutdown();
    try {
      inFlight.awaitNone(this::discardRejects);
    } catch (IOException e) {
      // Interrupted: the batches end by themselves, at the latest when their request times out.
      threads.shutdownNow();
    }
    open.clear();
    idle.clear();
  }

  private boolean hasBin(RecordView row) {
    row.rewind();
    while (row.nextBin()) {
      if (filter.keepsBin(row)) {
        return true;
      }
    }
    return false;
  }

  private void add(RecordView row, long size) throws IOException {
    Node node = owner(row.partition());
    RowBatch batch = open.get(node);
    if (batch != null && batch.length() + size > maxBatchBytes) {
      submit(node);
      batch = null;
    }
    if (batch == null) {
      batch = idle.poll();
      if (batch == null) {
        batch = new RowBatch(spec, Math.min(FIRST_CAPACITY, maxBatchBytes));
      }
      open.put(node, batch);
      openBytes += batch.length();
    }
    openBytes -= batch.length();
    if (!batch.add(row)) {
      tally.add(Fate.SKIPPED, 1);
    }
    openBytes += batch.length();
    if (batch.rows() >= spec.batchSize() || batch.length() >= maxBatchBytes) {
      submit(node);
    } else if (openBytes > spec.maxBytesInFlight() / 2) {
      submit(largest());
    }
  }

  private Node owner(int partition) throws ClusterException {
    Partitions map = client.partitions(spec.namespace());
    Node node = map.replicas.length == 0 ? null : map.replicas[0].get(partition);
    return node != null ? node : client.nodes().get(0);
  }

  private Node largest() {
    Node largest = null;
    for (Map.Entry<Node, RowBatch> entry : open.entrySet()) {
      if (largest == null || entry.getValue().length() > open.get(largest).length()) {
        largest = entry.getKey();
      }
    }
    return largest;
  }

  private void submit(Node node) throws IOException {
    RowBatch batch = open.remove(node);
    int size = batch.length();
    openBytes -= size;
    inFlight.enter(size, this::check);
    threads.execute(() -> send(batch, size));
  }

  private void send(RowBatch batch, int size) {
    List<RejectedRow> rejected = new ArrayList<>();
    try {
      FrameReader frames = readers.poll();
      if (frames == null) {
        frames = new FrameReader();
      }
      sender.send(batch, frames, rejected);
      readers.add(frames);
      if (batch.capacity() <= 2 * maxBatchBytes) {
        batch.clear();
        idle.add(batch);
      }
    } catch (IOException e) {
      failure.compareAndSet(null, e);
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, new IOException("writing a batch failed: " + e, e));
    } finally {
      if (rejected.isEmpty()) {
        inFlight.leave(size);
      } else {
        rejects.add(new Rejects(rejected, size));
        inFlight.wake();
      }
    }
  }

  /** Hands over what was refused; by the thread that writes. */
  private void handOverRejects() throws IOException {
    for (Rejects next = rejects.poll(); next != null; next = rejects.poll()) {
      try {
        for (RejectedRow reject : next.rows) {
          rejectedRow.wrap(reject.row(), 0, reject.row().length);
          handOver(rejectedRow, reject.resultCode(), reject.reason());
        }
      } finally {
        inFlight.leave(next.size);
      }
    }
  }

  private void handOver(RecordView row, int code, String reason) throws IOException {
    try {
      rejectHandler.rejected(row, code, reason);
    } catch (IOException e) {
      failure.compareAndSet(null, e);
      throw e;
    } catch (RuntimeException e) {
      failure.compareAndSet(null, new IOException("a rejected record was not taken: " + e, e));
      throw e;
    }
    tally.refused(Fate.REJECTED, code);
  }

  private void discardRejects() {
    for (Rejects next = rejects.poll(); next != null; next = rejects.poll()) {
      inFlight.leave(next.size);
    }
  }

  private void refuse(RecordView row, int code, String why) throws IOException {
    if (spec.ignoreRecordErrors() && ClusterErrors.isIgnorable(code)) {
      tally.refused(Fate.IGNORED, code);
    } else if (rejectHandler != null) {
      row.rewind();
      handOver(row, code, RecordWriteException.reason(code, why));
    } else {
      tally.refused(Fate.FAILED, code);
      throw new RecordWriteException(spec.namespace(), row.set(), row.digest(), code, why);
    }
  }

  private void checkNamespace(RecordView row) throws ClusterException {
    int at = row.namespaceOffset();
    if (sourceNamespace.length > 0
        && row.namespaceLength() > 0
        && !Arrays.equals(
            row.buffer(),
            at,
            at + row.namespaceLength(),
            sourceNamespace,
            0,
            sourceNamespace.length)) {
      throw new ClusterException(
          Kind.WRONG_NAMESPACE,
          "a record is of namespace '"
              + new String(row.buffer(), at, row.namespaceLength(), StandardCharsets.UTF_8)
              + "', not of '"
              + spec.sourceNamespace()
              + "'; check the namespace that is to be restored");
    }
  }

  private boolean isOver() {
    return closed || failure.get() != null || stop.getAsBoolean();
  }

  private void check() throws IOException {
    IOException e = failure.get();
    if (e != null) {
      throw e;
    }
    if (closed) {
      throw new IllegalStateException("the writer is closed");
    }
    if (stop.getAsBoolean()) {
      throw new ClusterException(Kind.STOPPED, "stopped while records were written");
    }
    handOverRejects();
  }

  /** The rejected rows of a batch, and the bytes that it counts as on its way. */
  private record Rejects(List<RejectedRow> rows, int size) {}
}
