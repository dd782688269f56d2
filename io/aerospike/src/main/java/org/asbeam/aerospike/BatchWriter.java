package org.asbeam.aerospike;

import com.aerospike.client.ResultCode;
import com.aerospike.client.cluster.Node;
import com.aerospike.client.cluster.Partitions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
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
   * @param stop ends the work soon after it turns true; asked by several threads
   * @throws ClusterException of kind NO_SUCH_NAMESPACE, or UNSUPPORTED if a node knows no batch
   *     writes (servers before 6.0)
   */
  public BatchWriter(ClusterClient client, WriteSpec spec, BooleanSupplier stop)
      throws ClusterException {
    this(client, spec, stop, BatchSender::now);
  }

  BatchWriter(ClusterClient client, WriteSpec spec, BooleanSupplier stop, LongSupplier unixSeconds)
      throws ClusterException {
    client.partitions(spec.namespace());
    for (Node node : client.nodes()) {
      if (!node.hasBatchAny()) {
        throw new ClusterException(
            Kind.UNSUPPORTED,
            "node "
                + node
                + " (server "
                + node.getVersion()
                + ") can't write batches: server 6.0"
                + " or newer is needed to restore");
      }
    }
    this.client = client;
    this.spec = spec;
    this.stop = stop;
    this.unixSeconds = unixSeconds;
    this.sourceNamespace = spec.sourceNamespace().getBytes(StandardCharsets.UTF_8);
    this.maxBatchBytes = (int) Math.min(MAX_BATCH_BYTES, Math.max(1, spec.maxBytesInFlight() / 4));
    this.sender = new BatchSender(client, spec, tally, this::isOver, unixSeconds);
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
   * Gives a record to be written. The row is not needed after the call.
   *
   * @throws ClusterException of kind WRONG_NAMESPACE if the row is of another than the source
   *     namespace, STOPPED, or what ended the writing of an earlier batch
   * @throws RecordWriteException for a record that was refused for good, this one or an earlier one
   */
  public void write(RecordView row) throws IOException {
    check();
    checkNamespace(row);
    tally.given();
    if (row.binCount() == 0) {
      tally.add(Fate.SKIPPED, 1);
      return;
    }
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
      inFlight.awaitNone(() -> {});
    } catch (IOException e) {
      // Interrupted: the batches end by themselves, at the latest when their request times out.
      threads.shutdownNow();
    }
    open.clear();
    idle.clear();
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
    batch.add(row);
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
    try {
      FrameReader frames = readers.poll();
      if (frames == null) {
        frames = new FrameReader();
      }
      sender.send(batch, frames);
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
      inFlight.leave(size);
    }
  }

  private void refuse(RecordView row, int code, String why) throws RecordWriteException {
    if (spec.ignoreRecordErrors()) {
      tally.refused(Fate.IGNORED, code);
      return;
    }
    tally.refused(Fate.FAILED, code);
    throw new RecordWriteException(spec.namespace(), row.set(), row.digest(), code, why);
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
  }
}
