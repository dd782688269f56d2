package org.asbeam.transforms.work;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.asbeam.format.AsbBuffer;
import org.asbeam.format.AsbEncoder;
import org.asbeam.format.FormatVersion;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.Partitions;
import org.asbeam.format.RecordView;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;
import org.asbeam.storage.StreamWriter;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.Json;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.storage.journal.PartitionSlice;

/**
 * A backup into one stream: a single file, or standard output. Threads of this process scan the
 * slices; a block that is full goes into the stream, which only one thread at a time can write:
 * compression and storage are as fast as one core.
 *
 * <p>Nothing lies beside the stream: it can't be resumed, and what proves a folder whole, its
 * manifest, it doesn't have. The stream is ended only after the same checks as a folder's commit.
 */
public final class StreamBackup {
  private static final int BLOCK_BYTES = 4 << 20;

  private final BackupSpec spec;
  private final String runId;
  private final StreamWriter stream;
  private final RecordSource source;
  private final Surroundings surroundings;
  private final Progress progress;
  private final Throttle throttle;
  private final BooleanSupplier stop;
  private final long[] perPartition = new long[Partitions.COUNT];
  private final Map<String, Long> sets = new TreeMap<>();
  private volatile boolean failed;

  private StreamBackup(
      BackupSpec spec,
      String runId,
      StreamWriter stream,
      RecordSource source,
      Surroundings surroundings,
      BooleanSupplier stop) {
    this.spec = spec;
    this.runId = runId;
    this.stream = stream;
    this.source = source;
    this.surroundings = surroundings;
    this.progress = Progress.of(runId);
    this.throttle = Throttle.of(runId, spec.limits());
    this.stop = () -> failed || stop.getAsBoolean();
  }

  /** The slices of such a backup: those of a run in a folder. */
  public static List<PartitionSlice> slices(BackupSpec spec, IntFunction<String> masters) {
    return PartitionPlanner.plan(spec.scope(), spec.slots(), masters);
  }

  /**
   * Backs up, and ends the stream.
   *
   * @param runId names the run among those of this process
   * @param slices of {@link #slices}
   * @param stream at its beginning; finished when this returns
   * @param stop ends it soon after it turns true, with a {@link StoppedException}
   * @return what a manifest would say
   */
  public static Manifest run(
      BackupSpec spec,
      String runId,
      List<PartitionSlice> slices,
      StreamWriter stream,
      RecordSource source,
      Surroundings surroundings,
      BooleanSupplier stop)
      throws IOException, WorkException {
    return new StreamBackup(spec, runId, stream, source, surroundings, stop).run(slices);
  }

  private Manifest run(List<PartitionSlice> slices) throws IOException, WorkException {
    Instant started = surroundings.now();
    ClusterSnapshot start = source.awaitStable(stop);
    List<SecondaryIndex> indexes = spec.scope().indexes() ? source.secondaryIndexes() : List.of();
    List<UdfModule> udfs = spec.scope().udfs() ? source.udfModules() : List.of();
    boolean expressions = indexes.stream().anyMatch(SecondaryIndex::isOnExpression);
    begin(expressions ? FormatVersion.V3_2 : FormatVersion.V3_1, indexes, udfs);
    progress.skipped(0, 0);
    scanAll(slices.stream().filter(s -> s.kind() == PartitionSlice.Kind.RECORDS).toList());
    List<String> warnings = new ArrayList<>();
    List<String> troubles =
        Steadiness.troubles(
            spec,
            source,
            start,
            "the backup can't be proved complete: take it again, or accept that with"
                + " --allow-unstable",
            stop);
    troubles.forEach(trouble -> warnings.add("not proved complete: " + trouble));
    if (expressions) {
      warnings.add(
          "the backup holds an index on an expression, so it is of format 3.2: absctl reads it,"
              + " asrestore v0.5.1 refuses it");
    }
    stream.finish();
    return manifest(started, start, troubles.isEmpty(), indexes.size(), udfs.size(), warnings);
  }

  private void begin(FormatVersion version, List<SecondaryIndex> indexes, List<UdfModule> udfs)
      throws IOException {
    AsbBuffer text = new AsbBuffer(64 << 10);
    AsbEncoder encoder = new AsbEncoder(spec.namespace(), spec.output().compact());
    encoder.header(text, version, true);
    udfs.forEach(module -> encoder.udf(text, module));
    indexes.forEach(index -> encoder.secondaryIndex(text, index));
    write(text, 0);
  }

  private void scanAll(List<PartitionSlice> slices) throws IOException, WorkException {
    if (!spec.scope().records()) {
      return;
    }
    ConcurrentLinkedQueue<PartitionSlice> left = new ConcurrentLinkedQueue<>(slices);
    int threads = Math.max(1, Math.min(spec.slots(), slices.size()));
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> lanes = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        lanes.add(
            pool.submit(
                () -> {
                  scanLane(left);
                  return null;
                }));
      }
      await(lanes);
    } finally {
      pool.shutdown();
    }
    PartitionSet unread = PartitionSet.none();
    for (PartitionSlice slice : left) {
      unread = unread.plus(slice.partitions());
    }
    if (!unread.isEmpty()) {
      throw new IllegalStateException("partitions " + unread + " were not read");
    }
  }

  /** Waits for all lanes; the first error counts, those after it are mostly its consequences. */
  private void await(List<Future<?>> lanes) throws IOException, WorkException {
    Throwable first = null;
    for (Future<?> lane : lanes) {
      try {
        lane.get();
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        if (first == null || first instanceof StoppedException) {
          first = cause;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failed = true;
        throw new StoppedException();
      }
    }
    if (first instanceof IOException io) {
      throw io;
    }
    if (first instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (first != null) {
      throw new IOException("a scan ended with " + first, first);
    }
  }

  private void scanLane(ConcurrentLinkedQueue<PartitionSlice> left) throws IOException {
    try {
      Lane lane = new Lane();
      for (PartitionSlice slice = left.poll(); slice != null; slice = left.poll()) {
        progress.sliceStarted();
        boolean done = false;
        try {
          source.scan(slice.partitions(), lane::add, stop);
          done = true;
        } finally {
          progress.sliceEnded(done);
        }
      }
      lane.end();
    } catch (IOException | RuntimeException e) {
      failed = true;
      throw e;
    }
  }

  private void write(AsbBuffer text, long records) throws IOException {
    synchronized (stream) {
      long before = stream.storedBytes();
      stream.writeBlock(text, records);
      progress.add(records, stream.storedBytes() - before);
    }
  }

  private Manifest manifest(
      Instant started,
      ClusterSnapshot start,
      boolean complete,
      int indexes,
      int udfs,
      List<String> warnings) {
    String name =
        spec.output().file().equals(BackupOutput.STANDARD_OUTPUT)
            ? "standard output"
            : spec.output().file();
    PartitionSet partitions = spec.scope().partitions();
    return new Manifest(
        Manifest.FORMAT_VERSION,
        runId,
        Version.current(),
        spec.namespace(),
        started,
        surroundings.now(),
        Increment.nextLowerBound(spec.scope(), start),
        complete,
        partitions,
        Json.toTree(spec.scope().withPartitions(PartitionSet.none())),
        spec.output().compression().toString(),
        spec.output().encryption().mode().name(),
        "",
        "",
        Json.toTree(start),
        name,
        List.of(
            new FileReceipt(
                name, stream.storedBytes(), stream.textBytes(), stream.records(), 0, "")),
        partitions.stream().mapToLong(id -> perPartition[id]).toArray(),
        sets,
        stream.records(),
        stream.storedBytes(),
        stream.textBytes(),
        indexes,
        udfs,
        List.of(),
        warnings);
  }

  /** The records of one thread, until they fill a block. */
  private final class Lane {
    private final AsbEncoder encoder = new AsbEncoder(spec.namespace(), spec.output().compact());
    private final AsbBuffer block = new AsbBuffer(BLOCK_BYTES + BLOCK_BYTES / 8);
    private final SetCounter counter = new SetCounter();
    private long records;

    void add(RecordView row) throws IOException {
      int before = block.length();
      encoder.record(block, row);
      records++;
      // No two lanes have records of one partition.
      perPartition[row.partition()]++;
      counter.add(row);
      int bytes = block.length() - before;
      if (block.length() >= BLOCK_BYTES) {
        flush();
      }
      throttle.take(1, bytes, stop);
    }

    private void flush() throws IOException {
      write(block, records);
      records = 0;
      block.clear();
    }

    void end() throws IOException {
      flush();
      synchronized (sets) {
        counter.totals().forEach((set, count) -> sets.merge(set, count, Long::sum));
      }
    }
  }
}
