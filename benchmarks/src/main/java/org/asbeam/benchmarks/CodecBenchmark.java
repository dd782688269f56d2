package org.asbeam.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.asbeam.format.AsbBuffer;
import org.asbeam.format.AsbDecoder;
import org.asbeam.format.AsbEncoder;
import org.asbeam.format.FormatVersion;
import org.asbeam.format.RecordView;
import org.asbeam.storage.BlockContents;
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

/** Rows to ASB text and back, about 1 MiB of rows an operation. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
  @Param({"RECORD", "SMALL", "COLLECTIONS"})
  public RowShape shape;

  private SampleRows rows;
  private final RecordView view = new RecordView();
  private final AsbBuffer out = new AsbBuffer(4 << 20);
  private final BlockContents.Builder contents = new BlockContents.Builder();

  @Setup
  public void prepare() {
    rows = SampleRows.of(shape);
  }

  /** What the scan costs beside the network: finding the rows and their ends. */
  @Benchmark
  public long walk(Volume volume) {
    long sum = 0;
    for (int i = 0; i < rows.count(); i++) {
      sum += rows.view(i, view).skipToEnd();
    }
    volume.add(rows.text().length, rows.count());
    return sum;
  }

  @Benchmark
  public int encode(Volume volume) throws IOException {
    AsbEncoder encoder = new AsbEncoder("test", false);
    out.clear();
    for (int i = 0; i < rows.count(); i++) {
      encoder.record(out, rows.view(i, view));
    }
    volume.add(out.length(), rows.count());
    return out.length();
  }

  @Benchmark
  public int encodeCompact(Volume volume) throws IOException {
    AsbEncoder encoder = new AsbEncoder("test", true);
    out.clear();
    for (int i = 0; i < rows.count(); i++) {
      encoder.record(out, rows.view(i, view));
    }
    volume.add(out.length(), rows.count());
    return out.length();
  }

  /** What the block index costs beside the encoding. */
  @Benchmark
  public BlockContents contents(Volume volume) {
    for (int i = 0; i < rows.count(); i++) {
      contents.add(rows.view(i, view));
    }
    volume.add(rows.text().length, rows.count());
    return contents.build();
  }

  @Benchmark
  public long decode(Volume volume) throws IOException {
    AsbDecoder decoder =
        AsbDecoder.inside(
            new ByteArrayInputStream(rows.text()), "memory", FormatVersion.V3_1, "test", 0);
    int records = 0;
    while (decoder.next() == AsbDecoder.Item.RECORD) {
      records++;
    }
    volume.add(rows.text().length, records);
    return decoder.offset();
  }
}
