package org.asbeam.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.asbeam.storage.testing.ChildProcess;

/**
 * Measures how a backup's time falls with its workers, and whether one idles while slices wait: a
 * program, no test. Each worker is a TaskManager of one slot. The node answers scans late, so that
 * neither it nor the machine is the limit. {@code benchmarks/scaling.sh} starts it.
 */
final class Scaling {
  private static final Path JAR = Path.of("target", "asbeam-flink.jar").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RECORDS = 4_096;
  private static final int SLICES_PER_WORKER = 16;
  private static final int WORKERS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** A request has at most 64 of the 4096 partitions, so large slices take several. */
  private static final int LEAST_REQUESTS = 64;

  /** A worker's share of the slices takes so long, however many workers there are. */
  private static final long WORK_MILLIS = 45_000;

  private Scaling() {}

  /** A slice, as its receipt tells. */
  private record Slice(String worker, Instant start, Instant end) {
    long millis() {
      return Duration.between(start, end).toMillis();
    }
  }

  /** How the node is slowed down before a backup. */
  @FunctionalInterface
  private interface Slowness {
    void set(NodeProcess node) throws IOException;
  }

  /** Runs all measurements; takes some minutes. */
  public static void main(String[] args) throws Exception {
    for (int workers : new int[] {1, 2, 4, 8}) {
      long each = workers * WORK_MILLIS / Math.max(LEAST_REQUESTS, workers * SLICES_PER_WORKER);
      measure("like slices", workers, 1, node -> node.ask("delay scan " + each));
    }
    measure(
        "one node four times as slow",
        WORKERS,
        2,
        node -> {
          node.ask("slow node 0 500");
          node.ask("slow node 1 2000");
        });
    measure(
        "one slice like sixteen others",
        WORKERS,
        1,
        node -> {
          node.ask("delay scan 500");
          node.ask("slow partition 4000 8000");
        });
  }

  private static void measure(String what, int workers, int nodes, Slowness slowness)
      throws Exception {
    Path scratch = Files.createTempDirectory("asbeam-scaling");
    try (NodeProcess node = NodeProcess.start(scratch, RECORDS, nodes);
        StockCluster cluster = StockCluster.start(scratch, workers, 1, Map.of())) {
      slowness.set(node);
      Path directory = scratch.resolve("backup");
      List<String> words =
          List.of(
              "-d",
              "-c",
              Backup.class.getName(),
              JAR.toString(),
              "--port",
              Integer.toString(node.port()),
              "--namespace",
              "test",
              "--parallel",
              Integer.toString(workers),
              "--directory",
              directory.toString());
      try (ChildProcess client = cluster.run(words.toArray(String[]::new))) {
        if (client.await(PATIENCE).orElse(-1) != 0) {
          throw new IOException(client.tail());
        }
      }
      RunFolder folder = new RunFolder(directory);
      Eventually.get("the end", folder::isFinished, finished -> finished);
      report(what, workers, slices(directory));
    } finally {
      try (Stream<Path> files = Files.walk(scratch)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Those of records; that of the metadata is none of the work. */
  private static List<Slice> slices(Path directory) throws IOException {
    List<Slice> slices = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory.resolve(".asbeam"))) {
      for (Path file :
          files.filter(f -> f.toString().matches(".*/receipts/\\d+\\.json")).toList()) {
        JsonNode receipt = JSON.readTree(file.toFile());
        if (!receipt.get("partitions").isEmpty()) {
          slices.add(
              new Slice(
                  receipt.get("worker").asText().replaceFirst("/.*", ""),
                  Instant.parse(receipt.get("started").asText()),
                  Instant.parse(receipt.get("ended").asText())));
        }
      }
    }
    return slices;
  }

  private static void report(String what, int workers, List<Slice> slices) {
    Instant first = slices.stream().map(Slice::start).min(Comparator.naturalOrder()).orElseThrow();
    Instant end = slices.stream().map(Slice::end).max(Comparator.naturalOrder()).orElseThrow();
    Instant lastStart =
        slices.stream().map(Slice::start).max(Comparator.naturalOrder()).orElseThrow();
    long work = slices.stream().mapToLong(Slice::millis).sum();
    long span = Duration.between(first, end).toMillis();
    Map<String, List<Slice>> byWorker = new TreeMap<>();
    slices.forEach(
        slice -> byWorker.computeIfAbsent(slice.worker(), name -> new ArrayList<>()).add(slice));
    Map<String, Long> idle = new HashMap<>();
    byWorker.forEach(
        (worker, its) -> {
          its.sort(Comparator.comparing(Slice::start));
          long gaps = 0;
          for (int i = 0; i < its.size(); i++) {
            Instant next = i + 1 < its.size() ? its.get(i + 1).start() : lastStart;
            gaps += Math.max(0, Duration.between(its.get(i).end(), next).toMillis());
          }
          idle.put(worker, gaps);
        });
    long waited =
        byWorker.values().stream()
            .mapToLong(its -> Duration.between(first, its.get(0).start()).toMillis())
            .sum();
    System.out.printf(
        "%-30s workers=%d slices=%d work=%.1fs span=%.1fs efficiency=%.1f%%"
            + " started-late=%.1fs idle-while-slices-waited=%.1fs (%.1f%% of the work) per worker: %s%n",
        what,
        workers,
        slices.size(),
        work / 1e3,
        span / 1e3,
        100.0 * work / (span * workers),
        waited / 1e3,
        idle.values().stream().mapToLong(gap -> gap).sum() / 1e3,
        100.0 * idle.values().stream().mapToLong(gap -> gap).sum() / work,
        byWorker.values().stream().map(List::size).toList());
  }
}
