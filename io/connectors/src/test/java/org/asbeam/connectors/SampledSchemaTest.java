package org.asbeam.connectors;

import static org.asbeam.connectors.Rows.geoJson;
import static org.asbeam.connectors.Rows.list;
import static org.asbeam.connectors.Rows.map;
import static org.asbeam.connectors.Rows.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aerospike.client.Value;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.asbeam.format.ParticleType;
import org.junit.jupiter.api.Test;

class SampledSchemaTest {
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
}
