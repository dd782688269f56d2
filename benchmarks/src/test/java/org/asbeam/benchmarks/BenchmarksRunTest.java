package org.asbeam.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark once, so that none rots; says nothing of speed. */
class BenchmarksRunTest {
  @Test
  void everyBenchmarkRuns() throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("org\\.asbeam\\..*")
                    .mode(Mode.SingleShotTime)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(1))
                    .forks(0)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();

    assertThat(results.stream().map(result -> shortName(result.getParams().getBenchmark())))
        .contains(
            "CodecBenchmark.walk",
            "CodecBenchmark.encode",
            "CodecBenchmark.encodeCompact",
            "CodecBenchmark.contents",
            "CodecBenchmark.decode",
            "StorageBenchmark.writeBlock",
            "StorageBenchmark.crc32c",
            "StorageBenchmark.combineCrc32c",
            "TextBenchmark.escape",
            "TextBenchmark.base64Encode",
            "TextBenchmark.base64Decode");
  }

  private static String shortName(String benchmark) {
    return benchmark.replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1");
  }
}
