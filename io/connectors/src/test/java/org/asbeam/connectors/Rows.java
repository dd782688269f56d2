package org.asbeam.connectors;

import com.aerospike.client.Value;
import com.aerospike.client.cdt.MapOrder;
import com.aerospike.client.util.Packer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.asbeam.format.ParticleType;
import org.joda.time.Instant;

/** Rows for tests, and records and values that they are made of. */
final class Rows {
  static final RowFields FIELDS = RowFields.ofKey("id").withSet("set").withExpiration("until");

  /** Every type of field that a bin may have. */
  static final Schema ALL =
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

  static final Row FULL =
      Row.withSchema(ALL)
          .addValues("ann", "people", IN_2050)
          .addValues(Long.MIN_VALUE, Integer.MAX_VALUE, (short) -7, (byte) 3, 0.1, 0.5f)
          .addValues("\u4e16 \n", true, new byte[] {0, 1}, "{\"type\":\"Point\"}")
          .addValue(Arrays.asList(1L, null, 3L))
          .addValue(Map.of("x", List.of(1.5, 2.5), "y", List.of()))
          .addValue(Map.of(7, new byte[] {7}))
          .build();

  static final Row EMPTY =
      Row.withSchema(ALL).addValue("bob").addValues(Collections.nCopies(15, null)).build();

  private Rows() {}

  static AerospikeRecordBuilder record(Object key) {
    return AerospikeRecord.builder(
        "s", key instanceof String text ? Particle.of(text) : Particle.of((Long) key));
  }

  static Particle list(Object... elements) {
    return new Particle(ParticleType.LIST, Packer.pack(Arrays.asList(elements)));
  }

  static Particle map(Map<?, ?> map) {
    return new Particle(ParticleType.MAP, Packer.pack(map, MapOrder.KEY_ORDERED));
  }

  static Particle geoJson(String text) {
    Value value = Value.getAsGeoJSON(text);
    byte[] bytes = new byte[value.estimateSize()];
    value.write(bytes, 0);
    return new Particle(ParticleType.GEOJSON, bytes);
  }

  static Schema schema(String bin, FieldType type) {
    return Schema.builder().addNullableField(bin, type).build();
  }
}
