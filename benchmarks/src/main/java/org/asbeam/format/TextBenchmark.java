package org.asbeam.format;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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

/**
 * The parts of a line: names and base64. Lives in the codec's package, whose parts are not public.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TextBenchmark {
  /** A name, written once per bin. */
  @State(Scope.Benchmark)
  public static class Name {
    @Param({"a", "address", "with blank", "fifteen_of_them"})
    public String name;

    byte[] bytes;
    final byte[] out = new byte[64];

    @Setup
    public void prepare() {
      bytes = name.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** A value: a digest, a blob of the 500-byte record, a large one. */
  @State(Scope.Benchmark)
  public static class Value {
    @Param({"20", "138", "65536"})
    public int length;

    byte[] octets;
    byte[] text;
    byte[] out;

    @Setup
    public void prepare() {
      octets = new byte[length];
      new Random(1).nextBytes(octets);
      text = new byte[(int) Base64Text.encodedLength(length)];
      Base64Text.encode(octets, 0, length, text, 0);
      out = new byte[text.length + 8];
    }
  }

  @Benchmark
  public int escape(Name name) {
    return Escapes.write(name.bytes, 0, name.bytes.length, name.out, 0);
  }

  @Benchmark
  public int base64Encode(Value value) {
    return Base64Text.encode(value.octets, 0, value.length, value.out, 0);
  }

  @Benchmark
  public int base64Decode(Value value) {
    return Base64Text.decodeLast(
        value.text,
        value.text.length - 4,
        value.out,
        Base64Text.decode(value.text, 0, value.text.length - 4, value.out, 0));
  }

  /** The JDK's, which has a vectorised loop, to compare with; it allocates its result. */
  @Benchmark
  public byte[] base64EncodeJdk(Value value) {
    return java.util.Base64.getEncoder().encode(value.octets);
  }

  @Benchmark
  public byte[] base64DecodeJdk(Value value) {
    return java.util.Base64.getDecoder().decode(value.text);
  }
}
