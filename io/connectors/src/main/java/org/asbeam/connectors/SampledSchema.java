package org.asbeam.connectors;

import com.aerospike.client.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;

/**
 * The schema of a sample of records: a field for each bin, in the order of their names, behind
 * those that say what the record is. Every field may be null, for any record may lack any bin.
 *
 * <p>What a sample holds of both of two types has none: that is an error, which names the bin, for
 * no choice would be right for all records.
 */
final class SampledSchema {
  /** What is known of a value's type. */
  private record Shape(TypeName type, boolean geoJson, Shape key, Shape element) {
    /** Of nil, and of the elements of empty lists and maps. */
    private static final Shape UNKNOWN = new Shape(null, false, null, null);

    private static Shape of(TypeName type) {
      return new Shape(type, false, null, null);
    }

    private String label() {
      return geoJson ? "GeoJSON" : String.valueOf(type);
    }

    /** Unknown to the end: text is what most would take it for. */
    private FieldType fieldType() {
      if (type == null) {
        return FieldType.STRING;
      }
      return switch (type) {
        case ARRAY -> FieldType.array(element.fieldType().withNullable(true));
        case MAP -> FieldType.map(key.fieldType(), element.fieldType().withNullable(true));
        default -> FieldType.of(type);
      };
    }
  }

  private final RowFields fields;
  private final Map<String, Shape> bins = new TreeMap<>();
  private Shape key = Shape.UNKNOWN;
  private long records;

  SampledSchema(RowFields fields) {
    this.fields = fields;
  }

  /**
   * @throws IllegalArgumentException naming a bin that has no type that a field can have, or two
   */
  void add(AerospikeRecord record) {
    records++;
    if (!fields.key().isEmpty() && record.key().isPresent()) {
      key = merge("the key", key, shape("the key", record.key().get()));
    }
    record
        .bins()
        .forEach(
            (name, value) -> {
              if (!fields.isBin(name)) {
                throw new IllegalArgumentException(
                    "there is a bin '"
                        + name
                        + "': give another name to the field of the key, the set or the"
                        + " expiration");
              }
              String what = "bin '" + name + "'";
              Shape known = bins.getOrDefault(name, Shape.UNKNOWN);
              bins.put(name, merge(what, known, shape(what, value)));
            });
  }

  /**
   * @throws IllegalArgumentException if no record was seen, or a key is wanted and none had one
   */
  Schema schema() {
    if (records == 0) {
      throw new IllegalArgumentException(
          "there is no record to infer a schema from: give the schema, or look at what is read");
    }
    Schema.Builder schema = Schema.builder();
    if (!fields.key().isEmpty()) {
      if (key.type == null) {
        throw new IllegalArgumentException(
            "none of "
                + records
                + " records has its key stored: give the schema, or leave the field of the key out");
      }
      schema.addNullableField(fields.key(), key.fieldType());
    }
    if (!fields.set().isEmpty()) {
      schema.addNullableField(fields.set(), FieldType.STRING);
    }
    if (!fields.expiration().isEmpty()) {
      schema.addNullableField(fields.expiration(), FieldType.DATETIME);
    }
    bins.forEach(
        (name, shape) ->
            schema.addField(
                shape.geoJson
                    ? AerospikeRows.geoJsonField(name)
                    : Schema.Field.nullable(name, shape.fieldType())));
    return schema.build();
  }

  private static Shape shape(String what, Particle particle) {
    try {
      return shape(what, BinValues.of(particle));
    } catch (RecordMismatchException e) {
      throw new IllegalArgumentException(hint(what + " " + e.getMessage()), e);
    }
  }

  private static Shape shape(String what, Object value) {
    if (value == null) {
      return Shape.UNKNOWN;
    } else if (value instanceof Long) {
      return Shape.of(TypeName.INT64);
    } else if (value instanceof Double) {
      return Shape.of(TypeName.DOUBLE);
    } else if (value instanceof String) {
      return Shape.of(TypeName.STRING);
    } else if (value instanceof Boolean) {
      return Shape.of(TypeName.BOOLEAN);
    } else if (value instanceof byte[]) {
      return Shape.of(TypeName.BYTES);
    } else if (value instanceof Value.GeoJSONValue) {
      return new Shape(TypeName.STRING, true, null, null);
    } else if (value instanceof List<?> list) {
      return new Shape(TypeName.ARRAY, false, null, all("an element of " + what, list));
    } else if (value instanceof Map<?, ?> map) {
      Shape keys = all("a key of " + what, map.keySet());
      if (keys.type != null && keys.type != TypeName.STRING && keys.type != TypeName.INT64) {
        throw new IllegalArgumentException(
            hint("a key of " + what + " is neither a string nor an integer"));
      }
      return new Shape(TypeName.MAP, false, keys, all("a value of " + what, map.values()));
    }
    throw new IllegalArgumentException(hint(what + " is " + BinValues.name(value)));
  }

  private static Shape all(String what, Collection<?> values) {
    Shape all = Shape.UNKNOWN;
    for (Object value : values) {
      all = merge(what, all, shape(what, value));
    }
    // A list's field has no place to say that its strings are GeoJSON.
    return all.geoJson ? Shape.of(TypeName.STRING) : all;
  }

  private static Shape merge(String what, Shape one, Shape other) {
    if (one.type == null) {
      return other;
    }
    if (other.type == null) {
      return one;
    }
    if (one.type != other.type || one.geoJson != other.geoJson) {
      throw new IllegalArgumentException(
          hint(
              what + " is " + one.label() + " in one record and " + other.label() + " in another"));
    }
    return switch (one.type) {
      case ARRAY ->
          new Shape(
              one.type, false, null, merge("an element of " + what, one.element, other.element));
      case MAP ->
          new Shape(
              one.type,
              false,
              merge("a key of " + what, one.key, other.key),
              merge("a value of " + what, one.element, other.element));
      default -> one;
    };
  }

  private static String hint(String what) {
    return what + ": give a schema, or leave the bin out by ScanSpec.withBins()";
  }
}
