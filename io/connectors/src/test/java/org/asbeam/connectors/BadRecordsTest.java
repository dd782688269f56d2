package org.asbeam.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.aerospike.WriteCounts;
import org.asbeam.aerospike.WriteSpec;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.Fault;
import org.joda.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of records that a cluster refuses for good. */
class BadRecordsTest {
  private static final int RECORD_TOO_BIG = 13;
  private static final int DEVICE_OVERLOAD = 18;

  private static EmbeddedCluster cluster;
  private static EmbeddedNamespace target;

  private final TestPipeline pipeline = Records.pipeline();

  @BeforeAll
  static void start() {
    cluster = Records.cluster(2);
    target = cluster.namespace("copy");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void refuseASet() {
    target.clear();
    cluster.inject(
        Fault.on(Fault.Target.WRITE)
            .namespace("copy")
            .set("bad")
            .always()
            .resultCode(RECORD_TOO_BIG));
  }

  @AfterEach
  void mend() {
    cluster.clearFaults();
  }

  /** A handler that gives what came to it: the set, the digest and the description. */
  private static final class Described
      extends PTransform<PCollection<BadRecord>, PCollection<String>> {
    private static final long serialVersionUID = 1L;

    @Override
    public PCollection<String> expand(PCollection<BadRecord> bad) {
      return bad.apply(MapElements.into(TypeDescriptors.strings()).via(BadRecordsTest::describe));
    }
  }

  private static String describe(BadRecord bad) {
    AerospikeRecord record = decode(bad);
    assertThat(bad.getRecord().getHumanReadableJsonRecord())
        .isEqualTo('"' + record.toString() + '"');
    return record.set()
        + " "
        + HexFormat.of().formatHex(record.digest())
        + ": "
        + bad.getFailure().getDescription()
        + ": "
        + bad.getFailure().getException();
  }

  private static AerospikeRecord decode(BadRecord bad) {
    try {
      return CoderUtils.decodeFromByteArray(
          AerospikeRecordCoder.of(), bad.getRecord().getEncodedRecord());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<AerospikeRecord> records(String set, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                AerospikeRecord.builder(set, Particle.of(i))
                    .bin("value", Particle.of("private " + i))
                    .build())
        .toList();
  }

  private static String description(AerospikeRecord record) {
    String digest = HexFormat.of().formatHex(record.digest());
    return "bad "
        + digest
        + ": writing a record: org.asbeam.aerospike.RecordWriteException: record "
        + digest
        + " (set 'bad') was refused by namespace 'copy': 13 Record too big; raise the namespace's"
        + " max-record-size to that of the source, or leave out what is refused";
  }

  private static AerospikeIO.Write write() {
    return AerospikeIO.write()
        .withConnection(ConnectionSpec.of(cluster.seeds()))
        .withNamespace("copy");
  }

  @Test
  void aHandlerGetsExactlyTheRefusedOnes() throws Exception {
    List<AerospikeRecord> bad = records("bad", 150);
    ErrorHandler.BadRecordErrorHandler<PCollection<String>> handler =
        pipeline.registerBadRecordErrorHandler(new Described());
    PCollection<AerospikeRecord> all =
        PCollectionList.of(pipeline.apply("Good", Create.of(records("good", 150))))
            .and(pipeline.apply("Bad", Create.of(bad)))
            .apply("All", Flatten.pCollections());
    PCollection<WriteCounts> counts =
        all.apply(write().withBadRecordErrorHandler(handler)).getCounts();
    handler.close();
    PAssert.that(handler.getOutput())
        .containsInAnyOrder(bad.stream().map(BadRecordsTest::description).toList());
    PAssert.that(counts)
        .satisfies(
            some -> {
              long inserted = 0;
              long rejected = 0;
              for (WriteCounts one : some) {
                inserted += one.inserted();
                rejected += one.rejected();
              }
              assertThat(inserted).isEqualTo(150);
              assertThat(rejected).isEqualTo(150);
              return null;
            });
    pipeline.run();

    assertThat(Records.of(target)).hasSize(150).allMatch(record -> record.set().equals("good"));
  }

  @Test
  void aHandlerThatWasNeverNeededGetsNothing() throws Exception {
    ErrorHandler.BadRecordErrorHandler<PCollection<String>> handler =
        pipeline.registerBadRecordErrorHandler(new Described());
    AerospikeIO.Write handled = write().withBadRecordErrorHandler(handler);
    pipeline.apply(Create.of(records("good", 3))).apply(handled);
    handler.close();
    PAssert.that(handler.getOutput()).empty();
    pipeline.run();

    assertThat(DisplayData.from(handled).asMap().values())
        .extracting(item -> item.getKey() + "=" + item.getValue())
        .contains("handlesBadRecords=true");
  }

  @Test
  void withoutAHandlerTheJobFailsAndNamesTheRecord() {
    AerospikeRecord bad = records("bad", 1).get(0);
    pipeline.apply(Create.of(bad)).apply(write());

    assertThatThrownBy(pipeline::run)
        .hasStackTraceContaining(HexFormat.of().formatHex(bad.digest()))
        .hasStackTraceContaining("(set 'bad') was refused by namespace 'copy': 13 Record too big");
  }

  @Test
  void whatPassesIsNoBadRecordAndFailsTheJobWhenPatienceEnds() throws Exception {
    cluster.inject(
        Fault.on(Fault.Target.WRITE)
            .namespace("copy")
            .set("good")
            .always()
            .resultCode(DEVICE_OVERLOAD));
    ErrorHandler.BadRecordErrorHandler<PCollection<String>> handler =
        pipeline.registerBadRecordErrorHandler(new Described());
    pipeline
        .apply(Create.of(records("good", 3)))
        .apply(
            write()
                .withWriteSpec(WriteSpec.of("copy").withStallTimeout(Duration.ofMillis(300)))
                .withBadRecordErrorHandler(handler));
    handler.close();
    PAssert.that(handler.getOutput()).empty();

    assertThatThrownBy(pipeline::run).hasStackTraceContaining("Device overload");
    assertThat(target.count()).isZero();
  }

  @Test
  void manyRefusalsAndNothingElseAreStillTheHandlers() throws Exception {
    // A restore would take so many of one kind for a setting that is wrong.
    assertThat(bundle(records("bad", 1500), Bundles.GLOBAL)).hasSize(1500);
  }

  @Test
  void aBundleThatIsDoneTwiceGivesTheSameRefusalsTwice() throws Exception {
    List<AerospikeRecord> elements = new ArrayList<>(records("bad", 20));
    elements.addAll(records("good", 20));
    List<String> once = described(bundle(elements, Bundles.GLOBAL));
    List<String> twice = described(bundle(elements, Bundles.GLOBAL));

    assertThat(once).hasSize(20);
    assertThat(twice).containsExactlyInAnyOrderElementsOf(once);
    assertThat(target.count()).isEqualTo(20);
  }

  @Test
  void aRefusalThatIsKnownWhenAnotherWindowBeganIsOfItsOwn() throws Exception {
    FixedWindows windows = FixedWindows.of(org.joda.time.Duration.millis(1000));
    BoundedWindow early = windows.assignWindow(new Instant(1));
    BoundedWindow late = windows.assignWindow(new Instant(1001));
    Collected collected = new Collected();
    WriteRecordsFn fn = fn();
    fn.setUp();
    try {
      fn.startBundle();
      fn.process(records("bad", 1).get(0), early, collected.outputs);
      fn.process(records("good", 1).get(0), late, collected.outputs);
      collected.finish(fn);
    } finally {
      fn.tearDown();
    }
    assertThat(collected.bad).hasSize(1);
    assertThat(collected.windows).containsExactly(early);
  }

  @Test
  void whatWasLeftOfABundleThatFailedIsForgotten() throws Exception {
    FixedWindows windows = FixedWindows.of(org.joda.time.Duration.millis(1000));
    Collected collected = new Collected();
    WriteRecordsFn fn = fn();
    fn.setUp();
    try {
      fn.startBundle();
      fn.process(records("bad", 1).get(0), windows.assignWindow(new Instant(1)), collected.outputs);
      fn.process(
          records("good", 1).get(0), windows.assignWindow(new Instant(1001)), collected.outputs);
      // The runner saw a failure elsewhere: no end, and another bundle.
      fn.startBundle();
      collected.finish(fn);
    } finally {
      fn.tearDown();
    }
    assertThat(collected.bad).isEmpty();
  }

  private static List<String> described(List<BadRecord> bad) {
    return bad.stream().map(BadRecordsTest::describe).toList();
  }

  private static WriteRecordsFn fn() {
    ClusterAccess access = ClusterAccess.NONE.withConnection(ConnectionSpec.of(cluster.seeds()));
    return new WriteRecordsFn(access, WriteSpec.of("copy").withBatches(10, 2, 1 << 20), true);
  }

  private static List<BadRecord> bundle(List<AerospikeRecord> elements, BoundedWindow window)
      throws Exception {
    Collected collected = new Collected();
    WriteRecordsFn fn = fn();
    fn.setUp();
    try {
      fn.startBundle();
      for (AerospikeRecord element : elements) {
        fn.process(element, window, collected.outputs);
      }
      collected.finish(fn);
    } finally {
      fn.tearDown();
    }
    return collected.bad;
  }

  /** Takes the bad records of a bundle, and the windows of those that come at its end. */
  private static final class Collected {
    private final List<BadRecord> bad = new ArrayList<>();
    private final List<BoundedWindow> windows = new ArrayList<>();
    private final DoFn.MultiOutputReceiver outputs = Bundles.badRecordsInto(bad);

    private void finish(WriteRecordsFn fn) throws Exception {
      List<WriteCounts> counts =
          Bundles.finish(
              fn,
              fn::finishBundle,
              (output, window) -> {
                bad.add((BadRecord) output);
                windows.add(window);
              });
      assertThat(counts).allMatch(WriteCounts::addsUp);
    }
  }
}
