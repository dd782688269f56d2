package org.asbeam.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.asbeam.aerospike.AuthMode;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.aerospike.ScanSpec;
import org.asbeam.aerospike.WriteCounts;
import org.asbeam.aerospike.WriteSpec;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.NewRecord;
import org.asbeam.format.PartitionSet;
import org.asbeam.storage.journal.PartitionSlice;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AerospikeIOTest {
  private static final int COUNT = 1000;

  private static EmbeddedCluster cluster;
  private static EmbeddedNamespace source;
  private static EmbeddedNamespace target;

  private final TestPipeline pipeline = Records.pipeline();

  @BeforeAll
  static void start() {
    cluster = Records.cluster(2);
    source = cluster.namespace("test");
    target = cluster.namespace("copy");
    Records.fill(source, COUNT, 1);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void empty() {
    target.clear();
  }

  @AfterEach
  void mend() {
    cluster.clearFaults();
  }

  private static ConnectionSpec connection() {
    return ConnectionSpec.of(cluster.seeds());
  }

  private static ClusterAccess cluster() {
    return ClusterAccess.NONE.withConnection(connection());
  }

  private static AerospikeIO.Read read() {
    return AerospikeIO.read().withConnection(connection()).withNamespace("test").withSlices(8);
  }

  private static AerospikeIO.Write write() {
    return AerospikeIO.write().withConnection(connection()).withNamespace("copy");
  }

  @Test
  void everyRecordIsReadOnceAndWhole() {
    Records.areThese(pipeline.apply(read()), Records.of(source));

    assertThat(counter(pipeline.run(), "recordsRead")).isEqualTo(COUNT);
  }

  @Test
  void aSetAndSomePartitionsAreRead() {
    PartitionSet partitions = PartitionSet.range(0, 2000);
    List<AerospikeRecord> expected =
        Records.of(source).stream()
            .filter(record -> record.set().equals("set1"))
            .filter(record -> partitions.contains(record.partition()))
            .toList();
    assertThat(expected).isNotEmpty();

    Records.areThese(
        pipeline.apply(
            read()
                .withScanSpec(ScanSpec.of("test").withSet("set1"))
                .withPartitions(partitions)
                .withSlicesPerSource(3)),
        expected);
    pipeline.run();
  }

  @Test
  void noRecordComesTwiceWhenConnectionsBreak() {
    cluster.inject(Fault.on(Fault.Target.SCAN).after(20).times(3).dropConnection());

    Records.areThese(pipeline.apply(read()), Records.of(source));
    assertThat(counter(pipeline.run(), "scanRetries")).isPositive();
  }

  @Test
  void aSliceThatIsScannedTwiceGivesTheSameRecordsTwice() {
    PartitionSlice slice =
        new PartitionSlice(0, PartitionSlice.Kind.RECORDS, "", PartitionSet.range(100, 900));
    List<AerospikeRecord> once =
        Records.of(source).stream()
            .filter(record -> slice.partitions().contains(record.partition()))
            .toList();
    List<AerospikeRecord> twice = new ArrayList<>(once);
    twice.addAll(once);

    Records.areThese(
        pipeline
            .apply(Create.of(slice, slice).withCoder(JsonCoder.of(PartitionSlice.class)))
            .apply(ParDo.of(new ScanSliceFn(cluster(), ScanSpec.of("test"))))
            .setCoder(AerospikeRecordCoder.of()),
        twice);
    pipeline.run();
  }

  @Test
  void theScansOfACollectionAreAllRead() {
    List<AerospikeRecord> expected = new ArrayList<>();
    for (AerospikeRecord record : Records.of(source)) {
      // The second scan has those of one set again.
      expected.add(record);
      if (record.set().equals("set1")) {
        expected.add(record);
      }
    }
    PCollection<ScanSpec> scans =
        pipeline.apply(Create.of(ScanSpec.of("test"), ScanSpec.of("test").withSet("set1")));
    Records.areThese(
        scans.apply(AerospikeIO.readAll().withConnection(connection()).withSlices(5)), expected);

    PartitionSet partitions = PartitionSet.range(100, 300);
    Records.areThese(
        scans.apply(
            "Some partitions",
            AerospikeIO.readAll().withConnection(connection()).withPartitions(partitions)),
        expected.stream().filter(record -> partitions.contains(record.partition())).toList());
    pipeline.run();
  }

  @Test
  void aScanThatIsCutTwiceGivesTheSameSlicesTwice() throws Exception {
    CutScansFn fn = new CutScansFn(PartitionSet.parse("5-9"), 3);
    List<KV<ScanSpec, PartitionSlice>> once = new ArrayList<>();
    fn.process(ScanSpec.of("test"), Bundles.collectInto(once));
    List<KV<ScanSpec, PartitionSlice>> twice = new ArrayList<>(once);
    fn.process(ScanSpec.of("test"), Bundles.collectInto(twice));

    assertThat(once)
        .extracting(slice -> slice.getValue().partitions().toString())
        .containsExactly("5", "6-7", "8-9");
    assertThat(twice.subList(3, 6)).isEqualTo(once);

    ScanSpecSliceFn scan = new ScanSpecSliceFn(cluster());
    scan.setUp();
    List<AerospikeRecord> records = new ArrayList<>();
    scan.process(once.get(0), Bundles.collectInto(records));
    List<AerospikeRecord> again = new ArrayList<>();
    scan.process(once.get(0), Bundles.collectInto(again));
    scan.tearDown();
    scan.tearDown();
    assertThat(again).containsExactlyInAnyOrderElementsOf(records);
  }

  @Test
  void aLimitThatNoWorkerCouldKeepIsRefused() {
    ScanSpec limited = ScanSpec.of("test").withMaxRecords(5);
    assertThatThrownBy(() -> Records.pipeline().apply(read().withScanSpec(limited)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a limit of 5 records can't be kept")
        .hasMessageContaining("Sample.any()");

    pipeline.apply(Create.of(limited)).apply(AerospikeIO.readAll().withConnection(connection()));
    assertThatThrownBy(pipeline::run).hasStackTraceContaining("a limit of 5 records can't be kept");
  }

  @Test
  void nothingThatWaitsStartsBeforeAllIsWritten() {
    PCollection<Long> seen =
        pipeline
            .apply("Next", Create.of(1, 2, 3))
            .apply(Wait.on(pipeline.apply(read()).apply(write()).getCounts()))
            .apply(MapElements.into(TypeDescriptors.longs()).via(next -> target.count()));
    PAssert.that(seen).containsInAnyOrder((long) COUNT, (long) COUNT, (long) COUNT);
    pipeline.run();
  }

  @Test
  void aNamespaceThatIsNotThereFailsTheJob() {
    pipeline.apply(read().withNamespace("nope"));

    assertThatThrownBy(pipeline::run).hasStackTraceContaining("no namespace 'nope'");
  }

  @Test
  void aCopyIsTheSame() {
    AerospikeWriteResult result = pipeline.apply(read()).apply(write());
    PAssert.that(result.getCounts())
        .satisfies(
            counts -> {
              assertThat(sum(counts)).isEqualTo(new long[] {COUNT, COUNT, 0});
              return null;
            });
    PipelineResult done = pipeline.run();

    assertThat(Records.of(target).stream().map(Records::identity))
        .containsExactlyInAnyOrderElementsOf(
            Records.of(source).stream().map(Records::identity).toList());
    assertThat(counter(done, "recordsWritten")).isEqualTo(COUNT);
    assertThat(counter(done, "recordsNotWritten")).isZero();
  }

  @Test
  void recordsThatAreWrittenTwiceAreThereOnce() {
    AerospikeRecord record = record("twice", 1, 5);
    PCollection<AerospikeRecord> records =
        pipeline.apply(Create.of(record, record, record, record));
    PAssert.that(records.apply(write()).getCounts())
        .satisfies(
            counts -> {
              assertThat(sum(counts)).isEqualTo(new long[] {4, 1, 3});
              return null;
            });
    pipeline.run();

    assertThat(target.count()).isEqualTo(1);
  }

  @Test
  void policiesAreKept() {
    target.put(NewRecord.of("s", "here").generation(9).bin("old", 1));
    AerospikeRecord newer = record("here", 1, 2);

    pipeline
        .apply(Create.of(newer))
        .apply(
            write()
                .withWriteSpec(
                    WriteSpec.of("copy")
                        .withExists(WriteSpec.Exists.REPLACE)
                        .withCheckGeneration(false)));
    pipeline.run();
    assertThat(Records.of(target).get(0).bins()).containsOnlyKeys("v");

    TestPipeline second = Records.pipeline();
    PAssert.that(
            second
                .apply(Create.of(record("here", 50, 3)))
                .apply(
                    write()
                        .withWriteSpec(
                            WriteSpec.of("copy").withExists(WriteSpec.Exists.CREATE_ONLY)))
                .getCounts())
        .satisfies(
            counts -> {
              assertThat(counts.iterator().next().existed()).isEqualTo(1);
              return null;
            });
    second.run();
    assertThat(Records.of(target).get(0).bin("v")).contains(Particle.of(2));
  }

  @Test
  void aRefusedRecordFailsTheJobAndIsNamed() {
    cluster.inject(Fault.on(Fault.Target.WRITE).namespace("copy").always().resultCode(13));
    AerospikeRecord record = record("big", 1, 1);
    pipeline.apply(Create.of(record)).apply(write());

    assertThatThrownBy(pipeline::run)
        .hasStackTraceContaining(HexFormat.of().formatHex(record.digest()))
        .hasStackTraceContaining("was refused by namespace 'copy'");
  }

  @Test
  void everyWindowHasCountsOfItsOwn() {
    PCollection<AerospikeRecord> records =
        pipeline
            .apply(
                Create.timestamped(
                    TimestampedValue.of(record("a", 1, 1), new Instant(1)),
                    TimestampedValue.of(record("b", 1, 1), new Instant(2)),
                    TimestampedValue.of(record("c", 1, 1), new Instant(1001)),
                    TimestampedValue.of(record("d", 1, 1), new Instant(3))))
            .apply(Window.into(FixedWindows.of(Duration.millis(1000))));
    PCollection<WriteCounts> counts = records.apply(write()).getCounts();
    FixedWindows windows = FixedWindows.of(Duration.millis(1000));
    PAssert.that(counts)
        .inWindow(windows.assignWindow(new Instant(1)))
        .satisfies(
            some -> {
              assertThat(sum(some)).isEqualTo(new long[] {3, 3, 0});
              return null;
            });
    PAssert.that(counts)
        .inWindow(windows.assignWindow(new Instant(1001)))
        .satisfies(
            some -> {
              assertThat(sum(some)).isEqualTo(new long[] {1, 1, 0});
              return null;
            });
    pipeline.run();
    assertThat(target.count()).isEqualTo(4);
  }

  @Test
  void theWindowsOfOneBundleAreCountedApart() throws Exception {
    FixedWindows windows = FixedWindows.of(Duration.millis(1000));
    BoundedWindow early = windows.assignWindow(new Instant(1));
    BoundedWindow late = windows.assignWindow(new Instant(1001));
    WriteRecordsFn fn = new WriteRecordsFn(cluster(), WriteSpec.of("copy"), false);
    fn.setUp();
    try {
      fn.startBundle();
      fn.process(record("a", 1, 1), early, Bundles.NO_OUTPUTS);
      fn.process(record("b", 1, 1), early, Bundles.NO_OUTPUTS);
      fn.process(record("c", 1, 1), late, Bundles.NO_OUTPUTS);

      assertThat(Bundles.finish(fn, fn::finishBundle))
          .extracting(WriteCounts::inserted)
          .containsExactly(2L, 1L);
    } finally {
      fn.tearDown();
    }
  }

  @Test
  void aBundleAfterOneThatFailedCountsOnlyItsOwn() throws Exception {
    WriteRecordsFn fn = new WriteRecordsFn(cluster(), WriteSpec.of("copy"), false);
    fn.setUp();
    try {
      fn.startBundle();
      fn.process(record("lost", 1, 1), Bundles.GLOBAL, Bundles.NO_OUTPUTS);
      // The runner saw a failure elsewhere: no end, and another bundle.
      fn.startBundle();
      fn.process(record("kept", 1, 1), Bundles.GLOBAL, Bundles.NO_OUTPUTS);
      List<WriteCounts> counts = Bundles.finish(fn, fn::finishBundle);

      assertThat(counts).hasSize(1);
      assertThat(counts.get(0).given()).isEqualTo(1);
      assertThat(counts.get(0).inserted()).isEqualTo(1);
      fn.startBundle();
      assertThat(Bundles.finish(fn, fn::finishBundle)).isEmpty();
    } finally {
      fn.tearDown();
      fn.tearDown();
    }
  }

  @Test
  void anInterruptedScanIsNoResult() throws Exception {
    ScanSliceFn fn = new ScanSliceFn(cluster(), ScanSpec.of("test"));
    fn.setUp();
    try {
      Thread.currentThread().interrupt();
      assertThatThrownBy(
              () ->
                  fn.process(
                      new PartitionSlice(
                          0, PartitionSlice.Kind.RECORDS, "", PartitionSet.range(0, 9)),
                      Bundles.collectInto(new ArrayList<>())))
          .isInstanceOf(InterruptedIOException.class)
          .hasMessage("the scan of partitions 0-8 was cancelled");
    } finally {
      // Also clears the flag.
      assertThat(Thread.interrupted()).isTrue();
      fn.tearDown();
    }
  }

  @Test
  void whatIsMissingIsSaidWhenThePipelineIsBuilt() {
    assertThatThrownBy(() -> pipeline.apply(AerospikeIO.read().withNamespace("n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("AerospikeIO.read() needs withConnection()");
    assertThatThrownBy(() -> pipeline.apply("b", AerospikeIO.read().withConnection(connection())))
        .hasMessage("AerospikeIO.read() needs withNamespace() or withScanSpec()");
    PCollection<AerospikeRecord> records = pipeline.apply(Create.of(record("a", 1, 1)));
    assertThatThrownBy(() -> records.apply(AerospikeIO.write().withNamespace("n")))
        .hasMessage("AerospikeIO.write() needs withConnection()");
    assertThatThrownBy(() -> records.apply("d", AerospikeIO.write().withConnection(connection())))
        .hasMessage("AerospikeIO.write() needs withNamespace() or withWriteSpec()");
    assertThatThrownBy(
            () -> pipeline.apply(Create.of(ScanSpec.of("n"))).apply("e", AerospikeIO.readAll()))
        .hasMessage("AerospikeIO.readAll() needs withConnection()");
    assertThatThrownBy(() -> AerospikeIO.readAll().withSlices(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                pipeline.apply("f", read().withConnection(connection().withAuthMode(AuthMode.PKI))))
        .hasMessageContaining("PKI authentication");
    assertThatThrownBy(() -> read().withSlices(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read().withSlicesPerSource(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingIsContactedWhenThePipelineIsBuilt() {
    ConnectionSpec nowhere = ConnectionSpec.of("127.0.0.1:1");

    pipeline
        .apply(AerospikeIO.read().withConnection(nowhere).withNamespace("test"))
        .apply(AerospikeIO.write().withConnection(nowhere).withNamespace("test"));
  }

  @Test
  void theyShowAndShipWhatTheyAre() {
    DisplayData shown = DisplayData.from(read().withPartitions(PartitionSet.parse("1-5")));
    assertThat(shown.asMap().values())
        .extracting(item -> item.getKey() + "=" + item.getValue())
        .contains("namespace=test", "partitions=1-5", "slices=8", "seeds=" + cluster.seeds());
    assertThat(DisplayData.from(write()).asMap().values())
        .extracting(item -> item.getKey() + "=" + item.getValue())
        .contains(
            "namespace=copy", "exists=UPDATE", "checkGeneration=true", "handlesBadRecords=false");
    assertThat(DisplayData.from(AerospikeIO.readAll().withSlices(7)).asMap().values())
        .extracting(item -> item.getKey() + "=" + item.getValue())
        .contains("slices=7", "partitions=0-4095");
    SerializableUtils.ensureSerializable(read());
    SerializableUtils.ensureSerializable(AerospikeIO.readAll().withConnection(connection()));
    SerializableUtils.ensureSerializable(new ScanSpecSliceFn(cluster()));
    SerializableUtils.ensureSerializable(new CutScansFn(PartitionSet.all(), 2));
    SerializableUtils.ensureSerializable(write());
    SerializableUtils.ensureSerializable(new ScanSliceFn(cluster(), ScanSpec.of("n")));
    SerializableUtils.ensureSerializable(new WriteRecordsFn(cluster(), WriteSpec.of("n"), true));
    assertThat(AerospikeIO.read()).isEqualTo(AerospikeIO.read());
  }

  private static AerospikeRecord record(String key, int generation, long value) {
    return AerospikeRecord.builder("s", Particle.of(key))
        .generation(generation)
        .bin("v", Particle.of(value))
        .build();
  }

  /** Given, written, and not written since the one there is as new. */
  private static long[] sum(Iterable<WriteCounts> counts) {
    List<WriteCounts> list = StreamSupport.stream(counts.spliterator(), false).toList();
    return new long[] {
      list.stream().mapToLong(WriteCounts::given).sum(),
      list.stream().mapToLong(WriteCounts::inserted).sum(),
      list.stream().mapToLong(WriteCounts::fresher).sum()
    };
  }

  private static long counter(PipelineResult result, String name) {
    long total = 0;
    for (MetricResult<Long> found :
        result
            .metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.named(AerospikeIO.class, name))
                    .build())
            .getCounters()) {
      total += found.getCommitted();
    }
    return total;
  }
}
