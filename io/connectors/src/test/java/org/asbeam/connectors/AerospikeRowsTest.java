package org.asbeam.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aerospike.client.Value;
import com.aerospike.client.cdt.MapOrder;
import com.aerospike.client.util.Packer;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.BadRecordRouter;
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
import org.asbeam.format.ParticleType;
import org.asbeam.format.PartitionSet;
import org.joda.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AerospikeRowsTest {
  private static final RowFields FIELDS =
      RowFields.ofKey("id").withSet("set").withExpiration("until");

  /** Every type of field that a bin may have. */
  private static final Schema ALL =
      Schema.builder()
          .addStringField("id")
          .addNullableStringField("set")
          .addNullableField("until", FieldType.DATETIME)
          .addNullableField("long", FieldType.INT64)
          .addNullableField("int", FieldType.INT32)
          .addNullableField("short", FieldType.INT16)
          .addNullableField("byte", FieldType.BYTE)
          .addNullableField("double", FieldType.DOUBLE)
          .addNullableField("float", FieldType.FLOAT)
          .addNullableField("string", FieldType.STRING)
          .addNullableField("boolean", FieldType.BOOLEAN)
          .addNullableField("bytes", FieldType.BYTES)
          .addField(AerospikeRows.geoJsonField("place"))
          .addNullableField("list", FieldType.array(FieldType.INT64.withNullable(true)))
          .addNullableField(
              "map", FieldType.map(FieldType.STRING, FieldType.array(FieldType.DOUBLE)))
          .addNullableField("ids", FieldType.map(FieldType.INT32, FieldType.BYTES))
          .build();

  private static final Instant IN_2050 = Instant.parse("2050-01-01T00:00:00Z");

  private static final Row FULL =
      Row.withSchema(ALL)
          .addValues("ann", "people", IN_2050)
          .addValues(Long.MIN_VALUE, Integer.MAX_VALUE, (short) -7, (byte) 3, 0.1, 0.5f)
          .addValues("\u4e16 \n", true, new byte[] {0, 1}, "{\"type\":\"Point\"}")
          .addValue(Arrays.asList(1L, null, 3L))
          .addValue(Map.of("x", List.of(1.5, 2.5), "y", List.of()))
          .addValue(Map.of(7, new byte[] {7}))
          .build();

  private static final Row EMPTY =
      Row.withSchema(ALL).addValue("bob").addValues(Collections.nCopies(15, null)).build();

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

  private static AerospikeIO.ReadRows readRows() {
    return AerospikeIO.readRows()
        .withConnection(connection())
        .withNamespace("copy")
        .withFields(FIELDS)
        .withSlices(2);
  }

  private static AerospikeIO.WriteRows writeRows() {
    return AerospikeIO.writeRows()
        .withConnection(connection())
        .withNamespace("copy")
        .withFields(FIELDS);
  }

  private static AerospikeRecordBuilder record(Object key) {
    return AerospikeRecord.builder(
        "s", key instanceof String text ? Particle.of(text) : Particle.of((Long) key));
  }

  private static Particle list(Object... elements) {
    return new Particle(ParticleType.LIST, Packer.pack(Arrays.asList(elements)));
  }

  private static Particle map(Map<?, ?> map) {
    return new Particle(ParticleType.MAP, Packer.pack(map, MapOrder.KEY_ORDERED));
  }

  private static Particle geoJson(String text) {
    Value value = Value.getAsGeoJSON(text);
    byte[] bytes = new byte[value.estimateSize()];
    value.write(bytes, 0);
    return new Particle(ParticleType.GEOJSON, bytes);
  }

  private static Schema schema(String bin, FieldType type) {
    return Schema.builder().addNullableField(bin, type).build();
  }

  private static Row row(AerospikeRecord record, Schema schema) throws RecordMismatchException {
    return new RowForm(schema, RowFields.NONE).row(record);
  }

  @Test
  void rowsOfAllTypesComeBackFromTheCluster() {
    // Servers take no more than ten years to live, and count them from when the record comes.
    Row lasting = Row.fromRow(FULL).withFieldValue("until", null).build();
    pipeline.apply(Create.of(lasting, EMPTY).withRowSchema(ALL)).apply(writeRows());
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
    PAssert.that(back.apply(readRows().withSchema(ALL))).containsInAnyOrder(lasting);
    back.run();
  }

  @Test
  void aSchemaIsInferredFromASample() {
    target.put(NewRecord.of("users", "ann").bin("age", 42).bin("name", "Ann").bin("ok", true));
    target.put(NewRecord.of("", "bob").bin("score", 1.5).bin("raw", new byte[] {1}));
    PCollection<Row> rows = pipeline.apply(readRows().withSchemaOfSample(100));

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
    PCollection<Row> rows =
        pipeline.apply(readRows().withFields(RowFields.NONE).withSchemaOfSample(5));
    assertThat(rows.getSchema().getFieldCount()).isEqualTo(5);

    assertThatThrownBy(() -> readRows().withSchemaOfSample(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> readRows().withSchemaOfSample(100_001))
        .hasMessage("a sample has 1 to 100000 records, not 100001");
  }

  @Test
  void listsAndMapsAreInferredToTheirElements() {
    Schema schema =
        AerospikeRows.schemaOf(
            List.of(
                record("a")
                    .bin("list", list())
                    .bin("map", map(Map.of("k", List.of(1))))
                    .bin("none", list())
                    .bin("place", geoJson("{}"))
                    .bin("places", list(Value.getAsGeoJSON("{}")))
                    .bin("hll", new Particle(ParticleType.HLL, new byte[] {1}))
                    .build(),
                record("b")
                    .bin("list", list(1.5, null))
                    .bin("map", map(Map.of()))
                    .bin("ids", map(Map.of(1, true)))
                    .build()),
            RowFields.NONE);

    assertThat(schema)
        .isEqualTo(
            Schema.builder()
                .addNullableField("hll", FieldType.BYTES)
                .addNullableField(
                    "ids", FieldType.map(FieldType.INT64, FieldType.BOOLEAN.withNullable(true)))
                .addNullableField("list", FieldType.array(FieldType.DOUBLE.withNullable(true)))
                .addNullableField(
                    "map",
                    FieldType.map(
                        FieldType.STRING,
                        FieldType.array(FieldType.INT64.withNullable(true)).withNullable(true)))
                .addNullableField("none", FieldType.array(FieldType.STRING.withNullable(true)))
                .addField(AerospikeRows.geoJsonField("place"))
                .addNullableField("places", FieldType.array(FieldType.STRING.withNullable(true)))
                .build());
    assertThat(FieldValues.isGeoJson(schema.getField("place"))).isTrue();
    assertThat(FieldValues.isGeoJson(schema.getField("places"))).isFalse();
  }

  @Test
  void whatHasNoSchemaIsSaidWithTheBin() {
    String hint = ": give a schema, or leave the bin out by ScanSpec.withBins()";
    AerospikeRecord one = record("a").bin("x", Particle.of(1)).build();
    hasNoSchema(
        RowFields.NONE,
        "bin 'x' is INT64 in one record and STRING in another" + hint,
        one,
        record("b").bin("x", Particle.of("1")).build());
    hasNoSchema(
        RowFields.NONE,
        "bin 'x' is GeoJSON in one record and STRING in another" + hint,
        record("b").bin("x", geoJson("{}")).build(),
        record("b").bin("x", Particle.of("1")).build());
    hasNoSchema(
        RowFields.NONE,
        "an element of bin 'x' is INT64 in one record and BOOLEAN in another" + hint,
        record("a").bin("x", list(1, true)).build());
    hasNoSchema(
        RowFields.NONE,
        "a value of bin 'x' is INT64 in one record and STRING in another" + hint,
        record("a").bin("x", map(Map.of("k", 1))).build(),
        record("a").bin("x", map(Map.of("k", "1"))).build());
    hasNoSchema(
        RowFields.NONE,
        "a key of bin 'x' is neither a string nor an integer" + hint,
        record("a").bin("x", map(Map.of(1.5, 1))).build());
    hasNoSchema(
        RowFields.NONE,
        "bin 'x' is of particle type 7, which rows don't have" + hint,
        record("a").bin("x", new Particle(ParticleType.JAVA_BLOB, new byte[1])).build());
    hasNoSchema(
        RowFields.ofKey("id"),
        "the key is STRING in one record and INT64 in another" + hint,
        one,
        record(1L).build());
    hasNoSchema(
        RowFields.ofKey("x"),
        "there is a bin 'x': give another name to the field of the key, the set or the expiration",
        one);
    hasNoSchema(
        RowFields.NONE,
        "there is no record to infer a schema from: give the schema, or look at what is read");
  }

  private static void hasNoSchema(RowFields fields, String message, AerospikeRecord... records) {
    assertThatThrownBy(() -> AerospikeRows.schemaOf(List.of(records), fields))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void keysThatAreNotStoredHaveNoSchemaAndAreNullInRows() throws Exception {
    target.put(NewRecord.of("s", "ann").withoutKey().bin("x", 1));
    AerospikeRecord stored = Records.of(target).get(0);

    hasNoSchema(
        RowFields.ofKey("id"),
        "none of 1 records has its key stored: give the schema, or leave the field of the key out",
        stored);
    RowForm form = new RowForm(schema("id", FieldType.STRING), RowFields.ofKey("id"));
    assertThat(form.row(stored).getString("id")).isNull();
  }

  @Test
  void aBinOfAnotherTypeMakesABadRecord() {
    AerospikeRecord fine = record("a").bin("age", Particle.of(1)).build();
    AerospikeRecord wrong = record("b").bin("age", Particle.of("private")).build();
    pipeline
        .apply(Create.of(fine, wrong))
        .apply(AerospikeRows.toRows(schema("age", FieldType.INT64)));

    assertThatThrownBy(pipeline::run)
        .hasMessageContaining(
            "record "
                + HexFormat.of().formatHex(wrong.digest())
                + " of set 's': bin 'age' is a string, its field wants INT64")
        .hasMessageNotContaining("private");
  }

  /** Gives the exceptions of bad records. */
  private static final class Reasons
      extends PTransform<PCollection<BadRecord>, PCollection<String>> {
    private static final long serialVersionUID = 1L;

    @Override
    public PCollection<String> expand(PCollection<BadRecord> bad) {
      return bad.apply(
          MapElements.into(TypeDescriptors.strings())
              .via(record -> record.getFailure().getException()));
    }
  }

  @Test
  void aHandlerGetsTheRecordsThatMakeNoRow() throws Exception {
    AerospikeRecord wrong = record("b").bin("age", Particle.of("private")).build();
    ErrorHandler.BadRecordErrorHandler<PCollection<String>> handler =
        pipeline.registerBadRecordErrorHandler(new Reasons());
    Schema schema = schema("age", FieldType.INT64);
    PCollection<Row> rows =
        pipeline
            .apply(Create.of(record("a").bin("age", Particle.of(1)).build(), wrong))
            .apply(AerospikeRows.toRows(schema).withBadRecordErrorHandler(handler));
    handler.close();
    PAssert.that(rows).containsInAnyOrder(Row.withSchema(schema).addValue(1L).build());
    PAssert.that(handler.getOutput())
        .containsInAnyOrder(
            "org.asbeam.connectors.RecordMismatchException: record "
                + HexFormat.of().formatHex(wrong.digest())
                + " of set 's': bin 'age' is a string, its field wants INT64");
    pipeline.run();
  }

  @Test
  void theHandlerOfReadRowsAndWriteRowsGetsWhatIsRefusedOnTheWay() throws Exception {
    target.put(NewRecord.of("s", "fine").bin("n", 1));
    target.put(NewRecord.of("s", "wrong").bin("n", "one"));
    cluster.inject(
        Fault.on(Fault.Target.WRITE).namespace("test").set("big").always().resultCode(13));
    ErrorHandler.BadRecordErrorHandler<PCollection<String>> handler =
        pipeline.registerBadRecordErrorHandler(new Reasons());
    Schema schema =
        Schema.builder()
            .addNullableField("id", FieldType.STRING)
            .addNullableField("n", FieldType.INT64)
            .build();
    RowFields fields = RowFields.ofKey("id");
    PCollection<Row> read =
        pipeline.apply(
            readRows().withFields(fields).withSchema(schema).withBadRecordErrorHandler(handler));
    PAssert.that(read).containsInAnyOrder(Row.withSchema(schema).addValues("fine", 1L).build());
    AerospikeWriteResult written =
        pipeline
            .apply(
                Create.of(
                        Row.withSchema(schema).addValues("too big", 1L).build(),
                        Row.withSchema(schema).addValues(null, 1L).build())
                    .withRowSchema(schema))
            .apply(
                writeRows()
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
  void whatAFieldCannotHoldIsNeverBent() throws Exception {
    fits("x", Particle.of(127), FieldType.BYTE, (byte) 127);
    fitsNot(Particle.of(128), FieldType.BYTE, "is an integer that BYTE can't hold");
    fitsNot(Particle.of(40_000), FieldType.INT16, "is an integer that INT16 can't hold");
    fitsNot(Particle.of(1L << 31), FieldType.INT32, "is an integer that INT32 can't hold");
    fits("x", Particle.of(0.5), FieldType.FLOAT, 0.5f);
    fits("x", Particle.of(Double.NaN), FieldType.FLOAT, Float.NaN);
    fitsNot(Particle.of(0.1), FieldType.FLOAT, "is a float that FLOAT can't hold without loss");
    fitsNot(Particle.of(1), FieldType.DOUBLE, "is an integer, its field wants DOUBLE");
    fitsNot(Particle.of(1.0), FieldType.INT64, "is a float, its field wants INT64");
    fitsNot(Particle.of(true), FieldType.BYTES, "is a boolean, its field wants BYTES");
    fitsNot(Particle.of(new byte[1]), FieldType.STRING, "is bytes, its field wants STRING");
    fits("x", geoJson("{}"), FieldType.STRING, "{}");
    fitsNot(map(Map.of()), FieldType.array(FieldType.INT64), "is a map, its field wants ARRAY");
    fitsNot(
        list(1, "2"),
        FieldType.array(FieldType.INT64),
        "has an element that is a string, its field wants INT64");
    fitsNot(
        list(1, null),
        FieldType.array(FieldType.INT64),
        "has an element that is nil, its field wants INT64");
    fitsNot(
        map(Map.of("k", List.of())),
        FieldType.map(FieldType.INT64, FieldType.STRING),
        "has a key that is a string, its field wants INT64");
    fitsNot(
        map(Map.of("k", List.of(1))),
        FieldType.map(FieldType.STRING, FieldType.array(FieldType.STRING)),
        "has a value that has an element that is an integer, its field wants STRING");
    fitsNot(
        new Particle(ParticleType.STRING, new byte[] {(byte) 0xff}),
        FieldType.STRING,
        "is a string that is not UTF-8");
    for (int head : new int[] {0x85, 0x95, 0x01, 0xdf, 0xdd, 0xc0}) {
      for (int type : new int[] {ParticleType.LIST, ParticleType.MAP, ParticleType.INTEGER}) {
        fitsNot(
            new Particle(type, new byte[] {(byte) head, 1}),
            FieldType.STRING,
            "is damaged: its 2 bytes are no value of particle type " + type);
      }
    }
    fitsNot(
        new Particle(ParticleType.MAP, new byte[0]),
        FieldType.STRING,
        "is damaged: its 0 bytes are no value of particle type 19");
    fitsNot(
        new Particle(ParticleType.GEOJSON, new byte[1]),
        FieldType.STRING,
        "is damaged: its 1 bytes are no value of particle type 23");
    fitsNot(
        new Particle(ParticleType.VECTOR, new byte[1]),
        FieldType.BYTES,
        "is of particle type 16, which rows don't have");
  }

  private static void fits(String bin, Particle value, FieldType type, Object expected)
      throws RecordMismatchException {
    Row row = row(record("k").bin(bin, value).build(), schema(bin, type));
    assertThat(row.getValues()).containsExactly(expected);
  }

  private static void fitsNot(Particle value, FieldType type, String why) {
    AerospikeRecord record = record("k").bin("x", value).build();
    assertThatThrownBy(() -> row(record, schema("x", type)))
        .isInstanceOf(RecordMismatchException.class)
        .hasMessageEndingWith(" of set 's': bin 'x' " + why);
  }

  @Test
  void aStringIsNoGeoJson() {
    AerospikeRecord record = record("k").bin("x", Particle.of("{}")).build();
    Schema schema = Schema.builder().addField(AerospikeRows.geoJsonField("x")).build();

    assertThatThrownBy(() -> row(record, schema))
        .hasMessageEndingWith("bin 'x' is a string, its field wants GeoJSON");
  }

  @Test
  void whatMustNotBeNullMakesABadRecordWhenItIsMissing() {
    AerospikeRecord record = AerospikeRecord.builder("", Particle.of("k")).build();

    assertThatThrownBy(() -> row(record, Schema.builder().addInt64Field("x").build()))
        .isInstanceOf(RecordMismatchException.class)
        .hasMessage(
            "record "
                + HexFormat.of().formatHex(record.digest())
                + ": bin 'x' is missing, and field 'x' can't be null");
    RowForm form =
        new RowForm(
            Schema.builder().addDateTimeField("until").build(),
            RowFields.NONE.withExpiration("until"));
    assertThatThrownBy(() -> form.row(record))
        .hasMessageEndingWith("the expiration is missing, and field 'until' can't be null");
  }

  @Test
  void aSetThatCannotBeNullIsEmptyWhereThereIsNone() throws Exception {
    RowForm form =
        new RowForm(Schema.builder().addStringField("set").build(), RowFields.NONE.withSet("set"));

    assertThat(form.row(AerospikeRecord.builder("", Particle.of(1)).build()).getString(0))
        .isEmpty();
  }

  @Test
  void everyTypeOfKeyIsAKey() throws Exception {
    for (Object key : new Object[] {"k", 7L, 1.5, new byte[] {1}}) {
      FieldType type =
          key instanceof String
              ? FieldType.STRING
              : key instanceof Long
                  ? FieldType.INT64
                  : key instanceof Double ? FieldType.DOUBLE : FieldType.BYTES;
      RowForm form = new RowForm(schema("id", type), RowFields.ofKey("id"));
      Row row = Row.withSchema(form.schema()).addValue(key).build();

      AerospikeRecord record = form.record(row, "s", null, Clock.systemUTC());
      assertThat(form.row(record)).isEqualTo(row);
      assertThat(record.expiration()).isEmpty();
      assertThat(record.generation()).isEqualTo(1);
    }
  }

  @Test
  void aRowSaysWhenItsRecordExpiresOrTheTimeToLiveDoes() throws Exception {
    Clock clock = Clock.fixed(java.time.Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);
    Duration hour = Duration.ofHours(1);
    RowForm form = new RowForm(ALL, FIELDS);

    assertThat(form.record(FULL, "", hour, clock).expiration())
        .contains(java.time.Instant.parse("2050-01-01T00:00:00Z"));
    assertThat(form.record(EMPTY, "", hour, clock).expiration())
        .contains(java.time.Instant.parse("2030-01-01T01:00:00Z"));
    assertThat(form.record(EMPTY, "", null, clock).expiration()).isEmpty();
    assertThat(form.record(EMPTY, "other", null, clock).set()).isEqualTo("other");
    assertThat(form.record(FULL, "other", null, clock).set()).isEqualTo("people");
    Row early =
        Row.fromRow(FULL).withFieldValue("until", Instant.parse("2009-01-01T00:00:00Z")).build();
    assertThatThrownBy(() -> form.record(early, "", null, clock))
        .isInstanceOf(RecordMismatchException.class)
        .hasMessageEndingWith("of set 'people': a record can't expire at 2009-01-01T00:00:00Z");

    AerospikeRows.FromRows fromRows =
        AerospikeRows.fromRows().withFields(FIELDS).withTimeToLive(hour).withClock(clock);
    PAssert.that(pipeline.apply(Create.of(EMPTY).withRowSchema(ALL)).apply(fromRows))
        .containsInAnyOrder(
            AerospikeRecord.builder("", Particle.of("bob"))
                .expiresAt(java.time.Instant.parse("2030-01-01T01:00:00Z"))
                .build());
    pipeline.run();
    assertThatThrownBy(() -> fromRows.withTimeToLive(Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rowsAreWrittenOverRecordsOfAnyGeneration() {
    target.put(NewRecord.of("s", "k").generation(900).bin("n", 1).bin("kept", 2));
    Schema schema = Schema.builder().addStringField("id").addInt64Field("n").build();
    pipeline
        .apply(Create.of(Row.withSchema(schema).addValues("k", 5L).build()).withRowSchema(schema))
        .apply(
            writeRows()
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
  void aRecordOrRowThatIsConvertedTwiceGivesTheSameTwice() throws Exception {
    RowForm form = new RowForm(ALL, FIELDS);
    AerospikeRecord record = form.record(FULL, "", null, Clock.systemUTC());
    BadRecordRouter router = BadRecordRouter.THROWING_ROUTER;
    List<Row> rows = new ArrayList<>();
    AerospikeRows.ToRowFn toRow = new AerospikeRows.ToRowFn(form, router);
    toRow.process(record, Bundles.intoOne(rows));
    toRow.process(record, Bundles.intoOne(rows));
    assertThat(rows).containsExactly(FULL, FULL);

    List<AerospikeRecord> records = new ArrayList<>();
    AerospikeRows.FromRowFn fromRow =
        new AerospikeRows.FromRowFn(form, "", null, Clock.systemUTC(), router);
    fromRow.process(FULL, Bundles.intoOne(records));
    fromRow.process(FULL, Bundles.intoOne(records));
    assertThat(records).containsExactly(record, record);
  }

  @Test
  void schemasThatNoRecordFitsAreRefusedWhenThePipelineIsBuilt() {
    RowFields key = RowFields.ofKey("id");
    isRefused(key, schema("x", FieldType.INT64), "there is no field 'id' among [x]");
    isRefused(
        key,
        schema("id", FieldType.BOOLEAN),
        "field 'id' of type BOOLEAN can't be a key: whole numbers, DOUBLE, STRING or BYTES");
    isRefused(
        RowFields.NONE.withSet("set"),
        schema("set", FieldType.INT64),
        "field 'set' of type INT64 can't be a set: STRING");
    isRefused(
        RowFields.NONE.withExpiration("e"),
        schema("e", FieldType.INT64),
        "field 'e' of type INT64 can't be an expiration: DATETIME");
    isRefused(
        RowFields.NONE,
        schema("sixteen-letters-", FieldType.INT64),
        "field 'sixteen-letters-' of type INT64 can't be a bin: its name has more than 15 bytes");
    for (FieldType type :
        List.of(FieldType.DATETIME, FieldType.DECIMAL, FieldType.array(FieldType.DATETIME))) {
      assertThatThrownBy(() -> new RowForm(schema("x", type), RowFields.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("field 'x' is of type")
          .hasMessageContaining("which no bin is");
    }
    isRefused(
        RowFields.NONE,
        schema("x", FieldType.map(FieldType.DOUBLE, FieldType.STRING)),
        "field 'x' is a map whose keys are neither STRING nor whole numbers");
    Schema geo =
        Schema.builder()
            .addField(
                Schema.Field.of("x", FieldType.INT64)
                    .withOptions(AerospikeRows.geoJsonField("x").getOptions()))
            .build();
    isRefused(RowFields.NONE, geo, "field 'x' is GeoJSON but no STRING");
    assertThatThrownBy(() -> key.withSet("id"))
        .hasMessage("one field can't be two of the key 'id', the set 'id' and the expiration ''");

    assertThatThrownBy(() -> Records.pipeline().apply(readRows()))
        .hasMessage("AerospikeIO.readRows() needs withSchema() or withSchemaOfSample()");
    assertThatThrownBy(
            () ->
                Records.pipeline()
                    .apply(Create.of(FULL).withRowSchema(ALL))
                    .apply(writeRows().withFields(RowFields.NONE)))
        .hasMessageContaining("rows need a field with the key of their records");
    assertThatThrownBy(
            () ->
                Records.pipeline()
                    .apply(
                        readRows()
                            .withConnection(ConnectionSpec.of("127.0.0.1:1"))
                            .withSchemaOfSample(1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("127.0.0.1:1");
  }

  private static void isRefused(RowFields fields, Schema schema, String message) {
    assertThatThrownBy(() -> new RowForm(schema, fields))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void theyShowAndShipWhatTheyAre() {
    AerospikeIO.ReadRows read = readRows().withSchemaOfSample(7);
    assertThat(DisplayData.from(read).asMap().values())
        .extracting(item -> item.getKey() + "=" + item.getValue())
        .contains("namespace=copy", "sampleSize=7", "slices=2");
    AerospikeIO.WriteRows write = writeRows().withSet("s").withTimeToLive(Duration.ofDays(1));
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
    assertThat(DisplayData.from(AerospikeRows.toRows(ALL)).asMap().values())
        .extracting(item -> item.getKey() + "=" + item.getValue())
        .anyMatch(item -> item.startsWith("fields=id, set, until, long,"));
    SerializableUtils.ensureSerializable(
        read.withSchema(ALL)
            .withScanSpec(ScanSpec.of("n"))
            .withPartitions(PartitionSet.all())
            .withSlicesPerSource(2));
    SerializableUtils.ensureSerializable(write.withWriteSpec(WriteSpec.of("n")));
    SerializableUtils.ensureSerializable(AerospikeRows.toRows(ALL));
    SerializableUtils.ensureSerializable(AerospikeRows.fromRows());
  }
}
