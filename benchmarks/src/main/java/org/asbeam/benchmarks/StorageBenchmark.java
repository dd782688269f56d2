package org.asbeam.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.asbeam.storage.BackupFileWriter;
import org.asbeam.storage.BlockContents;
import org.asbeam.storage.Compression;
import org.asbeam.storage.Crc32c;
import org.asbeam.storage.WrittenFile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Blocks of about 4 MiB of ASB text on their way to a file that goes nowhere. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StorageBenchmark {
  /** A block of text. */
  @State(Scope.Benchmark)
  public static class Text {
    byte[] bytes;

    @Setup
    public void prepare() {
      bytes = SampleRows.text(RowShape.RECORD, 4 << 20);
    }
  }

  /** How a block is written. */
  @State(Scope.Benchmark)
  public static class Codec {
    @Param({"none", "zstd:1", "zstd:3"})
    public String compression;
  }

  @Benchmark
  public WrittenFile writeBlock(Text text, Codec codec, Volume volume) throws IOException {
    try (BackupFileWriter writer =
        new BackupFileWriter(
            new NullStore().create("block.asb"), Compression.parse(codec.compression))) {
      writer.writeBlock(text.bytes, 0, text.bytes.length, BlockContents.none());
      volume.add(text.bytes.length, 0);
      return writer.finish();
    }
  }

  @Benchmark
  public int crc32c(Text text, Volume volume) {
    volume.add(text.bytes.length, 0);
    return Crc32c.of(text.bytes);
  }

  /** One per block. */
  @Benchmark
  public int combineCrc32c(Text text) {
    return Crc32c.combine(text.bytes[0], text.bytes[1], text.bytes.length);
  }
}
