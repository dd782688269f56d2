package org.asbeam.connectors;

import static org.asbeam.connectors.Rows.ALL;
import static org.asbeam.connectors.Rows.EMPTY;
import static org.asbeam.connectors.Rows.FIELDS;
import static org.asbeam.connectors.Rows.FULL;
import static org.asbeam.connectors.Rows.geoJson;
import static org.asbeam.connectors.Rows.list;
import static org.asbeam.connectors.Rows.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.aerospike.ScanSpec;
import org.asbeam.aerospike.WriteCounts;
import org.asbeam.aerospike.WriteSpec;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.NewRecord;
import org.asbeam.format.PartitionSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AerospikeRowIOTest {
  private static EmbeddedCluster cluster;
  private static EmbeddedNamespace target;

  private final TestPipeline pipeline = Records.pipeline();

  @BeforeAll
  static void start() {
    cluster = Records.cluster(1);
    target = cluster.namespace("copy");
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

  private static AerospikeRowIO.Read read() {
    return AerospikeRowIO.read()
        .withConnection(connection())
        .withNamespace("copy")
        .withFields(FIELDS)
        .withSlices(2);
  }

  private static AerospikeRowIO.Write write() {
    return AerospikeRowIO.write()
        .withConnection(connection())
        .withNamespace("copy")
        .withFields(FIELDS);
  }

  @Test
  void rowsOfAllTypesComeBackFromTheCluster() {
    // Servers take no more than ten years to live, and count them from when the record comes.
    Row lasting = Row.fromRow(FULL).withFieldValue("until", null).build();
    pipeline.apply(Create.of(lasting, EMPTY).withRowSchema(ALL)).apply(write());
    pipeline.run();

    // A record without bins is none.
    List<AerospikeRecord> written = Records.of(target);
    assertThat(written).hasSize(1);
    AerospikeRecord ann = written.get(0);
    assertThat(ann.digest())
        .isEqualTo(AerospikeRecord.builder("people", Particle.of("ann")).build().digest());
    assertThat(ann.bins().keySet()).doesNotContain("id", "set", "until").hasSize(13);
    assertThat(ann.bin("byte")).contains(Particle.of(3));
    assertThat(ann.bin("float")).contains(Particle.of(0.5));
    assertThat(ann.bin("bytes")).contains(Particle.of(new byte[] {0, 1}));
    assertThat(ann.bin("place")).contains(geoJson("{\"type\":\"Point\"}"));
    assertThat(ann.bin("list")).contains(list(1, null, 3));

    TestPipeline back = Records.pipeline();
    PAssert.that(back.apply(read().withSchema(ALL))).containsInAnyOrder(lasting);
    back.run();
  }

  @Test
  void aSchemaIsInferredFromASample() {
    target.put(NewRecord.of("users", "ann").bin("age", 42).bin("name", "Ann").bin("ok", true));
    target.put(NewRecord.of("", "bob").bin("score", 1.5).bin("raw", new byte[] {1}));
    PCollection<Row> rows = pipeline.apply(read().withSchemaOfSample(100));

    Schema expected =
        Schema.builder()
            .addNullableField("id", FieldType.STRING)
            .addNullableField("set", FieldType.STRING)
            .addNullableField("until", FieldType.DATETIME)
            .addNullableField("age", FieldType.INT64)
            .addNullableField("name", FieldType.STRING)
            .addNullableField("ok", FieldType.BOOLEAN)
            .addNullableField("raw", FieldType.BYTES)
            .addNullableField("score", FieldType.DOUBLE)
            .build();
    assertThat(rows.getSchema()).isEqualTo(expected);
    PAssert.that(rows)
        .containsInAnyOrder(
            Row.withSchema(expected)
                .addValues("ann", "users", null, 42L, "Ann", true, null, null)
                .build(),
            Row.withSchema(expected)
                .addValues("bob", null, null, null, null, null, new byte[] {1}, 1.5)
                .build());
    pipeline.run();
  }

  @Test
  void aSampleIsNoLargerThanAskedFor() {
    for (long i = 0; i < 200; i++) {
      target.put(NewRecord.of("s", i).bin("bin" + i, i));
    }
    PCollection<Row> rows = pipeline.apply(read().withFields(RowFields.NONE).withSchemaOfSample(5));
    assertThat(rows.getSchema().getFieldCount()).isEqualTo(5);

    assertThatThrownBy(() -> read().withSchemaOfSample(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read().withSchemaOfSample(100_001))
        .hasMessage("a sample has 1 to 100000 records, not 100001");
  }

  @Test
  void keysThatAreNotStoredHaveNoSchemaAndAreNullInRows() throws Exception {
    target.put(NewRecord.of("s", "ann").withoutKey().bin("x", 1));
    AerospikeRecord stored = Records.of(target).get(0);

    assertThatThrownBy(() -> AerospikeRows.schemaOf(List.of(stored), RowFields.ofKey("id")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "none of 1 records has its key stored: give the schema, or leave the field of the key"
                + " out");
    RowForm form = new RowForm(schema("id", FieldType.STRING), RowFields.ofKey("id"));
    assertThat(form.row(stored).getString("id")).isNull();
  }

  @Test
  void aHandlerGetsWhatIsRefusedOnTheWay() throws Exception {
    target.put(NewRecord.of("s", "fine").bin("n", 1));
    target.put(NewRecord.of("s", "wrong").bin("n", "one"));
    cluster.inject(
        Fault.on(Fault.Target.WRITE).namespace("test").set("big").always().resultCode(13));
    ErrorHandler.BadRecordErrorHandler<PCollection<String>> handler =
        pipeline.registerBadRecordErrorHandler(new BadRecordReasons());
    Schema schema =
        Schema.builder()
            .addNullableField("id", FieldType.STRING)
            .addNullableField("n", FieldType.INT64)
            .build();
    RowFields fields = RowFields.ofKey("id");
    PCollection<Row> read =
        pipeline.apply(
            read().withFields(fields).withSchema(schema).withBadRecordErrorHandler(handler));
    PAssert.that(read).containsInAnyOrder(Row.withSchema(schema).addValues("fine", 1L).build());
    AerospikeWriteResult written =
        pipeline
            .apply(
                Create.of(
                        Row.withSchema(schema).addValues("too big", 1L).build(),
                        Row.withSchema(schema).addValues(null, 1L).build())
                    .withRowSchema(schema))
            .apply(
                write()
                    .withNamespace("test")
                    .withFields(fields)
                    .withSet("big")
                    .withBadRecordErrorHandler(handler));
    handler.close();
    PAssert.thatSingleton(
            written
                .getCounts()
                .apply(MapElements.into(TypeDescriptors.longs()).via(WriteCounts::rejected)))
        .isEqualTo(1L);
    PAssert.that(handler.getOutput())
        .satisfies(
            reasons -> {
              assertThat(reasons)
                  .hasSize(3)
                  .anyMatch(reason -> reason.contains("bin 'n' is a string"))
                  .anyMatch(reason -> reason.contains("a row of set 'big' has no key"))
                  .anyMatch(reason -> reason.contains("was refused by namespace 'test'"));
              return null;
            });
    pipeline.run();
  }

  @Test
  void rowsAreWrittenOverRecordsOfAnyGeneration() {
    target.put(NewRecord.of("s", "k").generation(900).bin("n", 1).bin("kept", 2));
    Schema schema = Schema.builder().addStringField("id").addInt64Field("n").build();
    pipeline
        .apply(Create.of(Row.withSchema(schema).addValues("k", 5L).build()).withRowSchema(schema))
        .apply(
            write()
                .withFields(RowFields.ofKey("id"))
                .withSet("s")
                .withTimeToLive(Duration.ofDays(1)));
    pipeline.run();

    AerospikeRecord written = Records.of(target).get(0);
    assertThat(written.bins())
        .containsEntry("n", Particle.of(5))
        .containsEntry("kept", Particle.of(2));
    assertThat(written.expiration()).isPresent();
  }

  @Test
  void whatIsMissingIsSaidWhenThePipelineIsBuilt() {
    assertThatThrownBy(() -> Records.pipeline().apply(AerospikeRowIO.read().withNamespace("n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("AerospikeRowIO.read() needs withConnection()");
    PCollection<Row> rows = pipeline.apply(Create.of(FULL).withRowSchema(ALL));
    assertThatThrownBy(
            () -> rows.apply(AerospikeRowIO.write().withNamespace("n").withFields(FIELDS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("AerospikeRowIO.write() needs withConnection()");
    assertThatThrownBy(() -> Records.pipeline().apply(read()))
        .hasMessage("AerospikeRowIO.read() needs withSchema() or withSchemaOfSample()");
    assertThatThrownBy(
            () ->
                Records.pipeline()
                    .apply(Create.of(FULL).withRowSchema(ALL))
                    .apply(write().withFields(RowFields.NONE)))
        .hasMessageContaining("rows need a field with the key of their records");
    assertThatThrownBy(
            () ->
                Records.pipeline()
                    .apply(
                        read()
                            .withConnection(ConnectionSpec.of("127.0.0.1:1"))
                            .withSchemaOfSample(1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("127.0.0.1:1");
  }

  @Test
  void theyShowAndShipWhatTheyAre() {
    AerospikeRowIO.Read read = read().withSchemaOfSample(7);
    assertThat(DisplayData.from(read).asMap().values())
        .extracting(item -> item.getKey() + "=" + item.getValue())
        .contains("namespace=copy", "sampleSize=7", "slices=2");
    AerospikeRowIO.Write write = write().withSet("s").withTimeToLive(Duration.ofDays(1));
    assertThat(DisplayData.from(write).asMap().values())
        .extracting(item -> item.getKey() + "=" + item.getValue())
        .contains(
            "namespace=copy",
            "checkGeneration=false",
            "keyField=id",
            "setField=set",
            "set=s",
            "expirationField=until",
            "timeToLive=PT24H");
    SerializableUtils.ensureSerializable(
        read.withSchema(ALL)
            .withScanSpec(ScanSpec.of("n"))
            .withPartitions(PartitionSet.all())
            .withSlicesPerSource(2));
    SerializableUtils.ensureSerializable(write.withWriteSpec(WriteSpec.of("n")));
  }
}
