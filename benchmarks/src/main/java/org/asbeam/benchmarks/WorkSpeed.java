package org.asbeam.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.Partitions;
import org.asbeam.storage.Compression;
import org.asbeam.storage.LocalStore;
import org.asbeam.storage.Store;

/**
 * Measures the work of a backup and of a restore alone: no cluster, no Beam.
 *
 * <pre>
 * work [--records N] [--shape record|small|collections] [--threads N,...] [--rounds N]
 *      [--compress none|zstd|zstd:LEVEL,...] [--directory DIR]
 * </pre>
 *
 * <p>For each number of threads and each compression it times: the source alone; a backup whose
 * files go nowhere; a backup to a folder, which is deleted in the end; and a restore of that folder
 * into a sink that keeps nothing. The lines of the last round count; those before warm up.
 */
public final class WorkSpeed {
  private static final long SEED = 20_261_122;

  private final RowShape shape;
  private final long records;
  private final Path directory;
  private final PrintStream out;

  WorkSpeed(RowShape shape, long records, Path directory, PrintStream out) {
    this.shape = shape;
    this.records = records;
    this.directory = directory;
    this.out = out;
  }

  public static void main(String[] args) throws Exception {
    Flags flags = Flags.of(args);
    Path directory =
        flags.has("directory")
            ? Path.of(flags.text("directory", ""))
            : Files.createTempDirectory("asbeam-work");
    WorkSpeed speed =
        new WorkSpeed(
            RowShape.parse(flags.text("shape", "record")),
            flags.number("records", 1_000_000),
            directory,
            System.out);
    int rounds = (int) flags.number("rounds", 3);
    List<Integer> threads = flags.list("threads", "1,2").map(Integer::valueOf).toList();
    List<Compression> codecs = flags.list("compress", "none").map(Compression::parse).toList();
    flags.requireAllUsed();
    for (int round = 1; round <= rounds; round++) {
      System.out.println("round " + round + " of " + rounds);
      System.out.println(Stopwatch.HEADER);
      for (int count : threads) {
        for (Compression codec : codecs) {
          speed.round(count, codec);
        }
      }
    }
  }

  /** Measures everything once. */
  void round(int threads, Compression compression) throws Exception {
    String suffix = " x" + threads + (compression == Compression.NONE ? "" : " " + compression);
    SyntheticSource source = new SyntheticSource(SEED, shape, records);
    NullRecordSink sink = new NullRecordSink();
    NullStore nowhere = new NullStore();
    BackupRun.Result vain =
        new BackupRun(new BenchmarkBackends(() -> nowhere, source, sink), threads, compression)
            .run();
    out.println(scan(source, threads).line("source" + suffix, records, vain.textBytes()));
    out.println(vain.time().line("backup, null" + suffix, vain.records(), vain.textBytes()));
    Path folder =
        directory.resolve("work-" + threads + "-" + compression.toString().replace(':', '-'));
    deleteAll(folder);
    try {
      BenchmarkBackends local = new BenchmarkBackends(() -> store(folder), source, sink);
      BackupRun.Result written = new BackupRun(local, threads, compression).run();
      out.println(
          written.time().line("backup, files" + suffix, written.records(), written.textBytes()));
      RestoreRun.Result read = new RestoreRun(local, threads).run();
      out.println(read.time().line("restore, null" + suffix, read.records(), read.textBytes()));
      if (written.records() != records || sink.records() != records) {
        throw new IllegalStateException(
            written.records() + " written and " + sink.records() + " read of " + records);
      }
    } finally {
      deleteAll(folder);
    }
  }

  private static Store store(Path folder) {
    return new LocalStore(folder);
  }

  private static Stopwatch scan(SyntheticSource source, int threads) throws Exception {
    AtomicInteger next = new AtomicInteger();
    int step = 64;
    return Stopwatch.time(
        threads,
        () -> {
          for (int at = next.getAndAdd(step); at < Partitions.COUNT; at = next.getAndAdd(step)) {
            source.scan(PartitionSet.range(at, step), row -> {}, () -> false);
          }
          return null;
        });
  }

  private static void deleteAll(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
