package org.asbeam.connectors;

import static org.asbeam.connectors.Rows.ALL;
import static org.asbeam.connectors.Rows.EMPTY;
import static org.asbeam.connectors.Rows.FIELDS;
import static org.asbeam.connectors.Rows.FULL;
import static org.asbeam.connectors.Rows.geoJson;
import static org.asbeam.connectors.Rows.list;
import static org.asbeam.connectors.Rows.map;
import static org.asbeam.connectors.Rows.record;
import static org.asbeam.connectors.Rows.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.asbeam.format.ParticleType;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class RowFormTest {
  private static Row row(AerospikeRecord record, Schema schema) throws RecordMismatchException {
    return new RowForm(schema, RowFields.NONE).row(record);
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
  }

  private static void isRefused(RowFields fields, Schema schema, String message) {
    assertThatThrownBy(() -> new RowForm(schema, fields))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
